"""The words about an account that every rule shares: tier, phase, band, role."""

from __future__ import annotations

from datetime import date

from csm_tui.typed import NamedTuple, StrEnum


class Tier(StrEnum):
    """How much of a CSM an account is given: one carries about 5, 10 to 20, or 30 to 60 of them."""

    WHITE_GLOVE = "white-glove"
    HIGH_TOUCH = "high-touch"
    LOW_TOUCH = "low-touch"


class Phase(StrEnum):
    """Where an account stands in its life; see `lifecycle.phase`."""

    ONBOARDING = "onboarding"
    ADOPTION = "adoption"
    VALUE = "value"
    ONGOING = "ongoing"
    RENEWING = "renewing"
    CHURNED = "churned"


class Band(StrEnum):
    """How well an account is; see `health.band_by_hand`."""

    HEALTHY = "healthy"
    WATCH = "watch"
    AT_RISK = "at risk"
    NONE = "none"


class Role(StrEnum):
    """What a contact is to us."""

    CHAMPION = "champion"
    ECONOMIC_BUYER = "economic buyer"
    EXECUTIVE_SPONSOR = "executive sponsor"
    ADMIN = "admin"
    POWER_USER = "power user"
    TECHNICAL = "technical"
    PROCUREMENT = "procurement"
    DETRACTOR = "detractor"


class AccountFacts(NamedTuple):
    """One account as it stands in the book: its contract, and the dated facts that the rules ask about.

    Amounts are cents of `currency`. `booked_on` is the next booked two-way touchpoint from today on; `next_step_on` the
    next dated thing agreed with them (a booked touchpoint or an open promise of either side).
    """

    account_id: int
    name: str
    tier: Tier
    added_on: date
    started_on: date | None = None
    renewal_on: date | None = None
    notice_days: int | None = None
    notice_served_on: date | None = None
    auto_renew_off_on: date | None = None
    arr_cents: int | None = None
    currency: str = "EUR"
    seats: int | None = None
    interval_days: int | None = None
    churned_on: date | None = None
    archived_on: date | None = None
    pulse: int | None = None
    pulse_on: date | None = None
    last_two_way_on: date | None = None
    booked_on: date | None = None
    next_step_on: date | None = None
    renewal_talk_on: date | None = None
    renewal_sign_id: int = 0
    termination_on: date | None = None
    termination_sign_id: int = 0
    risk_opened_on: date | None = None
    auto_renew: bool | None = None

    def is_active(self, today: date) -> bool:
        """Whether it takes part: an account that has churned, or was archived, owes nothing and is owed nothing."""
        return self.archived_on is None and (self.churned_on is None or self.churned_on > today)
