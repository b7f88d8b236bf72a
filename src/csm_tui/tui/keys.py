"""Every key of the workspace in one table: its id, what it does, and its tooltip. docs/keys.md and `?` follow it."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding

if TYPE_CHECKING:
    from collections.abc import Iterable


NOWHERE = "no-key"
"""The key, which there is not, of what has no key; Textual takes an empty one for a mistake."""


class Needs(StrEnum):
    """What has to be there before a key can do anything."""

    NOTHING = "nothing"
    BOOK = "an account in the book"
    ACCOUNT = "account"
    UNOPENED = "unopened account"
    WHY = "why"
    PANES = "panes"
    LOOK = "look before this one"


class Topic(StrEnum):
    """The heading under which `?` and the palette list a key."""

    HERE = "On this screen"
    WORK = "Work on what the cursor stands on"
    LOOK = "Look around"
    BOOK = "The book and the program"
    LIST = "In every list"


class Key(NamedTuple):
    """A key: the id by which it can be remapped, the keys, the action, a word for the key bar, a sentence for `?`."""

    id: str
    keys: str
    action: str
    word: str
    tooltip: str
    shown: str = ""
    topic: Topic = Topic.WORK
    needs: Needs = Needs.NOTHING

    @property
    def label(self) -> str:
        """The key as people call it."""
        return self.shown or self.keys.split(",")[0]

    def binding(self) -> Binding:
        """The key as Textual binds it."""
        return Binding(self.keys or NOWHERE, self.action, self.word, show=False, id=self.id, tooltip=self.tooltip)


WORK = (
    Key("log", "l", "log", "log", "Log a touchpoint with the account under the cursor", needs=Needs.BOOK),
    Key("done", "d", "done", "done", "Done: the item or the step under the cursor", needs=Needs.ACCOUNT),
    Key("snooze", "s", "snooze", "snooze", "Put the item off to another day, with a reason", needs=Needs.ACCOUNT),
    Key("open", "enter", "open", "open", "Open the account", "⏎", Topic.LOOK, Needs.UNOPENED),
    Key("filter", "slash", "filter", "find", "Filter this list as you type", "/", Topic.LOOK),
    Key("undo", "u", "undo", "undo", "Undo the newest change", topic=Topic.BOOK),
    Key("why", "w", "why", "why", "Why: the arithmetic behind the row or figure under the cursor",
        topic=Topic.LOOK, needs=Needs.WHY),
    Key("zoom", "z", "zoom", "zoom", "This pane on the whole screen, and back", topic=Topic.LOOK, needs=Needs.PANES),
    Key("palette", "colon,ctrl+p", "palette", "palette", "Any command, saved filter or account, by a part of its name",
        ":", Topic.BOOK),
    Key("goto", "f", "goto", "go to", "Go to any account", topic=Topic.LOOK, needs=Needs.BOOK),
    Key("recover", "r", "recover", "recovery", "The recovery of the account: open it, or go on",
        needs=Needs.ACCOUNT),
    Key("move", "m", "move", "move", "Move the item or the step to another day", needs=Needs.ACCOUNT),
    Key("promise", "p", "promise", "promise", "Promise something to the account under the cursor", needs=Needs.BOOK),
    Key("brief", "b", "brief", "brief", "Brief: one page about the account, before a call", topic=Topic.LOOK,
        needs=Needs.ACCOUNT),
    Key("add", "a", "add", "add", "Add an account, contact, touchpoint, promise or plan"),
    Key("edit", "e", "edit", "edit", "Edit what the cursor stands on", needs=Needs.ACCOUNT),
    Key("text", "E", "long_text", "notes", "Its notes in your editor", needs=Needs.ACCOUNT),
    Key("left", "L", "left", "left", "Mark the contact under the cursor as left, or as back", needs=Needs.ACCOUNT),
    Key("delete", "D,delete", "delete", "delete", "Delete the touchpoint, contact or promise under the cursor",
        needs=Needs.ACCOUNT),
    Key("archive", "A", "archive", "archive", "Put the account away, or bring it back", needs=Needs.ACCOUNT),
    Key("merge", "M", "merge", "merge", "Merge the account into another", needs=Needs.ACCOUNT),
    Key("skip", "x", "skip", "skip", "It did not happen, or will not: meeting, promise or step",
        needs=Needs.ACCOUNT),
    Key("wait", "W", "wait_step", "waiting", "On whom the step under the cursor waits, and since when",
        needs=Needs.ACCOUNT),
    Key("sort", "o", "sort", "sort", "Sort the list by a column; the same again goes the other way",
        topic=Topic.LOOK, needs=Needs.PANES),
    Key("mark", "v", "mark", "mark", "Mark the row, for one change to many", needs=Needs.PANES),
    Key("mark.all", "V", "mark_all", "mark all", "Mark all rows that are shown", needs=Needs.PANES),
    Key("bulk", "B", "bulk", "change", "Tier, owner, tags: change the marked rows together", needs=Needs.PANES),
    Key("copy", "y", "copy", "copy", "Copy the row, or the marked ones, as text", needs=Needs.ACCOUNT),
    Key("columns", "c", "columns", "columns", "Choose the columns of the board", topic=Topic.LOOK, needs=Needs.PANES),
    Key("redo", "U", "redo", "redo", "Do again what was undone", topic=Topic.BOOK),
    Key("history", "H", "history", "history", "What was done, when, and from where", topic=Topic.BOOK),
    Key("import", "I", "import_file", "import", "Import files of Salesforce, HubSpot or your own",
        topic=Topic.BOOK),
    Key("export", "X", "export", "export", "Write what this list shows into a CSV file", topic=Topic.BOOK,
        needs=Needs.PANES),
    Key("demo", "T", "demo", "try it", "Try everything on a made-up book; yours stays as it is", topic=Topic.BOOK),
    Key("since", "N", "since", "since", "What came about since you last looked", topic=Topic.LOOK, needs=Needs.LOOK),
    Key("pane.1", "1", "pane(1)", "today", "Today: what is due", topic=Topic.LOOK, needs=Needs.PANES),
    Key("pane.2", "2", "pane(2)", "accounts", "Accounts: the book", topic=Topic.LOOK, needs=Needs.PANES),
    Key("pane.3", "3", "pane(3)", "onboarding", "Onboarding: the first 90 days", topic=Topic.LOOK, needs=Needs.PANES),
    Key("pane.4", "4", "pane(4)", "cadence", "Cadence: who is owed contact", topic=Topic.LOOK, needs=Needs.PANES),
    Key("pane.5", "5", "pane(5)", "reviews", "Reviews: QBRs and EBRs, and what prepares them", topic=Topic.LOOK,
        needs=Needs.PANES),
    Key("pane.6", "6", "pane(6)", "recoveries", "Recovery: the open risks", topic=Topic.LOOK, needs=Needs.PANES),
    Key("pane.next", "tab", "next_pane(1)", "next pane", "The next pane", topic=Topic.LOOK),
    Key("pane.previous", "shift+tab", "next_pane(-1)", "previous pane", "The pane before", "⇧tab", Topic.LOOK),
    Key("back", "escape", "back", "back", "Back, clear the filter, cancel; never quits", "esc", Topic.LOOK),
    Key("quit", "q", "quit", "quit", "Quit; nothing is lost", topic=Topic.BOOK),
    Key("keys", "question_mark", "keys", "keys", "All keys of this screen; type to filter, enter to run", "?",
        Topic.BOOK),
)  # fmt: skip
"""In the order in which the key bar shows them; `keys` always stands last."""

FIRST_RUN = ("import", "add", "demo", "palette", "history", "quit", "keys")
"""The ids of the keys that can do something in an empty book; no other stands in its key bar."""

LIST = (
    Key("list.down", "j,down", "move(1)", "down", "The next row", "j ↓", Topic.LIST),
    Key("list.up", "k,up", "move(-1)", "up", "The row above", "k ↑", Topic.LIST),
    Key("list.gg", "g", "gg", "first row", "The first row", "gg", Topic.LIST),
    Key("list.top", "home", "top", "first row", "The first row", "home", Topic.LIST),
    Key("list.bottom", "G,end", "bottom", "last row", "The last row", "G", Topic.LIST),
    Key("list.page_down", "ctrl+d,pagedown", "page(1)", "half a page down", "Half a page down", "^d", Topic.LIST),
    Key("list.page_up", "ctrl+u,pageup", "page(-1)", "half a page up", "Half a page up", "^u", Topic.LIST),
)  # fmt: skip
"""The keys that every list has; `Rows` binds them."""

HISTORY = (
    Key("history.undo", "u", "answer('undo')", "undo", "Undo the newest change", topic=Topic.HERE),
    Key("history.redo", "U", "answer('redo')", "redo", "Do again what was undone", topic=Topic.HERE),
    Key("history.close", "H,q", "leave", "close", "Close", "q", Topic.HERE),
    Key("history.keys", "question_mark", "app.keys", "keys", "The keys of this screen", "?", Topic.HERE),
)
"""The keys that the history adds."""

SINCE = (
    Key("since.open", "enter", "open", "open", "Open the account", "⏎", Topic.HERE),
    Key("since.close", "N,q", "leave", "close", "Close", "q", Topic.HERE),
    Key("since.keys", "question_mark", "app.keys", "keys", "The keys of this screen", "?", Topic.HERE),
)
"""The keys that the list of what came about adds."""

BRIEF = (
    Key("brief.copy", "y", "copy_brief", "copy", "Copy the brief as Markdown", topic=Topic.HERE),
    Key("brief.log", "l", "answer('log')", "log", "Log the call: a touchpoint with the account", topic=Topic.HERE),
    Key("brief.close", "b,q", "leave", "close", "Close", "q", Topic.HERE),
    Key("brief.keys", "question_mark", "app.keys", "keys", "The keys of this screen", "?", Topic.HERE),
)
"""The keys that the brief adds."""

RECOVERY = (
    Key("recovery.tick", "space", "tick", "tick", "Tick the check under the cursor, or take the tick away",
        topic=Topic.HERE),
    Key("recovery.next", "right_square_bracket", "step(1)", "next", "The next step", "]", Topic.HERE),
    Key("recovery.previous", "left_square_bracket", "step(-1)", "before", "The step before", "[", Topic.HERE),
    Key("recovery.note", "i", "app.note_step", "note", "Notes of the step", topic=Topic.HERE),
    Key("recovery.confirm", "K", "app.confirm_signal", "confirm", "A second source says the same: confirm a signal",
        topic=Topic.HERE),
    Key("recovery.exit", "t", "app.state_exit", "exit test", "State that an exit test is met, with the proof",
        topic=Topic.HERE),
    Key("recovery.close", "C", "app.close_risk", "close", "Close the risk: how it ended, and why", topic=Topic.HERE),
    Key("recovery.escalate", "exclamation_mark", "app.escalate", "escalate",
        "Escalate, tell that an update was sent, or end the escalation", "!", Topic.HERE),
    Key("recovery.owner", "O", "app.give_step", "owner", "Give the step to another owner", topic=Topic.HERE),
    Key("recovery.part", "tab", "next_pane(1)", "checks", "From the steps to the checks, to the signals, and round",
        topic=Topic.HERE),
    Key("recovery.back", "shift+tab", "next_pane(-1)", "back", "The same round the other way", "⇧tab", Topic.HERE),
    Key("recovery.checks", "enter", "checks", "checks", "To the checks of the step; there, tick", "⏎", Topic.HERE),
)  # fmt: skip
"""The keys that the walk through a recovery adds."""

OPENING = (
    Key("opening.tick", "space,x", "tick", "tick", "Take the signal in or out", topic=Topic.HERE),
    Key("opening.open", "enter", "open", "open", "Open the recovery for the signals that are ticked", "⏎", Topic.HERE),
    Key("opening.evidence", "e", "evidence", "evidence", "Write what says so", topic=Topic.HERE),
    Key("opening.close", "r,q", "leave", "close", "Close", "q", Topic.HERE),
    Key("opening.keys", "question_mark", "app.keys", "keys", "The keys of this screen", "?", Topic.HERE),
)
"""The keys of the page on which the signals of a risk are confirmed."""

BOX = (Key("form.cancel", "escape", "leave", "cancel", "Leave without doing anything", "esc", Topic.HERE),)
"""The key of every box above the screen."""

PICKER = (
    Key("picker.down", "down,ctrl+n", "move(1)", "down", "The next row", "↓", Topic.HERE),
    Key("picker.up", "up,ctrl+p", "move(-1)", "up", "The row above", "↑", Topic.HERE),
    Key("picker.page_down", "pagedown", "page(1)", "half a page down", "Half a page down", topic=Topic.HERE),
    Key("picker.page_up", "pageup", "page(-1)", "half a page up", "Half a page up", topic=Topic.HERE),
)
"""The keys of a list that is narrowed by typing."""

FILTER = (
    Key("filter.take", "tab", "take", "take", "Take what is offered", topic=Topic.HERE),
    Key("filter.save", "ctrl+s", "save", "save", "Save the filter by a name", "^s", Topic.HERE),
)
"""The keys of the line in which a filter is typed."""

CHECKLIST = (
    Key("checklist.tick", "space,x", "tick", "tick", "Take it in or out", topic=Topic.HERE),
    Key("checklist.keep", "enter", "keep", "keep", "Keep the choice", "⏎", Topic.HERE),
)
"""The keys of a list of which several are chosen."""

WHY = (Key("why.close", "w,q,enter", "leave", "close", "Close", topic=Topic.HERE),)

CONFIRM = (
    Key("confirm.yes", "y", "yes", "yes", "Yes", topic=Topic.HERE),
    Key("confirm.no", "n,q", "leave", "no", "No", topic=Topic.HERE),
)

LOG = (
    Key("log.save", "enter", "save", "save", "Save", "⏎", Topic.HERE),
    Key("log.signal", "ctrl+r", "signal", "add the signal", "Add the offered signal", "^r", Topic.HERE),
)
"""The keys of the line that logs."""

LOG_FIELDS = (
    Key("log.before", "left,h", "turn(-1)", "before", "The choice before", "←", Topic.HERE),
    Key("log.next", "right,l,space", "turn(1)", "next", "The next choice", "→", Topic.HERE),
    Key("log.save_fields", "enter", "save", "save", "Save", "⏎", Topic.HERE),
)
"""The keys of what the line was read as."""

MOVE_STEP = (Key("move_step.take", "enter", "take", "move", "Move it as the cursor says", "⏎", Topic.HERE),)
"""The keys of the choice between moving one step and moving the later ones too."""

PATH = (Key("path.complete", "tab", "complete", "complete", "Complete the path", topic=Topic.HERE),)
"""The key of a line of paths."""

IMPORT = (
    Key("import.take", "enter", "take", "import", "Import what is shown", "⏎", Topic.HERE),
    Key("import.column", "e", "column", "other column", "Read the field under the cursor from another column",
        topic=Topic.HERE),
    Key("import.days", "D", "days", "days", "How days are written: as each column shows, day, month or year first",
        topic=Topic.HERE),
    Key("import.keys", "question_mark", "app.keys", "keys", "The keys of this screen", "?", Topic.HERE),
)  # fmt: skip
"""The keys of an import that is looked at."""

FORM = (
    Key("form.save", "ctrl+s", "save", "save", "Save; enter does too, except in notes", "^s", Topic.HERE),
    Key("form.next", "down", "step(1)", "next field", "The next field", "↓", Topic.HERE),
    Key("form.previous", "up", "step(-1)", "field above", "The field above", "↑", Topic.HERE),
)
"""The keys of a form of fields."""

FORM_TAB = (
    Key("form.tab", "tab", "tab", "next field", "Complete what is begun, else the next field", topic=Topic.HERE),
    Key("form.back", "shift+tab", "step(-1)", "field above", "The field above", "⇧tab", Topic.HERE),
)
"""The keys of a form that come before those of the field in use."""

TYPED = (*BOX, *PICKER, *FILTER, *LOG, *PATH, *FORM, *FORM_TAB)
"""Keys that hold where text is typed, and so cannot be signs that stand in a text."""

_BENEATH = tuple(key for key in WORK if key.id not in {"open", "pane.next", "pane.previous"})
"""The keys that a walk leaves as they are."""

SCREENS: dict[str, tuple[Key, ...]] = {
    "the workspace": (*WORK, *LIST),
    "the history": (*HISTORY, *LIST, *BOX),
    "what came about": (*SINCE, *LIST, *BOX),
    "the brief": (*BRIEF, *LIST, *BOX),
    "the walk through a recovery": (*RECOVERY, *_BENEATH, *LIST),
    "the first page of a recovery": (*OPENING, *LIST, *BOX),
    "the why of a row": (*WHY, *LIST, *BOX),
    "a question": (*CONFIRM, *BOX),
    "a list to choose from": (*PICKER, *BOX),
    "the move of a step": (*MOVE_STEP, *LIST, *BOX),
    "the line of paths": (*PATH, *BOX),
    "an import": (*IMPORT, *LIST, *BOX),
    "the filter": FILTER,
    "a list to tick": (*CHECKLIST, *LIST, *BOX),
    "the log form": (*LOG, *BOX),
    "a form of fields": (*FORM, *FORM_TAB, *BOX),
    "the fields of the log form": (*LOG_FIELDS, *BOX),
}
"""Which keys hold together: no two of them may be the same."""


def bar(keys: Iterable[Key] = WORK, first: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """What the key bar shows: label and word; those that are worth most in a pane stand first."""
    place = {id_: number for number, id_ in enumerate(first)}
    ordered = sorted(keys, key=lambda key: place.get(key.id, len(place)))
    return [(key.label, key.word) for key in ordered if key.keys]
