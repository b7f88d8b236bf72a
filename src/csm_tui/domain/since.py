"""What came about between one look at the book and another: days that came, and decisions that came into range."""

from __future__ import annotations

from datetime import date

from csm_tui.domain import lifecycle
from csm_tui.domain.accounts import Phase
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.domain.due import Item
    from csm_tui.domain.policy import RenewalPolicy


class Terms(NamedTuple):
    """What of an account's contract says when its decision is near."""

    account_id: int
    name: str
    started_on: date | None
    renewal_on: date | None
    notice_days: int | None
    notice_served_on: date | None = None


class Decision(NamedTuple):
    """A day of a contract that came into range: whose, which, and what it is."""

    account_id: int
    name: str
    on: date
    what: str


def fell_due(items: Iterable[Item], since: date, today: date) -> list[Item]:
    """The items whose day came after the day of the last look, up to today; a snoozed one on the day it comes back."""
    return [item for item in items if since < item.shown_on <= today]


def in_range(terms: Terms, since: date, today: date, policy: RenewalPolicy) -> Decision | None:
    """The opt-out day, when it came so near that it is a must-do; else the renewal, when its phase began."""
    if terms.notice_served_on is not None and terms.notice_served_on <= today:
        return None
    opt_out = lifecycle.opt_out_on(terms.renewal_on, terms.notice_days)
    if opt_out is not None and _days(today, opt_out) in range(policy.opt_out_near + 1) and (
        _days(since, opt_out) > policy.opt_out_near
    ):  # fmt: skip
        return Decision(terms.account_id, terms.name, opt_out, "opt-out day")
    decision = lifecycle.decision_on(terms.renewal_on, terms.notice_days)
    if decision is None or not (_renewing(terms, today) and not _renewing(terms, since)):
        return None
    return Decision(terms.account_id, terms.name, decision, "decision day, now renewing")


def _renewing(terms: Terms, day: date) -> bool:
    return lifecycle.phase(terms.started_on, terms.renewal_on, terms.notice_days, None, day) is Phase.RENEWING


def _days(earlier: date, later: date) -> int:
    return later.toordinal() - earlier.toordinal()
