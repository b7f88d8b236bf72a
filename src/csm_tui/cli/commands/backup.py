"""csm backup: a verified copy of the book, beside it or where one says."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.store import backup
from csm_tui.store.queries.sizes import holdings
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.store.queries.sizes import Holdings

SUMMARY = "Copy the book, verified, into its backup folder or to FILE, where nothing may be yet."
EPILOG = """\
  csm backup
  csm backup ~/Dropbox/book-2026-11-21.db
In the folder the last 5 are kept, and one for each of the last 12 days, 10 weeks and 9 months that have one.
`csm restore` brings one back."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm backup`."""
    parser.add_argument("file", metavar="FILE", nargs="?", help="where to (default: the folder of `csm paths`)")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Copy, and print where to and how much."""
    held = shell.read(holdings)
    try:
        target = _copied(shell.path, chosen.file)
    except OSError as error:
        raise Refusal(
            f"No backup can be written: {error.strerror} ({error.filename}). Check its folder and disk."
        ) from None
    if shell.json:
        shell.emit({"path": target, **held._asdict()})
    else:
        shell.out(target)
        shell.out(in_words(held))
    return 0


def _copied(path: str, target: str | None) -> str:
    if target is None:
        return backup.back_up(path)
    backup.copy(path, target)
    return target


def in_words(held: Holdings) -> str:
    """`40 accounts, 120 contacts, …`."""
    counts = held._asdict().items()
    return ", ".join(f"{count:,} {name.removesuffix('s') if count == 1 else name}" for name, count in counts) + "."
