"""csm restore: a backup takes the place of the book, and the book as it was is kept."""

from __future__ import annotations

import os
from contextlib import suppress

from csm_tui import paths
from csm_tui.cli.commands.backup import in_words
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup
from csm_tui.store.connection import Outdated, reading
from csm_tui.store.queries.sizes import holdings
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Put a backup in the place of the book; the book as it was is kept, so that this can be undone."
EPILOG = """\
  csm restore                              the newest backup
  csm restore ~/Dropbox/book-2026-11-21.db"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm restore`."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="which (default: the newest in the backup folder)")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Restore, and say what was kept and how to go back."""
    source = _newest(shell.path) if chosen.file is None else chosen.file
    _is_book(source, shell)
    try:
        paths.private_folder(paths.folder_of(shell.path))
        kept = backup.restore(shell.path, source)
    except OSError as error:
        raise Refusal(
            f"Nothing was restored: {error.strerror} ({error.filename}). Check its folder and disk."
        ) from None
    held = shell.read(holdings)
    if shell.json:
        shell.emit({"restored": source, "kept": kept, "path": shell.path, **held._asdict()})
        return 0
    shell.out(f"Restored {source}: {in_words(held)}")
    if kept is not None:
        shell.out(f"The book as it was is kept. To go back: csm restore {_quoted(kept)}")
    return 0


def _newest(path: str) -> str:
    found = backup.backups(path)
    if not found:
        raise Refusal(f"There is no backup in {paths.backups(path)}: give the file to restore.")
    return found[0]


def _is_book(source: str, shell: Shell) -> None:
    """Refuse what is no book that this csm can read, before anything is touched."""
    if not source:
        raise Refusal("Which file? Give the path of a backup, or none for the newest.")
    if not os.path.lexists(source):
        raise Refusal(f"There is no file {source}: `csm paths` says where the backups lie.")
    with suppress(Outdated):  # an older book is brought up to date when it is next read
        reading(source, shell.today).__exit__()


def _quoted(path: str) -> str:
    from shlex import quote

    return quote(path)
