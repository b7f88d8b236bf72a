"""Promises of both sides: added, edited, taken out. How one ends is told by `items`."""

from __future__ import annotations

from csm_tui.actions.meanwhile import as_seen, still_there
from csm_tui.domain.errors import Refusal
from csm_tui.domain.promises import PromiseState, of_a_step
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


class AddPromise(NamedTuple):
    """A new promise: its side, what is owed, and by when, under the names of the file's columns."""

    account_id: int
    account: str
    values: Row

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Promise with {self.account}"


class EditPromise(NamedTuple):
    """Facts of a promise set anew."""

    promise_id: int
    account_id: int
    account: str
    values: Row
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Edit promise p{self.promise_id} with {self.account}"


class DeletePromise(NamedTuple):
    """A promise that was never one."""

    promise_id: int
    account_id: int
    account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Delete promise p{self.promise_id} with {self.account}"


def add_promise(writing: Writing, wanted: AddPromise) -> int:
    """Add an open promise made today."""
    still_there(writing, "account", wanted.account_id, wanted.account)
    _said(wanted.values.get("what"))
    return writing.add("promise", account_id=wanted.account_id, made_on=writing.today.isoformat(), **wanted.values)


def edit_promise(writing: Writing, wanted: EditPromise) -> None:
    """Set what is owed, by whom, or by when; open or closed, it stays so."""
    row = _by_itself(writing, wanted.promise_id)
    if not wanted.values:
        raise Refusal("Nothing to change: say what, such as --by fri or --what 'send the report'.")
    _said({**row, **wanted.values}["what"])
    as_seen(row, wanted.seen, wanted.values)
    writing.change("promise", wanted.promise_id, **wanted.values)


def _by_itself(writing: Writing, promise_id: int) -> Row:
    """The promise as it stands. Raises Refusal for one that stands for an open step, which it goes with."""
    row = still_there(writing, "promise", promise_id, "The promise")
    if row["step_id"] is not None and row["state"] == PromiseState.OPEN:
        raise Refusal(of_a_step(promise_id, int(row["step_id"])))
    return row


def _said(what: object) -> None:
    if not str(what or "").strip():
        raise Refusal("A promise needs words: say what is owed, such as “send the report”.")


def delete_promise(writing: Writing, wanted: DeletePromise) -> None:
    """Take a promise out; a kept, broken or released one goes from the slip as well."""
    _by_itself(writing, wanted.promise_id)
    writing.remove("promise", wanted.promise_id)
