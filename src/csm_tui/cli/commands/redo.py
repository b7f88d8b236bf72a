"""csm redo: what was undone last is done again."""

from __future__ import annotations

from csm_tui import clock
from csm_tui.cli.commands.undo import tell
from csm_tui.cli.shell import ORIGIN
from csm_tui.store.journal import next_redo
from csm_tui.store.transaction import redo
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Do again what was undone last, unless something new was done since."
EPILOG = """\
  csm redo"""


def configure(parser: argparse.ArgumentParser) -> None:
    """`csm redo` has the common options only."""


def run(_chosen: argparse.Namespace, shell: Shell) -> int:
    """Redo, and name what was done again."""
    shell.read(next_redo)  # an older book is brought up to date, a missing one is said to be missing
    return tell(shell, "Done again", redo(shell.path, ORIGIN, clock.moment()))
