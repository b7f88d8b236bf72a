"""csm history: what was done to the book, newest first, from the shell and the workspace alike."""

from __future__ import annotations

from csm_tui import clock
from csm_tui.cli.usage import WrongUsage
from csm_tui.store.journal import history
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.store.journal import Entry

SUMMARY = "What was done to the book, newest first."
EPILOG = """\
  csm history
  csm history --limit 100"""
HEADER = ("Id", "When", "What", "From", "Rows", "")
MOST = 10**9


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm history`."""
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="so many operations (default 20)")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the operations."""
    if not 1 <= chosen.limit <= MOST:
        raise WrongUsage(f"--limit {chosen.limit}: use 1 or more")
    found = shell.read(history, chosen.limit)
    if shell.json:
        shell.emit([_as_json(entry) for entry in found])
    elif found:
        shell.table(HEADER, [_row(entry) for entry in found], right=frozenset({0, 4}))
    else:
        shell.say("Nothing was done to this book yet.")
    return 0


def _as_json(entry: Entry) -> dict[str, object]:
    return {
        "id": entry.operation_id,
        "kind": entry.kind,
        "label": entry.label,
        "origin": entry.origin,
        "at": entry.at,
        "changes": entry.changes,
        "undone": entry.undone,
    }


def _row(entry: Entry) -> list[str]:
    what = entry.label if entry.kind == "do" else f"{entry.kind.capitalize()}: {entry.label}"
    when = clock.local(entry.at).strftime("%Y-%m-%d %H:%M")
    return [
        str(entry.operation_id),
        when,
        what,
        entry.origin,
        f"{entry.changes:,}",
        "undone" if entry.undone else "",
    ]
