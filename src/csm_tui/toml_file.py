"""A TOML file that a person wrote: its text, and in words why it cannot be read."""

from __future__ import annotations

import os
import re
import stat

MOST_BYTES = 1_000_000
UNREADABLE = (OSError, ValueError, ArithmeticError, RecursionError)
"""What `text_of` and tomllib raise: it cannot be opened, is no text, is no TOML, or holds what is too large."""


def text_of(path: str) -> str:
    """What the file holds. Only a plain file of a sensible size is opened: another might never end."""
    status = os.stat(path)
    if not stat.S_ISREG(status.st_mode):
        raise OSError(0, "it is not a file")
    if status.st_size > MOST_BYTES:
        raise OSError(0, "it is longer than such a file can be")
    with open(path, encoding="utf-8-sig") as file:
        return file.read()


def reason(error: Exception) -> tuple[int, str]:
    """The line on which it cannot be read (0: not known), and the end of a sentence about that line or the file."""
    from tomllib import TOMLDecodeError

    if isinstance(error, OSError):
        return 0, f"cannot be read ({error.strerror})"
    if isinstance(error, UnicodeDecodeError):
        return 0, "is not UTF-8 text"
    if not isinstance(error, TOMLDecodeError):
        return 0, "holds a value that is too large"
    at = re.search(r"at line (\d+)", str(error))
    return int(at.group(1)) if at else 0, f"is not TOML ({str(error).partition(' (at ')[0]})"
