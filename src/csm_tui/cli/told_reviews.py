"""What logging a review did, in words: when the next one is due, and what is still to be asked."""

from __future__ import annotations

from csm_tui.cli.told import dated
from csm_tui.domain.reviews import standing
from csm_tui.domain.touchpoints import REVIEW_KINDS, Direction, Side, State
from csm_tui.store.queries import reviews
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.cli.shell import Shell
    from csm_tui.domain.logline import LogLine
    from csm_tui.domain.naming import Named
    from csm_tui.store.connection import Reading


def after_review(shell: Shell, where: Named, line: LogLine) -> None:
    """Say when the next review is due once one was held, and ask for the promises that the line does not hold."""
    if str(line.kind) not in REVIEW_KINDS or line.state is not State.HELD or line.direction is not Direction.TWO_WAY:
        return
    told = shell.read(_next, where.id)
    if told:
        shell.out(told)
    lacking = {Side.OURS, Side.THEIRS} - {promise.side for promise in line.promises}
    if lacking:
        theirs = " --they" if Side.OURS not in lacking else ""
        shell.say(f"What came of it? A promise is added by `csm promise add {where.name!r} 'what' --by fri`{theirs}")


def _next(reading: Reading, account_id: int) -> str:
    policy = reading.policy
    clock = reviews.facts(reading, [account_id])[0]
    soon = standing(clock, reading.today, policy.reviews, policy.cadence.calendar)
    return "" if soon is None else f"The next {soon.kind.upper()} is due {dated(soon.due_on, reading.today)}."
