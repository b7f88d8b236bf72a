"""A pane as a table in the shell: the lines that a filter lets through, or why there are none."""

from __future__ import annotations

from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from typing import Any

    from csm_tui.cli.shell import Shell


class Board(NamedTuple):
    """How a board is printed: its columns, a line as cells, a line for scripts, and what is said of an empty one.

    `none` tells that none of so many matches; the words of the filter follow it. `right` names the columns set right.
    """

    header: tuple[str, ...]
    row: Callable[[Any, date], list[str]]
    as_json: Callable[[Any], dict[str, object]]
    none: Callable[[int], str]
    empty: str
    right: frozenset[int] = frozenset()


def show(shell: Shell, board: Board, lines: Sequence[Any], size: int, wanted: Iterable[str]) -> bool:
    """Print the lines of so many that there are; whether there is a table, of which a summary may be told."""
    if shell.json:
        shell.emit([board.as_json(line) for line in lines])
        return False
    if lines:
        shell.table(board.header, [board.row(line, shell.today) for line in lines], board.right)
        return True
    shell.say(f"{board.none(size)} matches “{' '.join(wanted)}”." if size else board.empty)
    return False
