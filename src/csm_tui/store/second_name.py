"""A book has one name: under a second (a hard link) SQLite would not find the journal that a crash left."""

from __future__ import annotations

import os

from csm_tui import paths, placing

ASIDE = "before-restore-"
"""How the files begin that a restore put aside; until its last step such a file is the book itself."""

TRIES = 3


def told_of(path: str) -> str:
    """Why a book is only read under the second name that it has; empty where it has none but ours."""
    if not has_second_name(path):
        return ""
    return (
        f"{path} has a second name (a hard link), under which a crash could not be mended: nothing can be saved. "
        "`csm backup FILE` makes a copy with one name: use that with --db."
    )


def has_second_name(path: str) -> bool:
    """Whether a book can be opened under a name that csm did not give it.

    Ours are gone within a moment, or stand for ever where a kill cut us off: nobody works under them.
    """
    real = os.path.realpath(path)
    for _ in range(TRIES):  # one of ours may go between the two looks
        status = os.stat(real)
        ours = _ours(os.path.dirname(real), placing.ASIDE, status) + _ours(paths.backups(real), ASIDE, status)
        if status.st_nlink - 1 <= ours:
            return False
    return True


def _ours(folder: str, begin: str, status: os.stat_result) -> int:
    """How many names in a folder that begin so are this very file."""
    if not os.path.isdir(folder):
        return 0
    with os.scandir(folder) as there:
        return sum(one.name.startswith(begin) and one.inode() == status.st_ino for one in there)
