"""One change to many accounts at once, and many items put off together: each is one operation, and one undo."""

from __future__ import annotations

from datetime import timedelta

from csm_tui.actions.items import SnoozeItem, snooze_item
from csm_tui.actions.plan_anchors import follow
from csm_tui.actions.tagging import tag_account
from csm_tui.domain.days import day_month
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.due import Item
    from csm_tui.store.verbs import Row, Value, Writing


class ChangeAccounts(NamedTuple):
    """Columns set, tags given and taken away, at these accounts; `what` says it in words."""

    account_ids: tuple[int, ...]
    what: str
    values: tuple[tuple[str, Value], ...] = ()
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """What history and undo call it."""
        count = len(self.account_ids)
        return f"{count:,} account{'' if count == 1 else 's'}: {self.what}"


class SnoozeItems(NamedTuple):
    """Items put off to a day together, with one reason; a must-do only to tomorrow."""

    items: tuple[Item, ...]
    until_on: date
    reason: str = ""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        count = len(self.items)
        return f"Snooze {count:,} item{'' if count == 1 else 's'} to {day_month(self.until_on)}"


class Changed(NamedTuple):
    """How many accounts were changed, and how many were so already or are gone."""

    changed: int
    already: int


def change_accounts(writing: Writing, wanted: ChangeAccounts) -> Changed:
    """Set, tag and untag; what is so already stays as it is. Raises Refusal when nothing would change."""
    values, done = dict(wanted.values), 0
    for account_id in wanted.account_ids:
        for row in writing.find("account", id=account_id):
            done += _changed(writing, row, values, wanted)
    if not done:
        raise Refusal(f"Nothing to change: {wanted.what} holds for all of them already.")
    return Changed(done, len(wanted.account_ids) - done)


def _changed(writing: Writing, row: Row, values: Row, wanted: ChangeAccounts) -> bool:
    """Whether the account had to be changed."""
    account_id = int(row["id"] or 0)
    new = {name: value for name, value in values.items() if row[name] != value}
    if new:
        writing.change("account", account_id, **new)
        follow(writing, account_id, row, new)
    tagged = tag_account(writing, account_id, wanted.tags, wanted.untags)
    return bool(new) or tagged


def snooze_items(writing: Writing, wanted: SnoozeItems) -> int:
    """Put the items off; a must-do to tomorrow, and what falls due on the day or later stays. How many were put off."""
    tomorrow, done = writing.today + timedelta(days=1), 0
    for item in wanted.items:
        until = min(wanted.until_on, tomorrow) if item.must_do else wanted.until_on
        if item.must_do or item.due_on < until:
            snooze_item(writing, SnoozeItem(item, until, wanted.reason))
            done += 1
    if not done:
        raise Refusal(f"None of them is due before {day_month(wanted.until_on)}: nothing was put off.")
    return done
