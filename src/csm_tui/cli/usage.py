"""How a line of plain words is read, as nearly every line is: argparse would read it the same, for half as much again
as `python -c pass` costs.
"""

from __future__ import annotations

from types import SimpleNamespace

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

PLAIN = {
    "today", "log", "workspace", "accounts", "onboarding", "cadence", "reviews", "recovery", "promises", "since",
    "history", "done",
}  # fmt: skip
"""The commands that take no words, or words of one kind (a test tries each of them against argparse)."""

REST = "..."
"""All words from here on, whatever they begin with: argparse's REMAINDER."""


class WrongUsage(Exception):  # noqa: N818
    """The command line itself is wrong: exit code 2."""


class _Noted:
    """What a command would tell its parser, kept for a line without options: its defaults, and who takes the words."""

    def __init__(self) -> None:
        self.chosen: dict[str, Any] = {"db": None, "json": False}
        self.taker, self.takes = "", ""

    def set_defaults(self, **defaults: Any) -> None:
        self.chosen |= defaults

    def add_argument(
        self, name: str, *, dest: str = "", default: Any = None, action: str = "", nargs: str = "", **_: Any
    ) -> None:
        if name.startswith("-"):
            default = False if action == "store_true" else default
            self.chosen.setdefault(dest or name.lstrip("-").replace("-", "_"), default)
        else:
            self.taker, self.takes = name, nargs


def plain(configure: Callable[[Any], None], common: Sequence[str], words: list[str]) -> SimpleNamespace | None:
    """What was chosen by `--db FILE` and `--json` and words behind them; None where there are options, or too much."""
    noted = _Noted()
    configure(noted)
    if not _common(noted.chosen, common) or not _are_words(words, noted.takes):
        return None
    if noted.taker:
        noted.chosen[noted.taker] = words
    return SimpleNamespace(**noted.chosen)


def _are_words(words: list[str], takes: str) -> bool:
    """Whether words behind a command are no options; where it takes the rest, only the first could be one."""
    told = words[:1] if takes == REST else words
    return not any(word.startswith("-") for word in told) and bool(takes or not words)


def _common(chosen: dict[str, Any], options: Sequence[str]) -> bool:
    """Read the options that all commands take; whether each `--db` names a file."""
    left = iter(options)
    for option in left:
        if option == "--json":
            chosen["json"] = True
        else:
            _, given, path = option.partition("=")
            chosen["db"] = path if given else next(left, "-")
            if not given and chosen["db"].startswith("-"):
                return False
    return True
