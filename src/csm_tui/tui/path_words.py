"""A line of paths as a shell reads it: quotes, `~`, several of them, and what a tab makes of the last one."""

from __future__ import annotations

import os
import re
import shlex
from pathlib import Path
from typing import NamedTuple

_LAST = re.compile(r"""(?:^|(?<=\s))(?:"(?P<double>[^"]*)|'(?P<single>[^']*)|(?P<bare>(?:\\.|[^\s"'\\])*))$""")
_TO_QUOTE = re.compile(r"[^\w@%+=:,./~-]")
MOST = 40


class Completed(NamedTuple):
    """The line with as much more as is certain, and the names that it could go on with."""

    text: str
    names: tuple[str, ...]


def paths(text: str) -> list[str]:
    """The paths in a line. A quotation mark left open holds to the end; one file may have blanks in its name."""
    whole = _at_home(text.strip())
    if Path(whole).is_file():
        return [whole]
    for closing in ("", '"', "'"):
        try:
            return [_at_home(word) for word in shlex.split(text + closing)]
        except ValueError:
            continue
    return [whole]


def _at_home(path: str) -> str:
    """A path with its `~` as the folder that it stands for, where there is one."""
    try:
        return str(Path(path).expanduser()) if path.startswith("~") else path
    except RuntimeError:
        return path


def completed(text: str) -> Completed:
    """What a tab makes of the last path: the part that all candidates share; a folder ends in a slash."""
    last = _LAST.search(text)
    if last is None:
        return Completed(text, ())
    begun = next(part for part in (last["double"], last["single"], last["bare"], "") if part is not None)
    if last["bare"] is not None:
        begun = re.sub(r"\\(.)", r"\1", begun)
    slash = begun.rfind("/") + 1
    folder, name = begun[:slash], begun[slash:]
    names = _names(folder, name)
    if not names:
        return Completed(text, ())
    shared = folder + _shared(names)
    return Completed(text[: last.start()] + _quoted(shared, whole=len(names) == 1), tuple(names))


def _names(folder: str, name: str) -> list[str]:
    """What lies in a folder and begins so, folders with a slash; what is hidden only when it is asked for."""
    try:
        with os.scandir(_at_home(folder) or ".") as found:
            names = [
                one.name + ("/" if one.is_dir() else "")
                for one in found
                if one.name.startswith(name) and (name.startswith(".") or not one.name.startswith("."))
            ]
    except OSError:
        return []
    return sorted(names)


def _shared(names: list[str]) -> str:
    """The beginning that all of some sorted names have."""
    first, last = names[0], names[-1]
    return first[: next((at for at, sign in enumerate(first) if last[at : at + 1] != sign), len(first))]


def _quoted(path: str, *, whole: bool) -> str:
    """A path as it must be typed; a whole file's quotation mark is closed."""
    if not _TO_QUOTE.search(path):
        return path
    mark = "'" if '"' in path else '"'
    return f"{mark}{path}{mark if whole and not path.endswith('/') else ''}"
