"""The words of the plans of the written cast: what went otherwise than planned, and who is at risk. None of it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping


class Turn(NamedTuple):
    """What became of a step; `days` and `since` count from today, and without `days` it keeps its own day.

    An open one was moved to that day, another was closed on it. `ticked` has a bit for each check.
    """

    days: int | None = None
    state: str = "open"
    waiting: str | None = None
    since: int = 0
    ticked: int = 0
    notes: str | None = None
    reason: str | None = None


ENTERPRISE = frozenset({"Lamna Healthcare"})
"""Those who get the longer onboarding."""

LATE_ONBOARDING = {"Southridge Video": ("go-live", 11), "Relecloud": ("data", 9)}
"""Whose first month closed late: from which milestone on, and by how many days."""

ONBOARDING: dict[str, dict[str, Turn]] = {
    "Adatum": {
        "access": Turn(
            4, waiting="them", since=6, ticked=1, notes="Their IT wants a second admin before it signs off."
        ),
        "check-in-2": Turn(-1, ticked=3),
        "user-training": Turn(6),
        "check-in-3": Turn(3),
        "go-live": Turn(9),
        "first-value": Turn(13),
        "month-1": Turn(15),
    },
    "Wide World Importers": {"adoption-review": Turn(-3)},
    "Liberty's Delightful Bakery": {
        "adoption-gate": Turn(3, notes="Three of six seats are in use every week; the bakers start on Monday."),
    },
    "Tailspin Toys": {"nps": Turn(-2), "growth-scan": Turn(5)},
}
"""Onboarding that does not go as planned: one waits for their IT, one is held by its gate, two are a little late."""

REVIEW_KINDS = {"Woodgrove Bank": "ebr"}
REVIEW_IN = {
    "Contoso Retail": -12,
    "Woodgrove Bank": 5,
    "VanArsdel": 6,
    "Lucerne Publishing": 15,
    "Humongous Insurance": 34,
}
"""In about how many days the next review is due; of others it is not due for a month and a half."""

PREPARING: dict[str, dict[str, Turn]] = {
    "Lucerne Publishing": {"value": Turn(-1, ticked=1)},
    "VanArsdel": {"attendees": Turn(1, ticked=3)},
}

RENEWING: dict[str, dict[str, Turn]] = {
    "Datum Corporation": {
        "soft-question": Turn(-20, "skipped", reason="they said it first: they compare offers"),
        "value-case": Turn(8, ticked=1),
        "value-review": Turn(9),
        "executive": Turn(11),
        "proposal": Turn(13),
        "objections": Turn(15),
    },
    "Northwind Traders": {"value-case": Turn(9)},
}


class Sign(NamedTuple):
    """A signal so many days ago (None: when their contact left), and how long ago a second source said the same."""

    signal: str
    evidence: str
    days: int | None
    confirmed: int | None = None


class Trouble(NamedTuple):
    """A recovery opened so many days ago (None: when their contact left), and how it went."""

    name: str
    days: int | None
    severity: str
    signs: tuple[Sign, ...]
    turns: Mapping[str, Turn]
    ended: int | None = None
    how: str | None = None
    because: str | None = None


TROUBLES = (
    Trouble(
        "Northwind Traders", 18, "high",
        (
            Sign("usage", "logins −52 % against the month before", 30, 17),
            Sign("tickets", "tickets × 2.4 of the usual, one about lost shifts", 22),
            Sign("champion", "champion left: Ana Ruiz", None),
        ),
        {
            "executive": Turn(
                -6, ticked=1,
                notes="Maya is open to a call before the board meeting on the 27th. Wants usage by team, not in total.",
            ),
            "recovery-plan": Turn(4, waiting="them", since=5, ticked=1),
            "update": Turn(3),
            "resources": Turn(9),
            "escalate": Turn(10),
            "usage-fix": Turn(6),
            "usage-session": Turn(12),
            "usage-message": Turn(-3, "skipped", reason="their champion has left"),
            "usage-check": Turn(11),
            "tickets-csat": Turn(13),
            "champion-successor": Turn(6, waiting="third party", since=4),
            "champion-discovery": Turn(12),
        },
    ),
    Trouble(
        "Datum Corporation", 9, "high",
        (Sign("competitor", "finance wants two other offers before the next term", 9, 8),),
        {
            "recovery-plan": Turn(2, ticked=1),
            "resources": Turn(9),
            "update": Turn(5),
            "escalate": Turn(12),
            "competitor-escalate": Turn(-4, "done"),
            "competitor-value": Turn(6, waiting="us", since=1),
            "competitor-gaps": Turn(8),
            "competitor-decision": Turn(10),
        },
    ),
    Trouble(
        "Fourth Coffee", 24, "high",
        (
            Sign("value", "no number of value in a year; asks what half of it would cost", 24, 20),
            Sign("value", "“hard to say what we get for it”", 12),
        ),
        {
            "executive": Turn(4, ticked=3),
            "resources": Turn(-14, "skipped", reason="nothing is broken: it is the price"),
            "value-baseline": Turn(5, waiting="them", since=3),
            "value-quantify": Turn(9),
            "value-said": Turn(14),
            "close": Turn(20),
        },
    ),
    Trouble(
        "Litware", None, "medium", (Sign("champion", "their champion left", None, 8),),
        {
            "recovery-plan": Turn(6),
            "resources": Turn(8),
            "escalate": Turn(-1, "skipped", reason="calm, and a successor is named"),
            "champion-discovery": Turn(9),
        },
    ),
    Trouble(
        "Kirschgrün Möbelwerke", 76, "medium", (Sign("usage", "the workshop went back to paper", 80, 74),), {},
        12, "recovered", "adoption",
    ),
    Trouble(
        "Wingtip Toys", 150, "medium", (Sign("tickets", "nine tickets in a week of the sale", 152, 149),), {},
        104, "recovered", "support",
    ),
    Trouble(
        "Southridge Video", 180, "low", (Sign("value", "half the seats had not been used since spring", 181, 178),), {},
        132, "right-sized", "value",
    ),
    Trouble(
        "Consolidated Messenger", 82, "high", (Sign("payment", "their new owner ends all contracts", 84, 80),), {},
        19, "lost", "corporate",
    ),
)  # fmt: skip
"""The recoveries of the written cast, those that are open first."""

LEFT_ABOUT = 16
"""About how many days ago the contact left whose leaving opened a recovery."""

LEAVING = {"Consolidated Messenger": (40, "bought by a group that has its own")}
"""Who leaves in how many days, and why."""


class Alarm(NamedTuple):
    """An escalation opened so many days ago, whose last update was so many days ago."""

    name: str
    severity: str
    what: str
    days: int
    updated: int


ESCALATIONS = (Alarm("Fourth Coffee", "medium", "Price for half the seats before the term ends", 11, 7),)
