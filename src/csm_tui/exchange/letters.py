"""Which letters the bytes of a file stand for; what is no text, or cannot be told, is refused with its remedy."""

from __future__ import annotations

import codecs
import re
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    import io

SAMPLE = 1 << 16
UTF_8, WINDOWS = "utf-8", "cp1252"
ENCODINGS = {
    UTF_8: "UTF-8",
    WINDOWS: "Windows-1252",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "utf-32-le": "UTF-32",
    "utf-32-be": "UTF-32",
}
REMEDY = "in your spreadsheet choose “Save as” and “CSV UTF-8”, and import that file."

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (codecs.BOM_UTF8, UTF_8),
)
"""UTF-32 first: its mark begins with that of UTF-16."""

_OTHERS = (
    (b"PK\x03\x04", "is an Excel workbook or another archive, not a CSV"),
    (b"PK\x05\x06", "is an empty archive, not a CSV"),
    (b"\x1f\x8b", "is packed, not a CSV (unpack it first)"),
    (b"\xd0\xcf\x11\xe0", "is an old Excel workbook, not a CSV"),
    (b"%PDF", "is a PDF, not a CSV"),
    (b"SQLite format 3\x00", "is a database, not a CSV"),
    (b"{\\rtf", "is a text document, not a CSV"),
    (b"BEGIN:VCALENDAR", "is a calendar, not a CSV"),
    (b"BEGIN:VCARD", "is an address card, not a CSV"),
)
_MARKUP = ("<html", "<!doctype", "<table", "<?xml", "<head", "<meta", "<style", "<body", "<div")
_JSON = re.compile(r'[\[{]\s*(?:["{\[\]}]|-?\d+\s*[,\]]|(?:true|false|null)\b)')
_FEW_ZEROS = 8


class Letters(NamedTuple):
    """An encoding, how many bytes its mark takes, and what should be said about it."""

    encoding: str
    mark: int
    remarks: tuple[str, ...] = ()


def letters(stream: io.BufferedReader, name: str) -> Letters:
    """The encoding of a stream that can be read twice, left at its start. Raises Refusal for what is no CSV."""
    start = stream.tell()
    sample = stream.read(SAMPLE)
    stream.seek(start)
    for mark, what in _OTHERS:
        if sample.startswith(mark):
            raise Refusal(f"{name} {what}: {REMEDY}")
    found = _marked(sample) or _unmarked(sample, name)
    if found.encoding == UTF_8:
        found = _scanned(stream, found, name)
        stream.seek(start)
    _refuse_markup(sample[found.mark :].decode(found.encoding, "replace"), name)
    return found


def _marked(sample: bytes) -> Letters | None:
    """What a byte order mark says. UTF-32 under the mark of UTF-16 is seen too: some programs write that."""
    for mark, encoding in _BOMS:
        if sample.startswith(mark):
            wide = _by_zeros(sample[len(mark) :]) if encoding.startswith("utf-16") else None
            return Letters(wide if wide and wide.startswith("utf-32") else encoding, len(mark))
    return None


def _by_zeros(sample: bytes) -> str | None:
    """What the places of the zero bytes say: each letter of wide text that is not exotic has its own."""
    quarter = len(sample) // 4
    if not quarter:
        return None
    full = "".join("0" if sample[place::4].count(0) * 4 >= quarter * 3 else "x" for place in range(4))
    return {"x000": "utf-32-le", "000x": "utf-32-be", "x0x0": "utf-16-le", "0x0x": "utf-16-be"}.get(full)


def _unmarked(sample: bytes, name: str) -> Letters:
    """Wide text without a mark, and otherwise what UTF-8 is to be looked for in."""
    encoding = _by_zeros(sample)
    if encoding is not None:
        told = f"{name} does not say its encoding and was read as {ENCODINGS[encoding]}: look at names with accents."
        return Letters(encoding, 0, (told,))
    zeros = sample.count(0)
    if b"\0" in sample.split(b"\n", 1)[0] or (zeros >= _FEW_ZEROS and zeros * 50 > len(sample)):
        raise Refusal(f"{name} is not text: {REMEDY}")
    return Letters(UTF_8, 0)


def _refuse_markup(text: str, name: str) -> None:
    bare = text.lstrip("\ufeff \t\r\n")
    if bare[:20].lower().startswith(_MARKUP):
        raise Refusal(f"{name} is a web page or XML, whatever it is called: {REMEDY}")
    if _JSON.match(bare[:1000]) or bare.strip() in {"{}", "[]"}:
        raise Refusal(f"{name} is JSON, not a CSV: export the same as CSV, and import that file.")


def _scanned(stream: io.BufferedReader, found: Letters, name: str) -> Letters:
    """The whole file as UTF-8; else as Windows-1252, where it is plainly that."""
    utf, windows, paired, single, broken = _Utf8(), True, 0, 0, False
    while chunk := stream.read(SAMPLE * 4):
        if utf.passes_over(chunk):
            continue
        windows = windows and not re.search(b"[\x81\x8d\x8f\x90\x9d]", chunk)
        runs = re.findall(b"[\x80-\xff]+", chunk)
        single += sum(len(run) == 1 for run in runs)
        paired += sum(len(run) > 1 for run in runs)
        broken = broken or bool(re.search(b"\xef\xbf\xbd|\xc3\x83\xc2|\xc3\xa2\xe2\x82\xac", chunk))
    utf.read(b"", final=True)
    if utf.wrong_at is None:
        return found._replace(remarks=_broken_before(name)) if broken else found
    if windows and paired <= single and not found.mark:
        told = f"{name} is not UTF-8 and was read as {ENCODINGS[WINDOWS]}: look at names with accents."
        return Letters(WINDOWS, 0, (told,))
    raise Refusal(f"{name} is not UTF-8 text (see byte {utf.wrong_at + 1:,}): {REMEDY}")


class _Utf8:
    """Bytes read as UTF-8, up to the first that is none."""

    def __init__(self) -> None:
        self._decoder = codecs.getincrementaldecoder(UTF_8)()
        self._size = 0
        self.wrong_at: int | None = None

    def passes_over(self, chunk: bytes) -> bool:
        """Read on; whether these are plain letters of no interest."""
        plain = chunk.isascii() and self.wrong_at is None and self._decoder.getstate() == (b"", 0)
        if plain:
            self._size += len(chunk)
        else:
            self.read(chunk)
        return plain

    def read(self, chunk: bytes, *, final: bool = False) -> None:
        """Read on, and keep where the first wrong byte stands."""
        if self.wrong_at is not None:
            return
        begun = self._size - len(self._decoder.getstate()[0])
        try:
            self._decoder.decode(chunk, final)
        except UnicodeDecodeError as error:
            self.wrong_at = begun + error.start
        self._size += len(chunk)


def _broken_before(name: str) -> tuple[str, ...]:
    return (f"{name} holds letters that were broken before it came here (such as � or Ã©): they are kept as they are.",)
