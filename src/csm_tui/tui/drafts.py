"""Half-typed forms kept as files, so that neither a crash nor a slip of the finger loses a word."""

from __future__ import annotations

import os
import zlib

from csm_tui import paths

_HELD: dict[str, str] = {}
"""Drafts that no disk took."""


def _path(book: str, form: str) -> str:
    """One file a form and book; what it is called gives no customer away."""
    mark = zlib.crc32(os.path.realpath(book).encode("utf-8", "surrogateescape"))
    return os.path.join(paths.drafts(), f"{mark:08x}-{form}.json")


def keep(book: str, form: str, text: str) -> str:
    """Keep a draft (0600), written aside and renamed; an empty one is let go. Why it could not be kept, or nothing.

    A full disk keeps nobody from typing: what it does not take is held until csm ends, beside what was kept before.
    """
    path = _path(book, form)
    if not text.strip():
        forget(book, form)
        return ""
    import json

    try:
        paths.write_private(path, json.dumps({"text": text}))
    except OSError as error:
        _HELD[path] = text
        return f"{path} could not be written: {error.strerror}. What you type is kept until you quit: look at its disk."
    _HELD.pop(path, None)
    return ""


def kept(book: str, form: str) -> str:
    """The draft of a form, or nothing."""
    import json

    path = _path(book, form)
    if path in _HELD:
        return _HELD[path]
    try:
        with open(path, encoding="utf-8") as file:
            return str(json.load(file)["text"])
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def forget(book: str, form: str) -> None:
    """Let a draft go, once it is saved."""
    _HELD.pop(_path(book, form), None)
    try:
        os.unlink(_path(book, form))
    except OSError:
        return


def of_book(book: str) -> list[str]:
    """The forms of a book that have a draft."""
    mark = os.path.basename(_path(book, ""))[: -len(".json")]
    try:
        names = sorted(os.listdir(paths.drafts()))
    except OSError:
        return []
    return [name[len(mark) : -len(".json")] for name in names if name.startswith(mark) and name.endswith(".json")]
