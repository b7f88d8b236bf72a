"""How due work is ranked: value at stake, urgency, addressability and hours (rules.md, Today).

score = ARR x P(loss) x urgency x addressability / hours, in exact whole numbers: percent, hundredths, tenths and
quarter hours, so that two machines can never rank differently.
"""

from __future__ import annotations

from datetime import date

from csm_tui.domain.accounts import AccountFacts, Band
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import decision_on
from csm_tui.domain.money import written
from csm_tui.typed import NamedTuple

LOSS_PERCENT = {Band.HEALTHY: 5, Band.WATCH: 15, Band.NONE: 15, Band.AT_RISK: 35}
LOSS_OPEN_RISK = 60
LOSS_NOTICE = 85
URGENCY = ((14, 160), (30, 140), (60, 120), (90, 105), (180, 90))
NO_ARR_CENTS = 100
URGENCY_LATER = 75
URGENCY_UNDATED = 90
TOUCHED_WITHIN = 30
TOUCHED, UNTOUCHED, WAITING, UNREACHABLE = 12, 10, 5, 2
CHECK_IN_QUARTERS, CHASE_QUARTERS, DELIVERY_QUARTERS, RENEWAL_QUARTERS, RESCUE_QUARTERS = 5, 1, 2, 12, 16
"""Quarter hours: a 30-minute call, a chase, something short to send, a renewal talk, a save kickoff."""
QBR_QUARTERS, EBR_QUARTERS, ESCALATION_QUARTERS = 24, 32, 10
"""Quarter hours: the two reviews, and the first day of an escalation."""


class Factors(NamedTuple):
    """The numbers of one score, and the words for each."""

    arr_cents: int
    arr_assumed: bool
    loss: int
    loss_word: str
    urgency: int
    deadline: date | None
    own_day: bool
    addressability: int
    quarters: int


def factors(
    account: AccountFacts,
    quarters: int,
    today: date,
    median_arr_cents: int | None,
    deadline: date | None = None,
    *,
    waiting: bool = False,
) -> Factors:
    """What goes into the score of work on an account; a promise gives its own day as the deadline.

    `waiting` is on a third party: little can be done about it today.
    """
    loss, loss_word = _loss(account, today)
    on = deadline or decision_on(account.renewal_on, account.notice_days)
    return Factors(
        value_cents(account, median_arr_cents), account.arr_cents is None, loss, loss_word,
        _urgency(on, today), on, deadline is not None, _addressability(account, today, waiting=waiting), quarters,
    )  # fmt: skip


def value_cents(account: AccountFacts, median_arr_cents: int | None) -> int:
    """What is at stake: the yearly amount, else the median of the book, else one unit."""
    if account.arr_cents is not None:
        return account.arr_cents
    return NO_ARR_CENTS if median_arr_cents is None else median_arr_cents


def score(numbers: Factors) -> int:
    """The score in hundredths, rounded half up."""
    product = numbers.arr_cents * numbers.loss * numbers.urgency * numbers.addressability * 4
    divisor = 100 * 100 * 10 * numbers.quarters
    return (2 * product + divisor) // (2 * divisor)


def _served(account: AccountFacts, today: date) -> bool:
    return account.notice_served_on is not None and account.notice_served_on <= today


def _loss(account: AccountFacts, today: date) -> tuple[int, str]:
    if _served(account, today):
        return LOSS_NOTICE, "notice served"
    if account.risk_opened_on is not None and account.risk_opened_on <= today:
        return LOSS_OPEN_RISK, "open risk"
    band = band_by_hand(account.pulse)
    return LOSS_PERCENT[band], "no pulse yet" if band is Band.NONE else f"{band} by hand"


def _urgency(deadline: date | None, today: date) -> int:
    if deadline is None:
        return URGENCY_UNDATED
    days = deadline.toordinal() - today.toordinal()
    for limit, hundredths in URGENCY:
        if days <= limit:
            return hundredths
    return URGENCY_LATER


def _addressability(account: AccountFacts, today: date, *, waiting: bool) -> int:
    if _served(account, today):
        return UNREACHABLE
    if waiting:
        return WAITING
    last = account.last_two_way_on
    return TOUCHED if last is not None and today.toordinal() - last.toordinal() <= TOUCHED_WITHIN else UNTOUCHED


def _urgency_words(numbers: Factors, today: date) -> str:
    if numbers.deadline is None:
        return "no decision day"
    days = numbers.deadline.toordinal() - today.toordinal()
    what = "its day" if numbers.own_day else "decision"
    return f"{what} in {days} d" if days >= 0 else f"{what} {-days} d ago"


REACH_WORDS = {
    TOUCHED: f"touched within {TOUCHED_WITHIN} days",
    UNTOUCHED: f"not touched within {TOUCHED_WITHIN} days",
    WAITING: "waiting on a third party",
    UNREACHABLE: "notice served",
}


def arithmetic(numbers: Factors, currency: str, today: date) -> tuple[str, ...]:
    """The sentences that show how a score came about."""
    parts = (
        f"{written(numbers.arr_cents, currency)} a year",
        f"{numbers.loss / 100:.2f} ({numbers.loss_word})",
        f"{numbers.urgency / 100:.2f} ({_urgency_words(numbers, today)})",
        f"{numbers.addressability / 10:.1f} ({REACH_WORDS[numbers.addressability]})",
    )
    hours = f"{numbers.quarters / 4:g} h"
    sentence = f"Score {score(numbers) / 100:,.0f} = {' × '.join(parts)} ÷ {hours}."
    if not numbers.arr_assumed:
        return (sentence,)
    if numbers.arr_cents == NO_ARR_CENTS:
        return sentence, "Its ARR is not known, nor that of any account: 1 stands in."
    return sentence, "Its ARR is not known: the median of the book stands in."
