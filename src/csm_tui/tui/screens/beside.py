"""The account beside the list: it goes with the cursor, and those around the cursor are read ahead of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui.tui.context import TOUCHES, Context
from csm_tui.views.account import AccountContext, account_context

if TYPE_CHECKING:
    from csm_tui.store.connection import Reading
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer
    from csm_tui.tui.pane import Pane

CONTEXT, AHEAD = "context", "ahead"
"""What the desk is asked for: the account in context, and those around it."""
STEPS = (1, 2, -1)
"""So far from the cursor accounts are read ahead."""
MOST = 8
"""More than so many are not held."""


class Read(NamedTuple):
    """What was read, by account, None for one that is gone; `number` tells before which change of the book."""

    number: int
    contexts: dict[int, AccountContext | None]


def contexts(reading: Reading, account_ids: tuple[int, ...], number: int) -> Read:
    """Accounts with what stands beside a list."""
    return Read(number, {account_id: account_context(reading, account_id, TOUCHES) for account_id in account_ids})


class Beside:
    """Keeps the context on the account under the cursor."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._shown = -1
        """The account in context; 0: there is none, -1: nobody has looked."""
        self._near: dict[int, AccountContext | None] = {}
        self._number = 0

    def follow(self, pane: Pane, context: Context) -> None:
        """Show the account under the cursor, if it is another one: at once where it was read ahead."""
        chosen = pane.chosen()
        account_id = chosen.account_id if chosen else 0
        if account_id == self._shown:
            return
        self._shown = account_id
        if account_id in self._near:
            context.show(self._near[account_id])
            self.read_ahead(pane)
        else:
            self.look_again(context)

    def look_again(self, context: Context) -> None:
        """Read the account in context anew."""
        if self._shown > 0:
            self._desk.ask(CONTEXT, contexts, (self._shown,), self._number)
        else:
            context.show(None)

    def look_away(self) -> None:
        """What is in context is not to be seen: it is read anew once it is."""
        self._shown = -1

    def forget(self) -> None:
        """The book has changed: what was read ahead is of before."""
        self._number += 1
        self._near.clear()

    def answered(self, answer: Answer, pane: Pane, context: Context) -> None:
        """Show what was read, unless the cursor has gone on meanwhile; keep what was read ahead for the next keys."""
        if answer.slot == CONTEXT:
            if self._shown in answer.data.contexts:
                context.show(answer.data.contexts[self._shown])
            self.read_ahead(pane)
        elif answer.slot == AHEAD and answer.data.number == self._number:
            near = {**self._near, **answer.data.contexts}
            self._near = dict(list(near.items())[-MOST:])
            context.get_ready(self._near[one] for one in self._around(pane) if one in self._near)

    def read_ahead(self, pane: Pane) -> None:
        """Read the accounts around the cursor, the next first."""
        wanted = tuple(one for one in self._around(pane) if one not in self._near)
        if wanted:
            self._desk.ask(AHEAD, contexts, wanted, self._number)

    def _around(self, pane: Pane) -> list[int]:
        """The other accounts around the cursor, the next first."""
        around = (pane.chosen_near(step) for step in STEPS)
        ids = dict.fromkeys(one.account_id for one in around if one is not None)
        return [one for one in ids if one != self._shown]
