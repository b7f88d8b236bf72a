"""Every number of the rules that a CSM may set otherwise, with its default; nothing else names these numbers.

Rules take what they need of it as an argument, so that two policies can be compared in one test.
"""

from __future__ import annotations

from csm_tui.domain.accounts import Tier
from csm_tui.domain.days import STANDARD, Calendar
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping


class CadencePolicy(NamedTuple):
    """How often contact is owed, in days: by phase, then by tier; and the calendar that moves its dates."""

    onboarding: int = 7
    adoption: int = 14
    value: int = 30
    white_glove: int = 30
    high_touch: int = 30
    low_touch: int = 91
    at_risk_near: int = 7
    at_risk_far: int = 14
    near_decision: int = 120
    never_touched_grace: int = 7
    calendar: Calendar = STANDARD

    def ongoing(self, tier: Tier) -> int:
        """The interval of a tier, once the first 90 days are over."""
        if tier is Tier.LOW_TOUCH:
            return self.low_touch
        return self.high_touch if tier is Tier.HIGH_TOUCH else self.white_glove


class RenewalPolicy(NamedTuple):
    """Which renewals may not wait: days before the opt-out day, days a talk counts, days that news stays news."""

    opt_out_near: int = 30
    talk_within: int = 90
    news_for: int = 7


class AgendaPolicy(NamedTuple):
    """How far ahead Today looks, after how many days a meeting must be answered, and 1 account in how many is too many.

    Must-dos in more than one account out of three say that the thresholds are wrong.
    """

    week: int = 7
    meeting_unanswered: int = 2
    too_many: int = 3


class EngagedPolicy(NamedTuple):
    """How many contacts should have been in a two-way touchpoint in so many days (rules.md, Metrics)."""

    white_glove: int = 6
    high_touch: int = 3
    low_touch: int = 2
    within: int = 90

    def needed(self, tier: Tier) -> int:
        """How many people are wanted for a tier."""
        if tier is Tier.LOW_TOUCH:
            return self.low_touch
        return self.high_touch if tier is Tier.HIGH_TOUCH else self.white_glove


class PlanPolicy(NamedTuple):
    """When plans begin by themselves, and what is too late or too quiet, in days.

    A plan begins by itself within `self_start` days of its opening. An onboarding is late for Today on day
    `onboarded_by`. Silence is so many times the account's own interval without two-way contact; stalled is a required
    step late or waiting so long. An escalation is old after `escalation_old`.
    """

    self_start: int = 7
    onboarded_by: int = 60
    silence_times: int = 2
    stalled_late: int = 14
    stalled_waiting: int = 10
    escalation_old: int = 14


class ReviewPolicy(NamedTuple):
    """When reviews fall due, in days: the first after the start, then from the last held; and what is on time."""

    first: int = 85
    interval: int = 91
    low_touch: int = 182
    grace: int = 14


class MoneyPolicy(NamedTuple):
    """The currency of new amounts and of sums, and what one unit of another is worth in it, as an exact fraction."""

    currency: str = "EUR"
    rates: Mapping[str, tuple[int, int]] = {}

    def worth(self, cents: int, currency: str) -> tuple[int, str]:
        """An amount in the currency of sums, rounded half up; without a rate it stays in its own."""
        if currency == self.currency or currency not in self.rates:
            return cents, currency
        over, under = self.rates[currency]
        return (2 * cents * over + under) // (2 * under), self.currency

    def sums(self, amounts: Iterable[tuple[int, str]]) -> dict[str, int]:
        """Amounts added up by currency, those with a rate in the currency of sums; the largest sum first."""
        found: dict[str, int] = {}
        for cents, currency in amounts:
            worth, unit = self.worth(cents, currency)
            found[unit] = found.get(unit, 0) + worth
        return dict(sorted(found.items(), key=lambda one: (-one[1], one[0])))

    def by_unit(self, amounts: Iterable[tuple[int, str]]) -> dict[str, list[int]]:
        """Amounts by the currency they can be set beside others in, by the rates there are; what most have first."""
        units: dict[str, list[int]] = {}
        for cents, currency in amounts:
            worth, unit = self.worth(cents, currency)
            units.setdefault(unit, []).append(worth)
        return dict(sorted(units.items(), key=lambda one: (-len(one[1]), one[0])))


class Policy(NamedTuple):
    """All of them."""

    cadence: CadencePolicy = CadencePolicy()
    renewals: RenewalPolicy = RenewalPolicy()
    agenda: AgendaPolicy = AgendaPolicy()
    engaged: EngagedPolicy = EngagedPolicy()
    money: MoneyPolicy = MoneyPolicy()
    plans: PlanPolicy = PlanPolicy()
    reviews: ReviewPolicy = ReviewPolicy()


POLICY = Policy()
"""What holds without a settings file."""
