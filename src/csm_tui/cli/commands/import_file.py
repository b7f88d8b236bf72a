"""csm import: takes the accounts of a CSV into the book, or says what it would do."""

from __future__ import annotations

import io
import os
from pathlib import Path
from textwrap import wrap
from typing import TYPE_CHECKING

from csm_tui import words
from csm_tui.cli.shell import Cell, WrongUsage
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.accounts_file import Asked, read_accounts
from csm_tui.exchange.cells import Order
from csm_tui.exchange.columns import FIELDS
from csm_tui.exchange.importers.registry import BY_NAME
from csm_tui.exchange.preview import as_json, rehearsed, rehearsed_without_book, told, wanted

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.accounts_file import Sheet
    from csm_tui.exchange.preview import Preview

SUMMARY = "Take accounts from a CSV into the book: a list of your own, or an export of Salesforce or HubSpot."
EPILOG = (
    "A second run changes nothing; an empty cell empties nothing; a missing row deletes nothing.\n"
    f"FIELD is one of {', '.join(FIELDS[:8])},\n{', '.join(FIELDS[8:])}. --map FIELD= leaves a field out."
)
MOST_LINES = 20
WIDTH = 98
BUFFER = 1 << 16


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm import`."""
    parser.add_argument("file", metavar="FILE", help="the CSV")
    parser.add_argument(
        "--as", dest="source", choices=sorted(BY_NAME), help="where the file comes from, if not recognised"
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
    parser.add_argument("--dates", choices=[order.value for order in Order], help="how days are written in the file")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Read the file, rehearse, and write unless that was all, or there is nothing to write."""
    asked = Asked(chosen.source, _mapped(chosen.mapped), Order(chosen.dates) if chosen.dates else None)
    sheet = _read(chosen.file, asked)
    preview = _rehearsed(sheet, shell)
    if preview.writes and not chosen.dry_run:
        preview = _written(sheet, shell)
    if shell.json:
        shell.emit(as_json(preview))
    else:
        _print(preview, shell, dry=chosen.dry_run)
    _say(preview, shell, dry=chosen.dry_run)
    return 0


def _mapped(given: list[str]) -> dict[str, str]:
    """`arr=Net Revenue` as field and column."""
    mapped = {}
    for pair in given:
        name, equals, column = pair.partition("=")
        field = name.strip().casefold().replace("-", "_").replace(" ", "_")
        if not equals or field not in FIELDS:
            raise WrongUsage(f"--map takes FIELD=COLUMN, where FIELD is one of {', '.join(FIELDS)}")
        mapped[field] = column.strip()
    return mapped


def _read(path: str, asked: Asked) -> Sheet:
    with _opened(path) as stream:
        try:
            return read_accounts(stream, path, asked)
        except OSError as error:
            raise Refusal(f"{path} cannot be read: {error.strerror or 'it breaks off'}.") from None


def _opened(path: str) -> io.BufferedReader:
    try:
        if Path(path).is_dir():
            raise Refusal(f"{path} is a folder: give the CSV in it.")
        return io.BufferedReader(Path(path).open("rb", buffering=0), BUFFER)
    except FileNotFoundError:
        raise Refusal(f"There is no file {path}: check the path.") from None
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise Refusal(f"{path} cannot be read: {why or 'unknown reason'}.") from None


def _rehearsed(sheet: Sheet, shell: Shell) -> Preview:
    if os.path.lexists(shell.path):
        return shell.read(rehearsed, sheet)
    return rehearsed_without_book(sheet, shell.today)


def _written(sheet: Sheet, shell: Shell) -> Preview:
    """The import itself; a book that is there already is copied first."""
    from csm_tui.actions.import_accounts import import_accounts
    from csm_tui.store.backup import back_up

    if os.path.lexists(shell.path):
        back_up(shell.path)
    return told(sheet, shell.do_light(import_accounts, wanted(sheet)))


def _print(preview: Preview, shell: Shell, *, dry: bool) -> None:
    read = len(preview.new) + len(preview.changed) + preview.unchanged + len(preview.refused)
    shell.out(
        Cell(preview.title[:1].upper() + preview.title[1:], "heading"),
        Cell(f"  {words.plural(read, 'row')}", "muted"),
    )
    shell.out(Cell(f"  new        {len(preview.new):>7,}", "success" if preview.new else ""))
    shell.out(Cell(f"  changed    {len(preview.changed):>7,}", "accent" if preview.changed else ""))
    shell.out(f"  unchanged  {preview.unchanged:>7,}")
    shell.out(Cell(f"  refused    {len(preview.refused):>7,}", "warning" if preview.refused else ""))
    if dry:
        _print_changes(preview, shell)
    _listed(shell, "Refused", [f"line {remark.line}: {remark.reason}" for remark in preview.refused])
    if preview.unused_headers:
        shell.out(Cell("Columns not used", "heading"))
        for line in wrap(", ".join(preview.unused_headers), WIDTH, break_on_hyphens=False):
            shell.out(f"  {line}")


def _print_changes(preview: Preview, shell: Shell) -> None:
    _listed(shell, "New", [f"line {new.line}: {new.name}" for new in preview.new])
    lines = []
    for changed in preview.changed:
        parts = [f"{field.field} {field.old or 'nothing'} → {field.new}" for field in changed.fields]
        lines.append(f"line {changed.line}: {changed.name}: {', '.join(parts)}")
    _listed(shell, "Changed", lines, most=len(lines))


def _listed(shell: Shell, heading: str, lines: list[str], most: int = MOST_LINES) -> None:
    if lines:
        shell.out(Cell(heading, "heading"))
    for line in lines[:most]:
        shell.out(f"  {line}")
    if len(lines) > most:
        shell.out(Cell(f"  and {len(lines) - most:,} more", "muted"))


def _say(preview: Preview, shell: Shell, *, dry: bool) -> None:
    """The words: remarks, whether anything was written, and how to take it back."""
    for remark in preview.remarks[:MOST_LINES]:
        shell.say(remark)
    if dry:
        shell.say("Nothing was written: this was a dry run.")
    elif preview.writes:
        shell.say("csm undo takes it all back.")
    else:
        shell.say("Nothing was written: there is nothing in it that the book does not have.")
