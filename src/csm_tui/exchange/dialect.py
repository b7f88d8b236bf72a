"""A stream of bytes as the rows of a table: encoding and delimiter found, each row with its line number.

What cannot be read as a table is refused as a whole, in one sentence with its remedy. Rows come one by one.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

DELIMITERS = (",", ";", "\t", "|")
SAMPLE = 1 << 16
LONGEST_LINE = 1 << 22
"""Characters in one line, and in one cell: more is a file without line ends, not a table."""

UTF_8, WINDOWS = "utf-8", "cp1252"
ENCODINGS = {UTF_8: "UTF-8", WINDOWS: "Windows-1252"}
_REMEDY = "in your spreadsheet choose “Save as” and “CSV UTF-8”, and import that file."
_SEP = re.compile(r'\s*"?sep=(.)"?\s*', re.IGNORECASE)
_MARKED = (
    (codecs.BOM_UTF32_LE, "is UTF-32 text"),
    (codecs.BOM_UTF32_BE, "is UTF-32 text"),
    (codecs.BOM_UTF16_LE, "is UTF-16 text"),
    (codecs.BOM_UTF16_BE, "is UTF-16 text"),
    (b"PK\x03\x04", "is an Excel workbook or another archive, not a CSV"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not a CSV"),
    (b"%PDF", "is a PDF, not a CSV"),
    (b"SQLite format 3\x00", "is a database, not a CSV"),
)
_MARKUP = (b"<html", b"<!doctype", b"<table", b"<?xml", b"<head", b"<meta", b"<style")


class Line(NamedTuple):
    """One row: the number of the line on which it begins, and its cells."""

    number: int
    cells: list[str]


class Table(NamedTuple):
    """A table that is being read: its header, and the rows below it as they come, without the blank ones."""

    header: Line
    lines: Iterator[Line]
    encoding: str


@contextmanager
def table(stream: io.BufferedReader, name: str) -> Iterator[Table]:
    """The table in a stream of bytes, which stays open; `name` is what a refusal calls it.

    Raises Refusal, here or while the rows are read, for what is no table: another encoding, a workbook, a web
    page, an empty file, a header alone, a quotation mark that is never closed.
    """
    sample = stream.peek(SAMPLE)[:SAMPLE]
    _look(sample, name)
    encoding = _encoding(stream, name)
    text = io.TextIOWrapper(stream, encoding="utf-8-sig" if encoding == UTF_8 else encoding, newline="")
    try:
        yield _table(text, sample, encoding, name)
    finally:
        text.detach()


def _table(text: io.TextIOWrapper, sample: bytes, encoding: str, name: str) -> Table:
    first, passed = _first_line(text, name)
    delimiter, first, passed = _declared(text, first, passed, name)
    lines = _numbered(text, first, passed, name)
    rows = _rows(lines, delimiter or _delimiter(first, sample, encoding), name, passed + 1)
    header = next(rows, None)
    if header is None:
        raise Refusal(f"{name} holds no table: the first line must name the columns.")
    return Table(header, _some(rows, name), encoding)


def _some(rows: Iterator[Line], name: str) -> Iterator[Line]:
    """The rows; a header without any is refused."""
    empty = True
    for row in rows:
        empty = False
        yield row
    if empty:
        raise Refusal(f"{name} has a header and no rows below it: there is nothing to import.")


def _look(sample: bytes, name: str) -> None:
    """Refuse by its first bytes what is no CSV."""
    for mark, what in _MARKED:
        if sample.startswith(mark):
            raise Refusal(f"{name} {what}: {_REMEDY}")
    if sample.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        raise Refusal(f"{name} is a web page or XML, whatever it is called: open it in your spreadsheet, {_REMEDY}")
    zeros = sample.count(0)
    if b"\0" in sample.split(b"\n", 1)[0] or (zeros >= 8 and zeros * 50 > len(sample)):
        raise Refusal(f"{name} is not text (it is binary, or UTF-16): {_REMEDY}")


def _encoding(stream: io.BufferedReader, name: str) -> str:
    """UTF-8; else Windows-1252, where a file that can be read twice is plainly that. Left at its start."""
    if not stream.seekable():
        return UTF_8
    start = stream.tell()
    utf, windows, paired, single = codecs.getincrementaldecoder(UTF_8)(), True, 0, 0
    is_utf = True
    while chunk := stream.read(SAMPLE):
        is_utf = is_utf and _decodes(utf, chunk)
        windows = windows and not re.search(b"[\x81\x8d\x8f\x90\x9d]", chunk)
        runs = re.findall(b"[\x80-\xff]+", chunk)
        single += sum(len(run) == 1 for run in runs)
        paired += sum(len(run) > 1 for run in runs)
    stream.seek(start)
    if is_utf and _decodes(utf, b"", final=True):
        return UTF_8
    if windows and paired <= single:
        return WINDOWS
    raise Refusal(f"{name} is not UTF-8 text: {_REMEDY}")


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _first_line(text: io.TextIOWrapper, name: str) -> tuple[str, int]:
    """The first line that is not blank, and how many stand before it."""
    passed = 0
    while line := _line(text, passed + 1, name):
        if line.strip("\ufeff \t\r\n"):
            return line, passed
        passed += 1
    raise Refusal(f"{name} is empty: there is nothing to import.")


def _declared(text: io.TextIOWrapper, first: str, passed: int, name: str) -> tuple[str, str, int]:
    """The delimiter that a leading `sep=;` names, if there is one, and the line after it."""
    declared = _SEP.fullmatch(first.rstrip("\r\n"))
    if declared is None:
        return "", first, passed
    following, more = _first_line(text, name)
    return declared.group(1), following, passed + 1 + more


def _delimiter(first: str, sample: bytes, encoding: str) -> str:
    """What cuts the header, which may run over several lines, into the most cells."""
    text = sample.decode("utf-8-sig" if encoding == UTF_8 else encoding, "replace")
    at = text.find(first.rstrip("\r\n"))
    lines = text[max(at, 0) :].splitlines(keepends=True)[:50] or [first]
    return max(DELIMITERS, key=lambda delimiter: _cells(lines, delimiter))


def _cells(lines: list[str], delimiter: str) -> int:
    try:
        return len(next(csv.reader(lines, delimiter=delimiter, strict=True, skipinitialspace=True), []))
    except csv.Error:
        return 0


def _line(text: io.TextIOWrapper, number: int, name: str) -> str:
    try:
        line = text.readline(LONGEST_LINE)
    except UnicodeDecodeError:
        raise Refusal(f"{name} is not UTF-8 text from about line {number} on: {_REMEDY}") from None
    if len(line) >= LONGEST_LINE:
        raise Refusal(f"{name}, line {number}: the line has no end; this is no table with a row to a line.")
    return line


def _numbered(text: io.TextIOWrapper, first: str, passed: int, name: str) -> Iterator[tuple[int, str]]:
    """The lines from the first on, each with its number in the file."""
    number = passed + 1
    line = first
    while line:
        yield number, line
        number += 1
        line = _line(text, number, name)


def _rows(lines: Iterator[tuple[int, str]], delimiter: str, name: str, start: int) -> Iterator[Line]:
    """The rows, each with the line on which it begins; blank ones are passed over."""
    at = [start - 1]

    def fed() -> Iterator[str]:
        for number, line in lines:
            at[0] = number
            yield line

    csv.field_size_limit(LONGEST_LINE)
    reader = csv.reader(fed(), delimiter=delimiter, strict=True, skipinitialspace=True)
    while True:
        began = at[0] + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise _astray(name, began) from None
        if cells is None:
            return
        if any(cell.strip() for cell in cells):
            yield Line(began, cells)


def _astray(name: str, number: int) -> Refusal:
    return Refusal(
        f"{name}, line {number}: a quotation mark in the row that begins there is not closed, or stands in "
        "the middle of a quoted cell: take it out or double it."
    )
