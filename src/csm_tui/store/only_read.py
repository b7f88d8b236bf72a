"""Whether a book that can be read can be written too, and if not, why."""

from __future__ import annotations

import os


def why_only_read(path: str) -> str:
    """Why a book can be read and not written here; empty where it can be written, or is not there."""
    if not os.path.exists(path):
        return ""
    if not (os.access(path, os.W_OK) and os.access(os.path.dirname(os.path.realpath(path)), os.W_OK)):
        return f"{path} is read-only here: what you see is right, and nothing can be saved."
    if os.stat(path).st_nlink == 1:
        return ""
    from csm_tui.store.second_name import told_of

    return told_of(path)
