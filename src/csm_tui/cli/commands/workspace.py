"""csm alone: the workspace where there is a terminal, else what `csm today` prints."""

from __future__ import annotations

import os

from csm_tui.cli.shell import is_terminal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "The workspace on your book; without a terminal, what `csm today` prints."
EPILOG = """\
`csm --help` lists the commands."""


def configure(parser: argparse.ArgumentParser) -> None:
    """`csm` alone has the common options only; for `csm today` the rest is as it is by default."""
    parser.set_defaults(days=None, all=False, check=False, filter=[])


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Open the workspace, or print the day."""
    if shell.json or not can_show():
        from csm_tui.cli.commands import today

        return today.run(chosen, shell)
    from csm_tui.tui.start import open_workspace

    return open_workspace(shell.path)


def can_show() -> bool:
    """Whether a whole screen can be drawn and keys can be read here."""
    return is_terminal() and os.environ.get("TERM", "") not in {"", "dumb"}
