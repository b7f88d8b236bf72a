"""Plans for books that are measured: every account has its plans running, about forty steps of them."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from csm_tui.domain import onboarding
from csm_tui.domain.lifecycle import opt_out_on
from csm_tui.domain.playbooks import ONBOARDING
from csm_tui.exchange.demo.plans import Course, Start, planned, write_plan
from csm_tui.exchange.demo.words_plans import Sign, Trouble, Turn
from csm_tui.exchange.demo.year_plans import recover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from csm_tui.exchange.demo.cast import Cast
    from csm_tui.exchange.demo.plans import Planned
    from csm_tui.exchange.demo.rows import Stage


LATE = 0.08
"""Of how many plans with a step in the last two weeks that step is late."""
AT_RISK = Trouble("", 12, "medium", (Sign("usage", "logins −40 % against the month before", 14, 12),), {})


def plan_in_bulk(stage: Stage, cast: Cast, review_on: date | None) -> None:
    """Write the first 90 days of an account, or later its review and its renewal; growth for all, recovery for few."""
    started_on, renewal_on = cast.facts.started_on, cast.facts.renewal_on
    if started_on is None or renewal_on is None:
        return
    if (stage.today - started_on).days <= onboarding.DAYS:
        _run(stage, cast, ONBOARDING, started_on)
    else:
        _run(stage, cast, "renewal", renewal_on)
        _run(stage, cast, "qbr", review_on or renewal_on)
    _run(stage, cast, "expansion", stage.today - timedelta(days=stage.rng.randrange(50)))
    if cast.part.pulses == (2,):
        recover(stage, cast, AT_RISK)


def _run(stage: Stage, cast: Cast, playbook_id: str, anchor_on: date) -> None:
    kept = stage.shelf.take(playbook_id)
    opened_on = min(stage.today, anchor_on - timedelta(days=kept.playbook.opens))
    start = Start(cast.id, kept, anchor_on, max(opened_on, cast.facts.added_on))
    out = opt_out_on(cast.facts.renewal_on, cast.facts.notice_days) if playbook_id == "renewal" else None
    start = start if out is None else start._replace(opened_on=cast.facts.added_on)
    steps = planned(start, out)
    write_plan(stage, start, steps, Course(_late(stage, steps)))


def _late(stage: Stage, steps: Sequence[Planned]) -> Mapping[str, Turn]:
    """Now and then the last step before today is still open."""
    since = stage.today - timedelta(days=14)
    past = [step for step in steps if since <= step.on < stage.today]
    if not past or stage.rng.random() > LATE:
        return {}
    return {past[-1].template.id: Turn((past[-1].on - stage.today).days)}
