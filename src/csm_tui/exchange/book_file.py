"""The whole book as one JSON file: every table of facts, row for row, and back into a book that is empty.

`{"csm_book": 4, "account": [{…}, …], …}`: the version of the book that wrote it, then every table of facts.
"""

from __future__ import annotations

import codecs
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.exporters.json_file import encoded, write_array
from csm_tui.store.connection import SCHEMA_VERSION
from csm_tui.store.queries import exports

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from csm_tui.exchange.exporters import Out
    from csm_tui.exchange.given import Given
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Value, Writing

MARK = "csm_book"
CHUNK = 1 << 16
LARGEST = (1 << 63) - 1


def write_book(stream: Out, reading: Reading) -> int:
    """Write the whole book, a row at a time, and say how many rows it has."""
    stream.write(f'{{"{MARK}": {SCHEMA_VERSION}')
    count = 0
    for table, columns in exports.tables(reading).items():
        stream.write(f",\n{encoded(table)}: ")
        rows = exports.everything(reading, table, columns)
        count += write_array(stream, (dict(zip(columns, row, strict=True)) for row in rows))
    stream.write("}\n")
    return count


def is_book(given: Given) -> bool:
    """Whether a file begins like an exported book."""
    with given.stream() as stream:
        start = stream.read(64).lstrip(b"\xef\xbb\xbf \t\r\n")
    return start[:1] == b"{" and start[1:].lstrip()[: len(MARK) + 2] == f'"{MARK}"'.encode()


@dataclass(frozen=True, slots=True)
class TakeBook:
    """An exported book that goes into an empty one; `columns` are those that the book has, by table."""

    given: Given
    columns: Mapping[str, tuple[str, ...]]

    @property
    def label(self) -> str:
        """As undo and history say it."""
        return "Import a whole book"


def take_book(writing: Writing, wanted: TakeBook) -> dict[str, int]:
    """Every row of the file into the empty book, with its id; how many of each table.

    Raises Refusal for a book that is not empty, and for a file that is no book of this version or an older one.
    """
    if any(writing.find(table) for table in wanted.columns):
        raise not_empty()
    counts = dict.fromkeys(wanted.columns, 0)
    for table, row in read_book(wanted.given, wanted.columns):
        writing.add(table, **row)
        counts[table] += 1
    return counts


def not_empty() -> Refusal:
    """What is said where a whole book would meet another."""
    return Refusal(
        "The book is not empty, and a whole book goes only into an empty one: give a new file with --db FILE, "
        "or put a backup in the place of this book with `csm restore`."
    )


def read_book(given: Given, columns: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, dict[str, Value]]]:
    """The rows of an exported book, each with its table, one at a time."""
    with given.stream() as stream:
        source = _Source(stream.read, given.name)
        source.take("{")
        if source.value() != MARK:
            raise source.broken("it does not say which version of a book it is")
        source.take(":")
        _check_version(source.value(), given.name)
        while source.take(",}") == ",":
            table = source.value()
            source.take(":")
            if not isinstance(table, str) or table not in columns:
                raise source.broken(f"it has rows of {encoded(table)}, which this csm does not know")
            for number, row in enumerate(source.array(), 1):
                yield table, _row(row, columns[table], f"{given.name}, {table} {number}")


def _check_version(version: object, name: str) -> None:
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise Refusal(f"{name} is not an exported book: export it again with `csm export book`.")
    if version > SCHEMA_VERSION:
        raise Refusal(
            f"{name} was written by a newer csm (book version {version}, this one knows {SCHEMA_VERSION}): "
            "update csm-tui."
        )


def _row(row: object, columns: tuple[str, ...], where: str) -> dict[str, Value]:
    """One row as the book takes it: a whole number or a text in columns that there are."""
    if not isinstance(row, dict) or "id" not in row or not row.keys() <= set(columns):
        raise Refusal(f"{where}: this is not a row of a book: export it again with `csm export book`.")
    for name, value in row.items():
        whole = isinstance(value, int) and not isinstance(value, bool) and -LARGEST - 1 <= value <= LARGEST
        if not (whole or value is None or isinstance(value, str)):
            raise Refusal(
                f"{where}: {name} is neither text nor a whole number: export it again with `csm export book`."
            )
    return row


class _Source:
    """JSON that is read a value at a time, so that no file is ever in memory as a whole."""

    def __init__(self, read: Callable[[int], bytes], name: str) -> None:
        self._read = read
        self._name = name
        self._decoder = json.JSONDecoder()
        self._letters = codecs.getincrementaldecoder("utf-8-sig")()
        self._text = ""
        self._at = 0
        self._ended = False

    def broken(self, why: str) -> Refusal:
        """What is said of a file that is not an exported book, or one that is not whole."""
        return Refusal(
            f"{self._name} cannot be read as an exported book: {why}. Export it again with `csm export book`."
        )

    def _more(self) -> bool:
        """Read on; whether there was more. What is read at once grows with what is not yet understood."""
        rest = self._text[self._at :]
        given = self._read(max(CHUNK, len(rest)))
        try:
            self._text, self._at = rest + self._letters.decode(given, final=not given), 0
        except UnicodeDecodeError:
            raise self.broken("it is not written in UTF-8") from None
        self._ended = not given
        return not self._ended

    def _next(self) -> str:
        """The next sign that is no white space, which stays; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in " \t\r\n":
                self._at += 1
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def take(self, wanted: str) -> str:
        """The next sign, which must be one of these."""
        sign = self._next()
        if not sign or sign not in wanted:
            raise self.broken("it breaks off" if not sign else f"{sign!r} stands where {wanted[0]!r} should")
        self._at += 1
        return sign

    def value(self) -> object:
        """The next value as a whole."""
        self._next()
        while True:
            try:
                found, end = self._decoder.raw_decode(self._text, self._at)
                if end < len(self._text) or self._ended:
                    self._at = end
                    return found
            except (json.JSONDecodeError, RecursionError, ValueError):
                if self._ended:
                    raise self.broken("it breaks off, or is not JSON") from None
            self._more()

    def array(self) -> Iterator[object]:
        """The values of the array that comes next, one by one."""
        self.take("[")
        if self._next() == "]":
            self.take("]")
            return
        yield self.value()
        while self.take(",]") == ",":
            yield self.value()
