"""csm undo: the newest operation is taken back, whoever did it, across runs and the workspace."""

from __future__ import annotations

import sys

from csm_tui import clock
from csm_tui.cli.shell import ORIGIN
from csm_tui.domain.errors import Refusal
from csm_tui.store.journal import next_undo
from csm_tui.store.transaction import undo
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.store.journal import Undone

SUMMARY = "Take back the newest operation; what came from the workspace is asked about first."
EPILOG = """\
  csm undo
  csm undo --yes       without asking
`csm redo` does it again, `csm history` lists what was done."""
WORKSPACE = "workspace"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm undo`."""
    parser.add_argument("--yes", action="store_true", help="do not ask")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Undo, and name what was undone."""
    target = shell.read(next_undo)
    if target is not None and target.origin.startswith(WORKSPACE) and not chosen.yes:
        _ask(target.label, shell)
    return tell(shell, "Undone", undo(shell.path, ORIGIN, clock.moment()))


def tell(shell: Shell, done: str, operation: Undone) -> int:
    """What was done to which operation."""
    if shell.json:
        shell.emit({"operation": operation.operation_id, "label": operation.label})
    else:
        shell.out(f"{done}: {operation.label}")
    return 0


def _ask(label: str, shell: Shell) -> None:
    """Ask where somebody can answer; without a terminal nothing is asked. Raises Refusal for a no."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return
    shell.say(f"“{label}” was done in the workspace. Undo it? y/N")
    if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
        raise Refusal("Nothing was undone.")
