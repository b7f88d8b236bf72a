"""How the boards were left, kept as one small file: which columns each of them shows."""

from __future__ import annotations

import os

from csm_tui import paths


def _path() -> str:
    return os.path.join(os.path.dirname(paths.drafts()), "columns.json")


def columns() -> dict[str, list[str]]:
    """The columns that were chosen, by the name of the board; nothing of what cannot be read."""
    import json

    try:
        with open(_path(), encoding="utf-8") as file:
            found = json.load(file)
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {str(board): [str(one) for one in titles] for board, titles in found.items() if isinstance(titles, list)}


def remember(board: str, titles: tuple[str, ...]) -> None:
    """Keep the columns of a board (0600), written aside and renamed. A full disk forgets them, and no more."""
    import json

    kept = columns()
    try:
        paths.write_private(_path(), json.dumps({**kept, board: list(titles)}))
    except OSError:
        return
