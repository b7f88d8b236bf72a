"""Files into the book, several as one: looked through, rehearsed on a copy, taken in one operation."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, NoReturn

from csm_tui.actions.import_accounts import ImportAccounts, import_accounts
from csm_tui.domain.errors import Refusal
from csm_tui.domain.policy import POLICY
from csm_tui.exchange.columns import plain
from csm_tui.exchange.importers.registry import KIND_BY_NAME, KIND_NAMES
from csm_tui.exchange.kinds import links
from csm_tui.exchange.preview import told
from csm_tui.exchange.survey import FIELDS_BY_KIND, Said, surveyed
from csm_tui.store.queries.as_it_stands import each, found

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from csm_tui.exchange.given import Given
    from csm_tui.exchange.kinds.links import Links
    from csm_tui.exchange.preview import Preview
    from csm_tui.exchange.survey import Surveyed
    from csm_tui.store.connection import Reading
    from csm_tui.store.verbs import Row, Value, Writing

MAPPING = "import_mapping"


@dataclass(frozen=True, slots=True)
class ImportFiles:
    """Files that were looked through, in the order in which they were given; `said` is what was said about them."""

    files: tuple[Surveyed, ...]
    said: Said

    @property
    def label(self) -> str:
        """`Import accounts, contacts from Salesforce`: without a count, for nobody knows yet what will be refused,
        and without links, which write nothing.
        """
        held: dict[str, list[str]] = {}
        for file in in_turn(self.files):
            kinds = held.setdefault(file.source.TITLE, [])
            if file.kind not in (*kinds, links.NAME):
                kinds.append(file.kind)
        parts = [f"{', '.join(kinds)} from {title}" for title, kinds in held.items() if kinds]
        return f"Import {', '.join(parts)}"


class Planned(NamedTuple):
    """What an import would do, file by file as they were given, and the command that does it."""

    previews: tuple[Preview, ...]
    wanted: ImportFiles


def plan(reading: Reading, files: Sequence[Given], said: Said) -> Planned:
    """Look the files through and rehearse them on a copy of the book. Raises Refusal for a file that cannot be read."""
    from csm_tui.store.rehearsing import rehearsing

    wanted = prepared(reading, files, said)
    with rehearsing(reading, reading.today) as writing:
        return Planned(take(writing, wanted), wanted)


def plan_without_book(today: date, files: Sequence[Given], said: Said) -> Planned:
    """The same where there is no book yet."""
    from csm_tui.store.rehearsing import rehearsing

    wanted = prepared(None, files, said)
    with rehearsing(None, today) as writing:
        return Planned(take(writing, wanted), wanted)


def prepared(reading: Reading | None, files: Sequence[Given], said: Said) -> ImportFiles:
    """The files looked through, with what the book remembers about their columns."""
    remembered = {} if reading is None else _remembered(found(reading, MAPPING, {}))
    wanted = ImportFiles(_linked(_surveyed(files, said, remembered)), said)
    _all_mapped(wanted.files, said.mapped)
    return wanted


def _surveyed(files: Sequence[Given], said: Said, remembered: Mapping[str, Mapping[str, str]]) -> list[Surveyed]:
    """Every file looked through. Raises one Refusal for all that cannot be taken, so that none is met after another."""
    found, refused = [], []
    for file in files:
        try:
            found.append(surveyed(file, said, remembered))
        except Refusal as refusal:
            refused.append(refusal)
    if refused and len(files) > 1:
        it = "it" if len(refused) == 1 else "them"
        told = f"Nothing was imported: mend {it} or leave {it} out; the others can be taken."
        raise Refusal("\n".join([*map(str, refused), told if found else "Nothing was imported."]))
    if refused:
        raise refused[0]
    return found


def _linked(files: Sequence[Surveyed]) -> tuple[Surveyed, ...]:
    """The files, each with what another of them links its rows to."""
    found: Links = {}
    for file in files:
        if file.kind == links.NAME:
            links.gathered(file, found)
    return tuple(
        replace(
            file,
            shape=file.shape._replace(linked={what: ids for (kind, what), ids in found.items() if kind == file.kind}),
        )
        if file.shape is not None
        else file
        for file in files
    )


def _all_mapped(files: Iterable[Surveyed], mapped: Mapping[str, str]) -> None:
    """Refuse a column that none of the files has."""
    files = tuple(files)
    for name, column in mapped.items():
        fit = [file for file in files if name in FIELDS_BY_KIND[file.kind]]
        if not fit:
            raise Refusal(f"--map {name}: a list of {files[0].kind} has no such field.")
        if column and not any(plain(column) in {plain(header) for header in file.headers} for file in fit):
            listed = ", ".join(header for header in fit[0].headers if header)
            raise Refusal(f"There is no column “{column}” in {fit[0].given.name}: it has {listed}.")


def take(writing: Writing, wanted: ImportFiles) -> tuple[Preview, ...]:
    """Every file into the book, accounts first, whatever the order; what became of each, as they were given."""
    previews = {id(file): _taken(writing, file, wanted.said.currency) for file in in_turn(wanted.files)}
    if any(preview.writes for preview in previews.values()):
        for file in wanted.files:
            _remember(writing, file, wanted.said.mapped)
    return tuple(previews[id(file)] for file in wanted.files)


def in_turn(files: Iterable[Surveyed]) -> list[Surveyed]:
    """The files in the order in which they go in: each may name what an earlier one brought."""
    return sorted(files, key=lambda file: KIND_NAMES.index(file.kind))


def _taken(writing: Writing, file: Surveyed, currency: str) -> Preview:
    if file.sheet is not None:
        wanted = ImportAccounts(file.source.TITLE, file, file.sheet.surest, currency)
        return told(file, import_accounts(writing, wanted))
    return told(file, KIND_BY_NAME[file.kind].take(writing, file.source.TITLE, file))


def _remembered(rows: Iterable[Row]) -> dict[str, dict[str, str]]:
    return {str(row["header"]): dict(json.loads(str(row["fields"]))) for row in rows}


def _remember(writing: Writing, file: Surveyed, mapped: Mapping[str, str]) -> None:
    """Keep what she said about the columns of this header; a field that was left out is forgotten."""
    said = {name for name in mapped if name in FIELDS_BY_KIND[file.kind]}
    if not said:
        return
    fields = json.dumps({name: column for name, column in file.mapped.items() if column}, sort_keys=True)
    known = writing.find(MAPPING, header=file.header)
    if not known:
        writing.add(MAPPING, header=file.header, fields=fields)
    elif known[0]["fields"] != fields:
        writing.change(MAPPING, int(known[0]["id"] or 0), fields=fields)


class _Writes(Exception):  # noqa: N818 - no error: it ends the looking
    """There is something to write."""


class _Looking:
    """The verbs over a book that is only read, or over none: the first that would write ends it."""

    def __init__(self, reading: Reading | None, today: date) -> None:
        self._reading = reading
        self.today = today
        self.policy = POLICY if reading is None else reading.policy

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows of the book as it stands."""
        return [] if self._reading is None else found(self._reading, table, equals)

    def each(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Some columns of every row of the book as it stands."""
        return iter(()) if self._reading is None else each(self._reading, table, columns)

    def add(self, table: str, **values: Value) -> NoReturn:  # noqa: ARG002
        """There is something to write."""
        raise _Writes

    def change(self, table: str, row_id: int, **values: Value) -> NoReturn:  # noqa: ARG002
        """There is something to write."""
        raise _Writes

    def remove(self, table: str, row_id: int) -> NoReturn:  # noqa: ARG002
        """There is something to write."""
        raise _Writes


def nothing_new(reading: Reading | None, today: date, wanted: ImportFiles) -> tuple[Preview, ...] | None:
    """What becomes of the files where the book has it all; None as soon as one line has something to write."""
    try:
        return take(_Looking(reading, today), wanted)
    except _Writes:
        return None
