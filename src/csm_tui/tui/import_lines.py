"""What an import would do, as lines: the counts of a file, what needs a look first, then its columns and new rows."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.tui.widgets.cells import Cell, Column, fit, line, wrap
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from csm_tui.exchange.looking import FileSeen, Looked
    from csm_tui.exchange.preview import Preview

MOST = 200
COLUMN = "column"
BESIDE = 15
"""Where that begins which stands beside the number of a line."""
REMEDY = "D says how days are written, e from which column a field is read."
HERE = (
    ("say which with --dates dmy or --dates mdy", "D says which"),
    (", or name one with --map, or say with --as what the file holds", ", or choose one with e"),
    ("; or say which with --map name=COLUMN", "; or choose it with e"),
    ("; or, where the header misleads, say what it holds with --as, such as --as own:accounts", ""),
)
"""What a refusal says for the command line, and what of it can be done here."""
CAPITALS = {"arr", "mrr", "id"}


def rows(seen: Looked, width: int) -> list[Row]:
    """All files one after the other. The key of a column's row is `column FILE FIELD`."""
    found: list[Row] = []
    if seen.problem:
        told = _here(seen.problem)
        found += _wrapped(told, width, "error")
        found += [*_wrapped(REMEDY if told == seen.problem else "", width, "muted"), _blank()]
    for place, file in enumerate(seen.files):
        found += [*_file(place, file, width), _blank()]
    return found[:-1]


def _here(problem: str) -> str:
    """A refusal with the keys of this screen in place of the options of the command line."""
    for there, here in HERE:
        problem = problem.replace(there, here)
    return problem


def _file(place: int, file: FileSeen, width: int) -> Iterator[Row]:
    preview = file.preview
    yield Row("", _heading(Path(file.name).name, _told(preview)))
    if preview is not None:
        yield Row("", _counts(preview))
        yield from _wrapped("\n".join(preview.remarks[:MOST]), width, "warning")
        yield from _refused(preview, width)
        yield from _changed(preview, width)
    yield from _columns(place, file)
    if preview is not None:
        yield from _new(preview)
        if preview.unused_headers:
            yield from _section("Not used", len(preview.unused_headers))
            yield from _wrapped(", ".join(preview.unused_headers), width, "muted")


def _told(preview: Preview | None) -> str:
    if preview is None:
        return "not read"
    return f"{preview.title[:1].upper()}{preview.title[1:]}, {preview.kind} · {words.plural(preview.rows, 'row')}"


def _heading(name: str, told: str) -> Callable[[int], list[Cell]]:
    return lambda width: line(
        width, [Column(f" {name}", 0, "bold"), Column(told, len(told), "muted", right=True), Column("", 1)]
    )


def _counts(preview: Preview) -> Callable[[int], list[Cell]]:
    parts = (
        (preview.new, "new", "success"), (preview.changed, "changed", "accent"), (preview.unchanged, "unchanged", ""),
        (len(preview.refused), "refused", "warning"),
    )  # fmt: skip
    cells = [Cell(" ")]
    for count, word, role in parts:
        cells += [Cell(f" {count:,}", f"{role} bold" if count else "muted"), Cell(f" {word}  ", "muted")]
    return lambda _width: cells


def _section(title: str, count: int, note: str = "") -> Iterator[Row]:
    yield _blank()
    told = f"{count:,}  {note}" if note else f"{count:,}"
    yield Row("", lambda width: line(width, [Column(f"  {title}", len(title) + 2, "bold"), Column(told, 0, "muted")]))


def _refused(preview: Preview, width: int) -> Iterator[Row]:
    if preview.refused:
        yield from _section("Refused", len(preview.refused), "mend them in the file and import it again")
    for line_, reason in preview.refused[:MOST]:
        for place, part in enumerate(wrap(reason, max(10, width - BESIDE))):
            yield _numbered(0 if place else line_, [Column(part, 0, "warning")])
    yield from _more(len(preview.refused))


def _changed(preview: Preview, width: int) -> Iterator[Row]:
    if preview.changed:
        yield from _section("Changed", preview.changed)
    for number, name, fields in preview.first_changed[:MOST]:
        told = " · ".join(f"{field} {old or 'nothing'} → {new}" for field, old, new in fields)
        yield _numbered(number, [Column(name, min(28, width // 3)), Column(told, 0, "accent")])
    yield from _more(preview.changed)


def _new(preview: Preview) -> Iterator[Row]:
    if preview.new:
        yield from _section("New", preview.new)
    first = preview.first_new[:MOST]
    for number, name in first:
        yield _numbered(number, [Column(name)])
    yield from _more(preview.new, len(first))


def _columns(place: int, file: FileSeen) -> Iterator[Row]:
    """What is read from where, then what could be read and is not."""
    if not file.headers:
        return
    read = [pair for pair in file.mapping if pair[1]]
    missing = [pair for pair in file.mapping if not pair[1]]
    yield from _section("Columns", len(read), "e reads a field from another one")
    for field, column in (*read, *missing):
        yield Row(
            f"{COLUMN} {place} {field}", _pair(field.upper() if field in CAPITALS else field.replace("_", " "), column)
        )


def _pair(field: str, column: str) -> Callable[[int], list[Cell]]:
    role = "" if column else "dim"
    shown = [Column("", 3), Column(field, 14, role), Column("←", 1, "muted" if column else "dim")]
    return lambda width: line(width, [*shown, Column(column or "nothing", 0, role)])


def _numbered(number: int, columns: Sequence[Column]) -> Row:
    """What is said of a line of the file; without a number it goes on with what stands above it."""
    told = f"line {number:,}" if number else ""
    return Row("", lambda width: line(width, [Column("", 2), Column(told, 11, "muted"), *columns]))


def _more(count: int, shown: int = MOST) -> Iterator[Row]:
    if count > shown:
        yield Row("", lambda width: [Cell(fit(f"{'':{BESIDE}}and {count - shown:,} more", width), "muted")])


def _wrapped(text: str, width: int, role: str) -> Iterator[Row]:
    for part in filter(None, text.split("\n")):
        for one in wrap(part, max(10, width - 6)):
            yield _indented(one, role)


def _indented(text: str, role: str) -> Row:
    return Row("", lambda _width: [Cell(f"   {text}", role)])


def _blank() -> Row:
    return Row("", lambda _width: [])
