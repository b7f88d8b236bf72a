"""What is said when the program ends on a bug: where, in the code's own words, and never a value."""

from __future__ import annotations

import traceback

MOST = 8


def report(error: BaseException | None) -> str:
    """The kind of error and the innermost places in our code; values, which may be a customer's, stay out."""
    lines = ["csm ended on an error of its own. Everything that was said to be saved is saved.", ""]
    if error is not None:
        lines.append(f"  {type(error).__name__}")
        frames = traceback.extract_tb(error.__traceback__)[-MOST:]
        lines += [f"  at {_place(frame.filename)}:{frame.lineno} in {frame.name}" for frame in frames]
    return "\n".join(lines) + "\n"


def _place(path: str) -> str:
    """A file's path from the package on."""
    return "/".join(path.split("/")[-3:])
