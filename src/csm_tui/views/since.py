"""The morning: what came about since the book was last looked at, from the rules and from the journal."""

from __future__ import annotations

from datetime import date

from csm_tui import clock
from csm_tui.domain.reasons import why
from csm_tui.domain.since import Decision, fell_due, in_range
from csm_tui.store.queries import looks
from csm_tui.typed import TYPE_CHECKING, NamedTuple
from csm_tui.views.today import today_list

if TYPE_CHECKING:
    from csm_tui.domain.due import Item
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.looks import Deed, Look


class Since(NamedTuple):
    """A look, and what came after it: items that fell due, deeds from elsewhere, decisions in range."""

    look: Look
    due: list[Item]
    deeds: list[Deed]
    decisions: list[Decision]
    today: date

    @property
    def anything(self) -> bool:
        """Whether anything came about."""
        return bool(self.due or self.deeds or self.decisions)


def since_last_look(reading: Reading) -> Since | None:
    """What came about since the workspace was last closed on this book; None when it never was."""
    look = looks.last_look(reading)
    return None if look is None else since(reading, look)


def since(reading: Reading, look: Look, own: str = "") -> Since:
    """What came about since a look, without what one has done oneself: the newest deed and the earliest day first."""
    today, looked_on = reading.today, clock.local(look.at).date()
    decisions = [in_range(one, looked_on, today, reading.policy.renewals) for one in looks.terms(reading)]
    return Since(
        look,
        fell_due(today_list(reading, 0).items, looked_on, today),
        [deed for deed in looks.done_since(reading, look) if deed.origin != own],
        sorted((one for one in decisions if one is not None), key=lambda one: (one.on, one.name)),
        today,
    )


def as_json(found: Since) -> dict[str, object]:
    """What came about, for scripts."""
    return {
        "since": found.look.at,
        "due": [
            {"id": item.id, "account": item.account.name, "account_id": item.account.account_id, "what": item.what,
             "due_on": item.due_on.isoformat(), "why": list(why(item, found.today))}
            for item in found.due
        ],
        "done": [
            {"id": deed.operation_id, "label": deed.label, "kind": deed.kind, "origin": deed.origin, "at": deed.at,
             "account_id": deed.account_id}
            for deed in found.deeds
        ],
        "decisions": [
            {"account": one.name, "account_id": one.account_id, "what": one.what, "on": one.on.isoformat()}
            for one in found.decisions
        ],
    }  # fmt: skip
