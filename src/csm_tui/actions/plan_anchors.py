"""What follows the start and the renewal of an account: its plans, and what was told of the term that is over."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.lifecycle import is_next_term, opt_out_on
from csm_tui.domain.playbooks import ONBOARDING, RENEWAL
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Value, Writing


OF_TERM: Row = {"notice_served_on": None, "auto_renew_off_on": None}
"""What is told of one term, and not of the next."""
REVIEW_CLOCK = {"tier", "started_on", "review_days"}
"""What the due day of the next review hangs on, of an account's own facts."""


def follow(writing: Writing, account_id: int, before: Row, said: Row) -> None:
    """Date the open steps anew where a day that a running plan counts from has changed; baselines stay. In a new term
    what was told of the old one is forgotten, unless it is said again.
    """
    changed = {name for name, value in said.items() if value != before[name]}
    after = {**before, **said}
    if _renewed(_day(before["renewal_on"]), _day(after["renewal_on"])):
        writing.change("account", account_id, **{name: said.get(name) for name in OF_TERM})
    if "started_on" in changed:
        _onboarding(writing, account_id, _day(after["started_on"]))
    if changed & {"renewal_on", "notice_days"}:
        _renewal(writing, account_id, _day(before["renewal_on"]), after)
    if changed & REVIEW_CLOCK:
        _review(writing, account_id, before, after)


def _review(writing: Writing, account_id: int, before: Row, after: Row) -> None:
    from csm_tui.actions.plan_talk import review_dated
    from csm_tui.actions.reviews import next_due

    if next_due(writing, before) != next_due(writing, after):
        review_dated(writing, account_id)


def _onboarding(writing: Writing, account_id: int, started_on: date | None) -> None:
    if started_on is None:
        return
    for plan in writing.find("plan", account_id=account_id, playbook=ONBOARDING, closed_on=None):
        from csm_tui.actions.plans import redate

        redate(writing, plan, started_on)


def _renewal(writing: Writing, account_id: int, old: date | None, after: Row) -> None:
    renewal_on, notice = _day(after["renewal_on"]), after["notice_days"]
    for plan in writing.find("plan", account_id=account_id, playbook=RENEWAL, closed_on=None):
        from csm_tui.actions.plans import end_plan, redate

        if renewal_on is None:
            end_plan(writing, int(plan["id"] or 0), "no renewal day any more")
        elif _renewed(old, renewal_on):
            end_plan(writing, int(plan["id"] or 0), "renewed")
        else:
            redate(writing, plan, renewal_on, opt_out_on(renewal_on, None if notice is None else int(notice)))


def _renewed(old: date | None, new: date | None) -> bool:
    return old is not None and new is not None and is_next_term(old, new)


def _day(text: Value) -> date | None:
    return None if text is None else date.fromisoformat(str(text))
