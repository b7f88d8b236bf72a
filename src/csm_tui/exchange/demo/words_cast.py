"""The words of the written cast: who plays, who is there, and what is open. Nobody in it exists."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from csm_tui.domain.accounts import Role, Tier


class Due(StrEnum):
    """How the check-in of an account stands on the day of the book."""

    BREACHED = "breached"
    OVERDUE = "overdue"
    TODAY = "today"
    WEEK = "this week"
    LATER = "later"


class Part(NamedTuple):
    """One account as it is cast: ARR in thousands, age in days, term in months, pulses from the oldest on."""

    name: str
    tier: Tier
    arr: int | None
    age: int
    term: int
    notice: int | None
    seats: int
    pulses: tuple[int, ...]
    due: Due
    every: int | None = None


W, H, L = Tier.WHITE_GLOVE, Tier.HIGH_TOUCH, Tier.LOW_TOUCH

CAST = (
    Part("Northwind Traders", H, 48, 288, 12, 30, 60, (4, 4, 3, 2), Due.OVERDUE, 14),
    Part("Blue Yonder Airlines", W, 210, 512, 24, 60, 900, (4, 5, 5), Due.LATER, 14),
    Part("Alpine Ski House", L, 14, 201, 12, 30, 20, (4, 4), Due.TODAY),
    Part("Adatum", H, 18, 22, 12, 60, 25, (3,), Due.OVERDUE),
    Part("Tailspin Toys", H, 64, 81, 12, 30, 70, (4, 3), Due.LATER),
    Part("Contoso Retail", W, 120, 388, 24, 90, 400, (4, 3, 3, 2), Due.BREACHED, 14),
    Part("Wide World Importers", H, 32, 47, 12, 30, 40, (4,), Due.TODAY),
    Part("Litware", H, 38, 450, 24, 60, 45, (5, 4), Due.TODAY, 14),
    Part("Proseware", H, 90, 342, 12, None, 110, (4, 5), Due.LATER),
    Part("Trey Research", H, 41, 17, 12, 30, 50, (), Due.WEEK),
    Part("Datum Corporation", H, 31, 678, 24, 30, 35, (4, 3, 2), Due.LATER),
    Part("Fabrikam", H, 26, -7, 12, 60, 30, (), Due.LATER),
    Part("Humongous Insurance", W, 165, 690, 36, 90, 650, (5, 4, 4), Due.LATER, 14),
    Part("Woodgrove Bank", W, 180, 600, 24, 60, 500, (4, 4, 5), Due.LATER),
    Part("Wingtip Toys", H, 29, 240, 12, 30, 30, (4, 3), Due.LATER),
    Part("Lucerne Publishing", H, 36, 530, 24, 30, 40, (4, 3), Due.OVERDUE),
    Part("Margie's Travel", L, 11, 370, 24, 30, 8, (3,), Due.BREACHED),
    Part("Graphic Design Institute", L, 16, 610, 36, 30, 22, (4,), Due.OVERDUE),
    Part("School of Fine Art", L, 9, 150, 12, None, 12, (5,), Due.LATER),
    Part("City Power & Light", H, 75, 560, 36, 90, 130, (4, 3), Due.LATER),
    Part("Coho Winery", L, 12, 225, 12, 30, 10, (4,), Due.WEEK),
    Part("Fourth Coffee", H, 52, 600, 24, 90, 75, (4, 3, 1), Due.LATER),
    Part("Relecloud", H, 58, 185, 12, 30, 64, (4, 4, 3), Due.LATER),
    Part("VanArsdel", H, 44, 655, 36, 60, 55, (4,), Due.LATER),
    Part("Bellows College", L, 21, 380, 24, 30, 60, (3,), Due.OVERDUE),
    Part("Best For You Organics", L, 13, 120, 12, 30, 9, (), Due.LATER),
    Part("First Up Consultants", L, 18, 480, 24, None, 25, (5,), Due.LATER),
    Part("Lamna Healthcare", W, 145, 56, 24, 60, 380, (4,), Due.LATER),
    Part("Liberty's Delightful Bakery", L, 9, 73, 12, 30, 6, (4,), Due.LATER),
    Part("Munson's Pickles", L, 10, 640, 36, 30, 8, (4,), Due.LATER),
    Part("Nod Publishers", L, None, 500, 24, 30, 14, (4, 4), Due.LATER),
    Part("Olson Logistics", H, 47, 9, 12, 30, 52, (4,), Due.WEEK),
    Part("株式会社ウィングチップ", L, 9, 655, 36, 30, 10, (4, 5), Due.LATER),
    Part("Kirschgrün Möbelwerke", H, 55, 385, 24, 60, 80, (5, 4), Due.LATER),
    Part("Μελισσόκηπος", L, 13, 260, 12, 30, 11, (5,), Due.LATER),
    Part("Crèmerie Bellefontaine", L, 10, 330, 24, 30, 7, (), Due.LATER),
    Part("Southridge Video", H, 34, 275, 24, 30, 42, (4, 3), Due.BREACHED),
    Part("Consolidated Messenger", L, 19, 350, 24, 60, 33, (), Due.LATER),
    Part("Adventure Works", L, 22, 88, 12, 30, 28, (4,), Due.LATER),
    Part("Fincher Architects", L, 17, 3, 12, 30, 15, (), Due.WEEK),
)

DOMAINS = {"株式会社ウィングチップ": "wingtip-jp.example", "Μελισσόκηπος": "melissokipos.example"}
NOTICE_SERVED = "Fourth Coffee"
SNOOZED = ("Graphic Design Institute", "{who} is back from leave then")
OWNERS = ("J. Park", "S. Okafor", "M. Lindholm")


class Loose(NamedTuple):
    """An open promise; its day as days from today on a working day and on a weekend (None: no day given)."""

    name: str
    side: str
    what: str
    weekday: int | None
    weekend: int | None


OPEN = (
    Loose("Northwind Traders", "ours", "send usage by team", -1, -1),
    Loose("Northwind Traders", "theirs", "name a new champion", 9, 9),
    Loose("Proseware", "ours", "first draft of the order form", 0, 0),
    Loose("Litware", "ours", "API guide with their own examples", 10, 0),
    Loose("Wide World Importers", "theirs", "send the list of second-wave users", 9, 0),
    Loose("Relecloud", "theirs", "sign off the list of data sources", -4, -4),
    Loose("Relecloud", "ours", "compare two ways to archive", 16, 16),
    Loose("City Power & Light", "ours", "dates for the rollout in the north", 3, 3),
    Loose("Wingtip Toys", "theirs", "send the export of last season", 2, 2),
    Loose("Fourth Coffee", "ours", "price for half the seats", 12, 12),
    Loose("Blue Yonder Airlines", "ours", "security questionnaire, part two", 10, 10),
    Loose("Lamna Healthcare", "theirs", "name the trainers of each clinic", 14, 14),
    Loose("Nod Publishers", "theirs", "tell us the new invoice address", None, None),
)


class Booked(NamedTuple):
    """A meeting in the calendar, so many days from today."""

    name: str
    kind: str
    days: int
    time: str
    minutes: int
    summary: str


BOOKED = (
    Booked("Wingtip Toys", "meeting", -3, "14:00", 45, "Season plan and seats for temps"),
    Booked("Tailspin Toys", "qbr", 0, "10:00", 60, "Value realised, goals for the next half"),
    Booked("Datum Corporation", "meeting", 3, "11:00", 45, "Where they stand on the next term"),
    Booked("Woodgrove Bank", "ebr", 2, "15:00", 90, "Executive review with the new COO"),
    Booked("Humongous Insurance", "meeting", 5, "09:30", 45, "Claims team: results of the pilot"),
    Booked("Fabrikam", "meeting", 7, "10:00", 60, "Kickoff: goals, people, first milestones"),
)
WEEKEND_CALL = ("call", "Go-live weekend: stand-by call with their admin")

PEOPLE: dict[str, tuple[tuple[str, str, Role], ...]] = {
    "Northwind Traders": (
        ("Maya Chen", "COO", Role.EXECUTIVE_SPONSOR),
        ("Jon Bell", "Operations manager", Role.ADMIN),
        ("Li Wei", "Team lead", Role.POWER_USER),
        ("Ana Ruiz", "VP Sales", Role.CHAMPION),
    ),
}
LEFT = {
    "Northwind Traders": 3,
    "Contoso Retail": 1,
    "Lucerne Publishing": 2,
    "Kirschgrün Möbelwerke": 2,
    "Litware": 2,
}
"""Which contact has left, counted from nought."""


class Told(NamedTuple):
    """What a touchpoint said: its kind, its mood, its summary, and the signals in it."""

    kind: str
    mood: str | None
    summary: str
    signals: tuple[str, ...] = ()


STORIES: dict[str, tuple[Told, ...]] = {
    "Northwind Traders": (
        Told("call", "worried", "New VP asks whether it is still needed", ("value",)),
        Told("meeting", "mixed", "Ana's last week: handover begun, no successor named", ("champion",)),
        Told("training", "happy", "Admin training, part 2: eight people"),
    ),
    "Contoso Retail": (
        Told("call", "worried", "Logins halved since the reorg; two regions use sheets again", ("usage",)),
        Told("meeting", "mixed", "Store rollout on hold until the new COO has settled in", ("stalled",)),
    ),
    "Datum Corporation": (
        Told("meeting", "worried", "Finance wants two other offers before the next term", ("competitor",)),
        Told("call", "mixed", "Fewer people in the team; asks what could be dropped", ("payment",)),
    ),
    "Fourth Coffee": (Told("call", "mixed", "They would stay with half the seats at a fair price", ("renewal",)),),
    "Proseware": (
        Told("meeting", "happy", "Renewal: verbal yes, three more teams next term", ("renewal", "growth")),
        Told("qbr", "happy", "Four of four goals met; their CFO asked for the figures", ("exec",)),
    ),
    "Adatum": (Told("call", "mixed", "Single sign-on still waits for their IT; training moved a week", ("stalled",)),),
    "Trey Research": (Told("training", "happy", "First training: twelve came, nine were done before the end"),),
    "Tailspin Toys": (Told("call", "mixed", "Agreed the agenda of the QBR; they doubt the hours saved", ("value",)),),
    "Fincher Architects": (Told("meeting", "happy", "Kickoff: one office first, the others later"),),
    "Olson Logistics": (Told("call", "happy", "Data loaded overnight; dispatch sees its own routes"),),
}
"""The newest two-way touchpoints of some accounts, newest first."""

TERMINATION = Told("email", "worried", "Formal notice arrived: leaving at the end of the term", ("termination",))

HANDOVER = "Handover from sales: one team first, import from the old system, their IT is quick"
