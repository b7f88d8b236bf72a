"""Taking an exported book into an empty one, for `csm import`."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from csm_tui import words
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.book_file import TakeBook, not_empty, read_book, take_book
from csm_tui.store.connection import reading
from csm_tui.store.queries import exports
from csm_tui.store.transaction import misfits_refused
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csm_tui.cli.shell import Shell
    from csm_tui.exchange.given import Given


def take(files: Sequence[Given], shell: Shell, *, dry: bool) -> int:
    """Take the book in, or only read it through; say how much of what it holds."""
    given, columns = files[0], _columns(shell)
    if len(files) > 1:
        raise Refusal(f"{given.name} is a whole book: import it alone, into an empty book.")
    if os.path.lexists(shell.path) and not shell.read(exports.is_empty):
        raise not_empty()
    if dry:
        counts = dict.fromkeys(columns, 0)
        for table, _ in read_book(given, columns):
            counts[table] += 1
    else:
        with misfits_refused(given.name):
            counts = shell.do_light(take_book, TakeBook(given, columns))
    _tell(counts, shell, dry=dry)
    return 0


def _columns(shell: Shell) -> Mapping[str, tuple[str, ...]]:
    """What a book of this version holds; where there is none yet, nothing is made for the asking."""
    if os.path.lexists(shell.path):
        return shell.read(exports.tables)
    from csm_tui.store.migrate import make

    with TemporaryDirectory() as folder:
        path = str(Path(folder) / "empty.db")
        make(path)
        with reading(path, shell.today) as book:
            return exports.tables(book)


def _tell(counts: Mapping[str, int], shell: Shell, *, dry: bool) -> None:
    total = sum(counts.values())
    if shell.json:
        told = {"source": "csm", "new": total, "changed": 0, "unchanged": 0, "refused": [], "unused_headers": []}
        shell.emit(told)
    else:
        shell.out(f"The whole book, {words.plural(total, 'row')}")
        for table, count in counts.items():
            if count:
                shell.out(f"  {table.replace('_', ' '):<20} {count:>9,}")
    shell.say("Nothing was written: this was a dry run." if dry else "`csm undo` takes it all back.")
