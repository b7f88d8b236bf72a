"""What the palette and `?` offer: every command with its key and why it cannot be run now, filters, accounts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.tui.keys import Topic
from csm_tui.tui.widgets.choices import Choice, Choices
from csm_tui.views.filters import saved_filters
from csm_tui.views.named import all_names

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from csm_tui.store.connection import Reading
    from csm_tui.tui.keys import Key, Needs

ACCOUNT, FILTER = "account ", "filter "
ACCOUNTS, FILTERS = "Accounts", "Saved filters"


def commands(keys: Iterable[Key], why_not: Callable[[Needs], str]) -> list[Choice]:
    """Every key as something to choose, under its topic; its value is its id."""
    by_topic = sorted(keys, key=lambda key: list(Topic).index(key.topic))
    return [
        Choice(key.id, key.tooltip, key.label, key.word, key.topic.value, why_not(key.needs).partition(":")[0])
        for key in by_topic
    ]


def everything(reading: Reading, commands: Sequence[Choice], recent: Sequence[str]) -> Choices:
    """The commands, the saved filters, every account by name: made ready to look through off the screen's thread."""
    filters = (
        Choice(f"{FILTER}{one.name}", f"{one.name}: {one.text}", "filter", topic=FILTERS)
        for one in saved_filters(reading)
    )
    accounts = (Choice(f"{ACCOUNT}{one.id}", one.name, "account", topic=ACCOUNTS) for one in all_names(reading))
    return Choices((*commands, *filters, *accounts), recent)
