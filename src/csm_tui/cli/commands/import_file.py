"""csm import: takes CSV files into the book, several as one, or says what it would do."""

from __future__ import annotations

import os
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from textwrap import wrap

from csm_tui import words
from csm_tui.cli import whole_book
from csm_tui.cli.shell import Cell
from csm_tui.cli.usage import WrongUsage
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.book_file import is_book
from csm_tui.exchange.cells import Order
from csm_tui.exchange.given import Given
from csm_tui.exchange.importers.registry import BY_NAME, KIND_NAMES
from csm_tui.exchange.preview import as_json
from csm_tui.exchange.refused_file import keep_refused, write_refused
from csm_tui.exchange.survey import FIELDS_BY_KIND, Said
from csm_tui.exchange.taking import nothing_new, plan, plan_without_book, prepared, take
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.preview import Preview
    from csm_tui.exchange.taking import ImportFiles
    from csm_tui.store.connection import Reading

SUMMARY = "Take CSV files into the book: lists of your own, or exports of Salesforce or HubSpot."
_FIELDS = "\n".join(f"  {kind}: {', '.join(fields)}" for kind, fields in FIELDS_BY_KIND.items())
EPILOG = f"""\
Each file holds one of {", ".join(KIND_NAMES)}. Several files, in any order, are one operation; accounts go
in first, so that the others find theirs.
A second run changes nothing; an empty cell empties nothing; a missing row deletes nothing.
--map is remembered by the file's header. --map FIELD= leaves a field out and forgets what was said of it.
FIELD is one of
{_FIELDS}
docs/import.md shows how to export from each source, and what is read."""
STANDARD_INPUT = "/dev/stdin"
MOST_LINES = 20
MOST_NUMBERS = 6
WIDTH = 98


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm import`."""
    parser.add_argument("files", metavar="FILE", nargs="+", help="a CSV; - is standard input")
    parser.add_argument(
        "--as",
        dest="source",
        metavar="SOURCE",
        help=f"where the files come from, if not recognised: {', '.join(sorted(BY_NAME))}; with what one file "
        "holds, such as salesforce:contacts",
    )
    parser.add_argument("--dry-run", action="store_true", help="say what would change, and write nothing")
    parser.add_argument(
        "--map",
        dest="mapped",
        action="append",
        default=[],
        metavar="FIELD=COLUMN",
        help="which column holds a field",
    )
    parser.add_argument(
        "--refused", metavar="FILE", help="where refused rows go (else NAME.refused.csv beside the file)"
    )
    parser.add_argument("--dates", choices=[order.value for order in Order], help="how days are written in the files")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Look the files through, and write unless this is a dry run or there is nothing to write."""
    said = replace(_said(chosen), currency=shell.settings.policy.money.currency)
    target = _target(chosen)
    files = [Given(STANDARD_INPUT if path == "-" else path) for path in chosen.files]
    whole = [file for file in files if is_book(file)]
    if whole:
        return whole_book.take([*whole, *(file for file in files if file not in whole)], shell, dry=chosen.dry_run)
    previews = _rehearsed(files, said, shell) if chosen.dry_run else _written(files, said, shell)
    if shell.json:
        told = [as_json(preview) for preview in previews]
        shell.emit(told if len(told) > 1 else told[0])
    else:
        for preview in previews:
            _print(preview, shell, dry=chosen.dry_run, named=len(previews) > 1)
    _say(previews, shell, dry=chosen.dry_run)
    for told_of in _kept(files, previews, target) if target or not chosen.dry_run else []:
        shell.say(told_of)
    return 0


def _target(chosen: argparse.Namespace) -> Path | None:
    """The file that --refused names, which must not be there yet."""
    if chosen.refused is None:
        return None
    if len(chosen.files) > 1:
        raise WrongUsage("--refused names the file for the refused rows of one file: import the others apart from it")
    if os.path.lexists(chosen.refused):
        raise Refusal(f"{chosen.refused} is there already and was left as it is: name another file with --refused.")
    return Path(chosen.refused)


def _kept(files: Sequence[Given], previews: Sequence[Preview], target: Path | None) -> list[str]:
    """Put the refused rows into files; what should be said about that."""
    told = []
    for given, preview in zip(files, previews, strict=True):
        if not preview.refused:
            continue
        if target:
            write_refused(given, preview.refused, target)
            told.append(_mendable(target))
            continue
        try:
            told.append(_mendable(keep_refused(given, preview.refused)))
        except Refusal as refusal:
            told.append(str(refusal))
    return told


def _mendable(path: Path) -> str:
    return f"The refused rows are in {path}: mend them there and import that file."


def _said(chosen: argparse.Namespace) -> Said:
    """What the options say about the files."""
    source, _, kind = (chosen.source or "").partition(":")
    if chosen.source is not None and source not in BY_NAME:
        raise WrongUsage(f"--as takes one of {', '.join(sorted(BY_NAME))}, or SOURCE:KIND such as own:contacts")
    if kind and kind not in KIND_NAMES:
        raise WrongUsage(f"--as {source}: takes one of {', '.join(KIND_NAMES)}")
    if kind and len(chosen.files) > 1:
        raise WrongUsage(f"--as {source}:{kind} says what one file holds: import the others apart from it")
    order = Order(chosen.dates) if chosen.dates else None
    return Said(source or None, kind or None, _mapped(chosen.mapped), order)


def _mapped(given: list[str]) -> dict[str, str]:
    """`arr=Net Revenue` as field and column."""
    fields = tuple(dict.fromkeys(name for names in FIELDS_BY_KIND.values() for name in names))
    mapped = {}
    for pair in given:
        name, equals, column = pair.partition("=")
        field = name.strip().casefold().replace("-", "_").replace(" ", "_")
        if not equals or field not in fields:
            raise WrongUsage(f"--map takes FIELD=COLUMN, where FIELD is one of {', '.join(fields)}")
        mapped[field] = column.strip()
    return mapped


def _rehearsed(files: Sequence[Given], said: Said, shell: Shell) -> tuple[Preview, ...]:
    if os.path.lexists(shell.path):
        return shell.read(plan, files, said).previews
    return plan_without_book(shell.today, files, said).previews


def _written(files: Sequence[Given], said: Said, shell: Shell) -> tuple[Preview, ...]:
    """The import itself, where there is something to write; a book that is there already is copied first."""
    from csm_tui.store.backup import back_up

    there = os.path.lexists(shell.path)
    wanted, previews = shell.read(_looked, files, said) if there else _looked_without_book(shell, files, said)
    if previews is not None:
        return previews
    if there:
        back_up(shell.path)
    return shell.do_light(take, wanted)


Looked = tuple["ImportFiles", "tuple[Preview, ...] | None"]


def _looked(reading: Reading, files: Sequence[Given], said: Said) -> Looked:
    wanted = prepared(reading, files, said)
    return wanted, nothing_new(reading, reading.today, wanted)


def _looked_without_book(shell: Shell, files: Sequence[Given], said: Said) -> Looked:
    wanted = prepared(None, files, said)
    return wanted, nothing_new(None, shell.today, wanted)


def _print(preview: Preview, shell: Shell, *, dry: bool, named: bool) -> None:
    title = f"{preview.title[:1].upper()}{preview.title[1:]}, {preview.kind}"
    file = f"  {preview.file}" if named else ""
    shell.out(Cell(title, "heading"), Cell(f"  {words.plural(preview.rows, 'row')}{file}", "muted"))
    shell.out(Cell(f"  new        {preview.new:>7,}", "success" if preview.new else ""))
    shell.out(Cell(f"  changed    {preview.changed:>7,}", "accent" if preview.changed else ""))
    shell.out(f"  unchanged  {preview.unchanged:>7,}")
    shell.out(Cell(f"  refused    {len(preview.refused):>7,}", "warning" if preview.refused else ""))
    if dry:
        _print_changes(preview, shell)
    _print_refused(preview, shell)
    if preview.unused_headers:
        shell.out(Cell("Columns not used", "heading"))
        for line in wrap(", ".join(preview.unused_headers), WIDTH, break_on_hyphens=False):
            shell.out(f"  {line}")


def _print_refused(preview: Preview, shell: Shell) -> None:
    """Every reason once, with the lines that it is the reason of."""
    counts: Counter[str] = Counter()
    firsts: dict[str, list[str]] = {}
    for line, reason in preview.refused:
        counts[reason] += 1
        first = firsts.setdefault(reason, [])
        if len(first) < MOST_NUMBERS:
            first.append(str(line))
    told = []
    for reason, first in islice(firsts.items(), MOST_LINES):
        more = f" and {counts[reason] - len(first):,} more" if counts[reason] > len(first) else ""
        told.append(f"line{'s' if counts[reason] > 1 else ''} {', '.join(first)}{more}: {reason}")
    _listed(shell, "Refused", told, len(firsts))


def _print_changes(preview: Preview, shell: Shell) -> None:
    _listed(shell, "New", [f"line {new.line}: {new.name}" for new in preview.first_new[:MOST_LINES]], preview.new)
    lines = []
    for changed in preview.first_changed:
        parts = [f"{field.field} {field.old or 'nothing'} → {field.new}" for field in changed.fields]
        lines.append(f"line {changed.line}: {changed.name}: {', '.join(parts)}")
    _listed(shell, "Changed", lines, preview.changed)


def _listed(shell: Shell, heading: str, lines: list[str], count: int) -> None:
    """The first of so many lines."""
    if lines:
        shell.out(Cell(heading, "heading"))
    for line in lines:
        shell.out(f"  {line}")
    if count > len(lines):
        shell.out(Cell(f"  and {count - len(lines):,} more", "muted"))


def _say(previews: Sequence[Preview], shell: Shell, *, dry: bool) -> None:
    """The words: remarks, whether anything was written, and how to take it back."""
    for remark in [remark for preview in previews for remark in preview.remarks[:MOST_LINES]]:
        shell.say(remark)
    if dry:
        shell.say("Nothing was written: this was a dry run.")
    elif any(preview.writes for preview in previews):
        shell.say("`csm undo` takes it all back.")
    else:
        shell.say("Nothing was written: there is nothing in it that the book does not have.")
