"""csm paths: where the book, its backups, the drafts, the settings and one's own playbooks lie."""

from __future__ import annotations

from csm_tui import paths
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Where the book, its backups, the drafts, the settings and your own playbooks lie."
EPILOG = """\
  csm paths
  csm paths --json"""


def configure(parser: argparse.ArgumentParser) -> None:
    """`csm paths` has the common options only."""


def run(_chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the paths; nothing needs to be there yet."""
    found = {
        "book": shell.path,
        "backups": paths.backups(shell.path),
        "drafts": paths.drafts(),
        "settings": paths.settings(),
        "playbooks": paths.playbooks(),
    }
    if shell.json:
        shell.emit(found)
    else:
        for name, path in found.items():
            shell.out(f"{name:<9} {path}")
    return 0
