"""A new file written aside for this user alone (0600) and put in its place whole, or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from csm_tui import placing
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO


class Taken(Refusal):
    """There is a file of that name already."""


@contextmanager
def written(path: str, *, replace: bool = False) -> Iterator[TextIO]:
    """A stream of text that becomes the file at the end. Raises Taken where one is there and is not to be replaced.

    What is no plain file (a folder, a device) is never replaced.
    """
    target = Path(path)
    if os.path.lexists(target) and not (replace and target.is_file()):
        raise taken(path)
    if placing.is_sqlites(path):
        raise Refusal(f"{path} is a name that SQLite would take for a part of the book: give another one.")
    try:
        with placing.aside(path) as temporary:
            with open(temporary, "w", encoding="utf-8", newline="") as stream:  # noqa: PTH123
                yield stream
            placing.put(temporary, path, replace=replace)
    except FileExistsError:
        raise taken(path) from None
    except OSError as error:
        raise Refusal(
            f"{path} could not be written: {error.strerror or error}. Check its folder and disk, and try again."
        ) from None


def taken(path: str) -> Taken:
    """What is said where a file is in the way."""
    if os.path.lexists(path) and not Path(path).is_file():
        return Taken(f"{path} is not a plain file and was left as it is: give another name.")
    return Taken(f"{path} is there already and was left as it is: give another name.")
