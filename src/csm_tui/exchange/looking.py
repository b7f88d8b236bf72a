"""Files as somebody looks at them before they go in: what they would do and from which columns, or why not."""

from __future__ import annotations

import io
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

from csm_tui.domain.errors import Refusal
from csm_tui.exchange import dialect
from csm_tui.exchange.columns import columns, plain
from csm_tui.exchange.given import Given
from csm_tui.exchange.importers.headers import ACCOUNTS, kind_of
from csm_tui.exchange.importers.registry import KIND_BY_NAME, recognised
from csm_tui.exchange.survey import FIELDS_BY_KIND
from csm_tui.exchange.taking import prepared, take
from csm_tui.store.rehearsing import rehearsing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from datetime import date

    from csm_tui.domain.policy import Policy
    from csm_tui.exchange.importers.registry import Source
    from csm_tui.exchange.preview import Preview
    from csm_tui.exchange.survey import Said
    from csm_tui.exchange.taking import ImportFiles
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Row, Value, Writing


class Left(Refusal):
    """Whoever looked, or had it written, has left."""

    def __init__(self) -> None:
        super().__init__("The import was stopped: nothing was written.")


class Progress:
    """How far an import is: bytes read and rows gone in, over all passes; and whether anybody still waits."""

    def __init__(self) -> None:
        self.read = self.rows = 0
        self.left = False

    def count(self, size: int, rows: int = 0) -> None:
        """So many more. Raises Left once nobody waits."""
        if self.left:
            raise Left
        self.read += size
        self.rows += rows

    def __str__(self) -> str:
        """So far."""
        rows = f", {self.rows:,} rows" if self.rows else ""
        return f"{self.read / 1_000_000:,.1f} MB{rows} so far"


class _CountedWriting:
    """The verbs, with each row that goes in counted; they end once nobody waits."""

    def __init__(self, writing: Writing, progress: Progress) -> None:
        self._writing, self._progress = writing, progress

    @property
    def today(self) -> date:
        """The day on which this is done."""
        return self._writing.today

    @property
    def policy(self) -> Policy:
        """The numbers by which the rules decide."""
        return self._writing.policy

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows whose columns equal the values given."""
        self._progress.count(0)
        return self._writing.find(table, **equals)

    def each(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Some columns of every row."""
        return self._writing.each(table, *columns)

    def add(self, table: str, **values: Value) -> int:
        """A new row."""
        self._progress.count(0, 1)
        return self._writing.add(table, **values)

    def change(self, table: str, row_id: int, **values: Value) -> None:
        """Set columns of one row."""
        self._progress.count(0, 1)
        self._writing.change(table, row_id, **values)

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out."""
        self._progress.count(0, 1)
        self._writing.remove(table, row_id)


class _Counted(io.RawIOBase):
    """A stream that tells how far it is."""

    def __init__(self, stream: io.BufferedReader, progress: Progress) -> None:
        self._stream, self._progress = stream, progress

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        """The next bytes."""
        size = self._stream.readinto(buffer)
        self._progress.count(size)
        return size


class Watched(Given):
    """A file whose reading can be watched, and be ended from another thread."""

    def __init__(self, path: str, progress: Progress) -> None:
        super().__init__(path)
        self.progress = progress

    @contextmanager
    def stream(self) -> Iterator[io.BufferedReader[Any]]:
        """Its bytes from the start, counted."""
        with super().stream() as stream, io.BufferedReader(_Counted(stream, self.progress), 1 << 16) as counted:
            yield counted


class FileSeen(NamedTuple):
    """A file: its path, its headers, the column of each field (empty: none), and what would become of it."""

    name: str
    headers: tuple[str, ...]
    mapping: tuple[tuple[str, str], ...]
    preview: Preview | None


class Looked(NamedTuple):
    """The files one by one, the command that takes them in, or why they cannot be taken."""

    files: tuple[FileSeen, ...]
    wanted: ImportFiles | None
    problem: str = ""


def looked(reading: Reading, files: Sequence[Given], said: Said, progress: Progress) -> Looked | None:
    """What importing files would do. A refusal is part of the answer, since it may be mended by saying more about the
    files. None when nobody waits any more.
    """
    try:
        wanted = prepared(reading, files, said)
        with rehearsing(reading, reading.today) as writing:
            previews = take(_CountedWriting(writing, progress), wanted)
    except Left:
        return None
    except Refusal as refusal:
        return Looked(tuple(_unread(file, said) for file in files), None, str(refusal))
    seen = [
        FileSeen(file.given.name, file.headers, _mapping(file.headers, file.source, file.kind, file.mapped), preview)
        for file, preview in zip(wanted.files, previews, strict=True)
    ]
    return Looked(tuple(seen), wanted)


def take_watched(progress: Progress) -> Callable[[Writing, ImportFiles], tuple[Preview, ...]]:
    """The import itself, watched: whoever leaves before it is committed has it taken back whole."""
    return lambda writing, wanted: take(_CountedWriting(writing, progress), wanted)


def _mapping(
    headers: Sequence[str], source: Source, kind: str, mapped: Mapping[str, str]
) -> tuple[tuple[str, str], ...]:
    """Each field that such a list can have, and the column that it is read from, empty for none."""
    if kind == ACCOUNTS:
        found = columns(headers, source.SYNONYMS, mapped)
    else:
        found = columns(headers, source.WORDS.get(kind, {}), mapped, KIND_BY_NAME[kind].WORDS)
    at = {name: found.headers[place] for name, place in found.at.items()}
    return tuple((name, at.get(name, "")) for name in FIELDS_BY_KIND[kind])


def _unread(file: Given, said: Said) -> FileSeen:
    """A file of which only the headers can be said, and how they would be read; if those."""
    try:
        with file.stream() as stream, dialect.table(stream, file.name) as table:
            headers = tuple(header.strip() for header in table.header.cells)
        kind = said.kind or kind_of(headers)
        known = {plain(header) for header in headers}
        mapped = {name: column for name, column in said.mapped.items() if not column or plain(column) in known}
        read = _mapping(headers, recognised(headers), kind if kind in FIELDS_BY_KIND else ACCOUNTS, mapped)
    except Refusal:
        return FileSeen(file.name, (), (), None)
    return FileSeen(file.name, headers, read, None)
