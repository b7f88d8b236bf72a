"""Every key of the workspace in one table: its id, what it does, and its tooltip. README and `?` are made from it."""

from __future__ import annotations

from typing import NamedTuple

from textual.binding import Binding


class Key(NamedTuple):
    """A key: the id by which it can be remapped, the keys, the action, a word for the key bar, a sentence for `?`."""

    id: str
    keys: str
    action: str
    word: str
    tooltip: str
    shown: str = ""

    @property
    def label(self) -> str:
        """The key as people call it."""
        return self.shown or self.keys.split(",")[0]

    def binding(self) -> Binding:
        """The key as Textual binds it."""
        return Binding(self.keys, self.action, self.word, show=False, id=self.id, tooltip=self.tooltip)


WORK = (
    Key("log", "l", "log", "log", "Log a touchpoint with the account under the cursor"),
    Key("done", "d", "done", "done", "Done: the item under the cursor"),
    Key("snooze", "s", "snooze", "snooze", "Put the item off to another day, with a reason"),
    Key("open", "enter", "open", "open", "Open the account", "⏎"),
    Key("filter", "slash", "filter", "find", "Filter this list as you type", "/"),
    Key("undo", "u", "undo", "undo", "Undo the newest change"),
    Key("why", "w", "why", "why", "Why: the arithmetic behind the row or figure under the cursor"),
    Key("zoom", "z", "zoom", "zoom", "This pane on the whole screen, and back"),
    Key("goto", "f", "goto", "go to", "Go to any account"),
    Key("move", "m", "move", "move", "Move the item to another day"),
    Key("promise", "p", "promise", "promise", "Promise something to the account under the cursor"),
    Key("skip", "x", "skip", "skip", "It did not happen: a meeting missed, a promise let go"),
    Key("redo", "U", "redo", "redo", "Do again what was undone"),
    Key("history", "H", "history", "history", "What was done, when, and from where"),
    Key("pane.1", "1", "pane(1)", "today", "Today: what is due"),
    Key("pane.2", "2", "pane(2)", "accounts", "Accounts: the book"),
    Key("pane.4", "4", "pane(4)", "cadence", "Cadence: who is owed contact"),
    Key("pane.next", "tab", "next_pane(1)", "next pane", "The next pane"),
    Key("pane.previous", "shift+tab", "next_pane(-1)", "previous pane", "The pane before", "⇧tab"),
    Key("back", "escape", "back", "back", "Back, clear the filter, cancel; never quits", "esc"),
    Key("quit", "q", "quit", "quit", "Quit; nothing is lost"),
    Key("keys", "question_mark", "keys", "keys", "All keys of this screen; type to filter, enter to run", "?"),
)  # fmt: skip
"""In the order in which the key bar shows them; `keys` always stands last."""

LIST = (
    Key("list.down", "j,down", "move(1)", "down", "The next row", "j ↓"),
    Key("list.up", "k,up", "move(-1)", "up", "The row above", "k ↑"),
    Key("list.top", "home", "top", "first row", "The first row", "gg"),
    Key("list.bottom", "G,end", "bottom", "last row", "The last row", "G"),
    Key("list.page_down", "ctrl+d,pagedown", "page(1)", "half a page down", "Half a page down", "^d"),
    Key("list.page_up", "ctrl+u,pageup", "page(-1)", "half a page up", "Half a page up", "^u"),
)
"""The keys that every list has; `Rows` binds them."""


def bar(keys: tuple[Key, ...] = WORK) -> list[tuple[str, str]]:
    """What the key bar shows: label and word."""
    return [(key.label, key.word) for key in keys]


def markdown() -> str:
    """The key table of the README."""
    rows = [f"| `{key.label}` | {key.tooltip} |" for key in (*WORK, *LIST)]
    return "\n".join(["| key | does |", "| --- | --- |", *rows])
