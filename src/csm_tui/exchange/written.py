"""A new file written aside for this user alone (0600) and put in its place whole, or not at all."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
    try:
        handle, name = tempfile.mkstemp(prefix=".new-", dir=target.parent)
    except OSError as error:
        raise _unwritable(path, error) from None
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        if replace:
            temporary.replace(target)
        else:
            _put(temporary, target)
    except FileExistsError:
        raise taken(path) from None
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        temporary.unlink(missing_ok=True)


def _put(temporary: Path, target: Path) -> None:
    """Give the file its name, which must be free; a disk without links (a USB stick) needs the name taken first."""
    try:
        target.hardlink_to(temporary)
    except FileExistsError:
        raise
    except OSError:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        temporary.replace(target)


def taken(path: str) -> Taken:
    """What is said where a file is in the way."""
    if os.path.lexists(path) and not Path(path).is_file():
        return Taken(f"{path} is no plain file and was left as it is: give another name.")
    return Taken(f"{path} is there already and was left as it is: give another name.")


def _unwritable(path: str, error: OSError) -> Refusal:
    return Refusal(f"{path} cannot be written: {error.strerror or error}. Nothing was left behind.")
