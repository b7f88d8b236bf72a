"""The words of the made-up book: who plays in it, their names, and what was said. Nobody in it exists."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.accounts import Role, Tier

if TYPE_CHECKING:
    from random import Random


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
    Part("Contoso Retail", W, 120, 398, 24, 90, 400, (4, 3, 3, 2), Due.BREACHED, 14),
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
    Part("Margie's Travel", L, 11, 420, 24, 30, 8, (3,), Due.BREACHED),
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
    Part("Kirschgrün Möbelwerke", H, 55, 395, 24, 60, 80, (5, 4), Due.LATER),
    Part("Μελισσόκηπος", L, 13, 260, 12, 30, 11, (5,), Due.LATER),
    Part("Crèmerie Bellefontaine", L, 10, 330, 24, 30, 7, (), Due.LATER),
    Part("Southridge Video", H, 34, 275, 24, 30, 42, (4, 3), Due.BREACHED),
    Part("Consolidated Messenger", L, 19, 440, 24, 60, 33, (), Due.LATER),
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
    "Fourth Coffee": (
        Told("call", "mixed", "They would stay with half the seats at a fair price", ("renewal",)),
    ),
    "Proseware": (
        Told("meeting", "happy", "Renewal: verbal yes, three more teams next term", ("renewal", "growth")),
        Told("qbr", "happy", "Four of four goals met; their CFO asked for the figures", ("exec",)),
    ),
    "Adatum": (
        Told("call", "mixed", "Single sign-on still waits for their IT; training moved a week", ("stalled",)),
    ),
    "Trey Research": (
        Told("training", "happy", "First training: twelve came, nine were done before the end"),
    ),
    "Tailspin Toys": (
        Told("call", "mixed", "Agreed the agenda of the QBR; they doubt the hours saved", ("value",)),
    ),
    "Fincher Architects": (Told("meeting", "happy", "Kickoff: one office first, the others later"),),
    "Olson Logistics": (Told("call", "happy", "Data loaded overnight; dispatch sees its own routes"),),
}
"""The newest two-way touchpoints of some accounts, newest first."""

TERMINATION = Told(
    "email", "worried", "Formal notice arrived: leaving at the end of the term", ("termination",)
)

HANDOVER = "Handover from sales: one team first, import from the old system, their IT is quick"

GOOD, MIXED, WORRIED = "good", "mixed", "worried"

_CALLS = {
    GOOD: (
        "{who} is pleased: the monthly close took a day less",
        "All calm; {who} asks for a short refresher next month",
        "{who} showed it to the board and got applause|advocate", "Two more teams would like to start|growth",
        "Reports now go out by themselves on Mondays", "Walked through the new dashboard, no open questions",
        "{who} would speak for us at the user day|advocate",
        "Hiring ten people; needs seats by the new quarter|limit",
        "Their audit went through with our export alone",
        "{who} has a second use case in mind: returns|usecase",
        "Short catch-up: adoption up in every team",
    ),
    MIXED: (
        "{who} likes it, the night shift does not use it yet",
        "Import failed twice; works now, trust does not quite",
        "Waiting for their IT before the next team can start",
        "{who} has little time until the figures are closed",
        "Wants to see hours saved before adding anyone|value",
        "Two tickets older than a week; promised a date|tickets",
        "Budget round is on; no news before it ends|payment",
        "{who} is new and wants to understand the set-up first",
    ),
    WORRIED: (
        "{who} says half the team went back to the old sheet|usage",
        "Frustrated about the third slow week in a row|tickets",
        "{who} asks what it would cost to use less of it|payment",
        "No sponsor for months; nobody decides|champion",
        "Their pilot with another vendor ends next month|competitor",
        "“Hard to say what we get for it”|value",
    ),
}  # fmt: skip

_MEETINGS = {
    GOOD: (
        "Success plan updated: two goals met, one new",
        "Monthly: {who} brought three colleagues, all active users",
        "Set goals for the half-year with {who}",
        "Went through seats by team; plant two is ready to start|growth",
        "Met the new head of finance, wants the same for her team|usecase",
        "Their workshop: eleven ideas, four picked",
        "{who} presented the results to the whole floor", "Agreed who owns what after go-live",
    ),
    MIXED: (
        "Monthly: good for planners, heavy for the field",
        "Three goals, one on track; {who} wants a simpler plan",
        "Data quality first, then the next team", "Priorities shift to their merger for now|stalled",
        "{who} asked for fewer meetings and more written news",
    ),
    WORRIED: (
        "Nobody from management came; {who} stands alone|champion",
        "Listed eight pain points; we own five|tickets",
        "{who} doubts that the numbers are right|value", "Use fell again; agreed to look at every team|usage",
    ),
}  # fmt: skip

_TRAININGS = {
    GOOD: (
        "Admin training, part 1: rights and groups", "Admin training, part 2: imports",
        "Refresher for six new colleagues",
        "Train the trainer with {who}: two will carry on",
        "Hands-on hour, everyone built a report of their own",
    ),
    MIXED: ("Half the list came; second date needed", "Good questions, weak data: repeat with their own",),
    WORRIED: ("Four of twenty came; {who} was embarrassed|usage",),
}  # fmt: skip

_MAILS = {
    GOOD: (
        "{who} confirmed the dates and thanked for the guide", "Swapped figures for their annual report",
        "Settled the open question on rights by mail", "{who} sent a kind word about support",
        "Agreed the agenda of the next review",
    ),
    MIXED: ("Back and forth about the invoice; solved", "{who} asked to move the training; new date agreed",),
    WORRIED: (
        "Short answers only; {who} will ask upstairs|silence",
        "{who} lists three things that must change|nps",
    ),
}  # fmt: skip

_CHATS = {
    GOOD: (
        "Quick question about filters, solved at once", "{who}: “worked first time”",
        "Sent the link, {who} found the rest",
    ),
    MIXED: ("{who} could not log in after the change; fixed", "Asked twice for the template; now pinned"),
    WORRIED: ("“Is anyone looking at our ticket?”|tickets",),
}  # fmt: skip

_ONSITES = {
    GOOD: (
        "Day on site: sat with three teams, took eleven wishes home",
        "Lunch with {who} and the new sponsor|exec",
        "Plant tour: they run the shift plan on our board",
    ),
    MIXED: ("Half a day with the field team: too many clicks", "On site: great champion, tired users",),
    WORRIED: ("On site: the old system is still open on most desks|usage",),
}  # fmt: skip

_QBRS = {
    GOOD: (
        "3 of 4 goals met, 120 hours a month saved", "All goals met; roadmap and two new goals agreed",
        "Use up by a fifth; wants the second region in the plan|growth",
        "Value stated by {who}: one person's work saved",
    ),
    MIXED: (
        "2 of 4 goals met; the others need their data team", "Good numbers, but only {who} came",
        "Goals need a new owner",
    ),
    WORRIED: ("1 of 4 goals met; {who} asked what changes now|value",),
}  # fmt: skip

_EBRS = {
    GOOD: (
        "Board member saw the value case and asked for more|exec",
        "Three-year plan with {who}; we are part of it|exec",
    ),
    MIXED: ("Their strategy turns to cost; we show savings next time|exec",),
    WORRIED: ("New board asks whether to keep separate tools|exec",),
}

_KICKOFFS: dict[str, tuple[str, ...]] = {
    GOOD: (
        "Kickoff: goals, people and the first four weeks agreed",
        "Kickoff: {who} leads, go-live in week five",
    ),
}

TWO_WAY: dict[str, dict[str, tuple[str, ...]]] = {
    "call": _CALLS, "meeting": _MEETINGS, "training": _TRAININGS, "email": _MAILS,
    "chat": _CHATS, "onsite": _ONSITES,
    "qbr": _QBRS, "ebr": _EBRS, "kickoff": _KICKOFFS,
}  # fmt: skip
"""What was said, by kind and by tone; after a bar the signal in it."""

ONE_WAY: dict[tuple[str, str, str], tuple[str, ...]] = {
    ("email", "held", "out"): (
        "Sent the adoption report", "Sent the release notes with the two that matter to them",
        "Asked for three dates",
        "Sent the minutes and the open points", "Invited {who} to the user day",
        "Sent a short video on exports",
    ),
    ("email", "held", "in"): (
        "{who} passes on praise from the field", "Asks for the list of named users", "New invoice address",
        "Out of office until the end of the week",
    ),
    ("call", "held", "out"): (
        "No answer, left a message", "Tried twice, no luck", "{who}'s assistant will call back",
    ),
    ("note", "held", "internal"): (
        "Support says: no open tickets", "Before the next call: look at use by team",
        "AE hears of a new site in the south",
        "{who} posts about the project, proud of it", "Check whether the old admin still has rights",
    ),
    ("meeting", "missed", "two-way"): ("Nobody joined; proposed two new dates",
    "Cancelled an hour before: sick"),
}  # fmt: skip
"""What does not count as contact, by kind, state and direction."""

NOTES = (
    "## Goals\n- shorter month end: **met**\n- one source for all teams: on its way\n\n"
    "## Next\n1. owner for goal three\n2. figures a week before",
    "## Heard\n- the planners are quicker\n- the field wants fewer fields\n\n"
    "## Agreed\n- we send a simpler form to try",
    "**Present**: sponsor, admin, two leads.\n\n- savings confirmed by finance\n- next review in a quarter",
)  # fmt: skip

OURS = (
    "send the minutes", "guide for new admins", "figures for their board", "quote for ten more seats",
    "answer on data storage",
    "sample import file", "introduce our product lead", "date for the refresher", "check slow report",
    "template for goals",
)  # fmt: skip
THEIRS = (
    "list of users", "contact in IT", "sign the data agreement", "feedback on the pilot",
    "date for the review",
    "goals for next year", "name a second admin", "test the new import",
)  # fmt: skip
DROPPED = {
    "broken": ("forgotten on our side", "no time before the deadline"),
    "released": ("no longer needed", "solved otherwise"),
}

PULSE_REASONS = {
    1: ("notice served",), 2: ("sponsor gone, use falling", "doubts the value"), 3: ("slow progress", ""),
    4: ("steady", "good talks, good use", ""), 5: ("speaks for us", "grows by itself"),
}  # fmt: skip

TITLES = {
    Role.CHAMPION: ("Head of Operations", "Head of Planning", "Programme lead", "Digital lead"),
    Role.ECONOMIC_BUYER: ("CFO", "Head of Finance", "Managing director"),
    Role.EXECUTIVE_SPONSOR: ("COO", "CIO", "VP Operations"),
    Role.ADMIN: ("Systems administrator", "Application owner"),
    Role.POWER_USER: ("Team lead", "Senior planner", "Analyst"),
    Role.TECHNICAL: ("Integration engineer", "IT architect"),
    Role.PROCUREMENT: ("Category buyer",),
    Role.DETRACTOR: ("Regional manager",),
}


class Culture(NamedTuple):
    """Names that go together, and how an address spells them."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool
    given_in_latin: tuple[str, ...]
    family_in_latin: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _culture(
    given: str, family: str, latin: tuple[str, str] = ("", ""), *, family_first: bool = False
) -> Culture:
    """Names as they are written, and in Latin letters where an address needs them."""
    in_latin = _words(latin[0] or given), _words(latin[1] or family)
    return Culture(_words(given), _words(family), family_first, *in_latin)


JAPANESE = _culture(
    "美咲 健太 陽子 直樹 さくら 大輔", "田中 佐藤 鈴木 高橋 伊藤 山本",
    ("misaki kenta yoko naoki sakura daisuke", "tanaka sato suzuki takahashi ito yamamoto"),
    family_first=True,
)  # fmt: skip
GERMAN = _culture("Jürgen Käthe Lukas Annika Björn Mareike", "Köhler Weiß Brandt Schäfer Vogel Lindner")
GREEK = _culture(
    "Ελένη Νίκος Δάφνη Γιώργος", "Παππά Νικολάου Ιωάννου Βασιλείου",
    ("eleni nikos dafni giorgos", "pappa nikolaou ioannou vasileiou"),
)  # fmt: skip
FRENCH = _culture("Élodie Mathieu Camille Benoît Zoé", "Lefèvre Moreau Girard Chevalier Renard")
CULTURES = (
    JAPANESE, GERMAN, FRENCH,
    _culture("Emma Oliver Grace Jack Hannah Daniel", "Walker Hughes Turner Bennett Price Foster"),
    _culture("Lucía Diego Carmen Javier Inés Mateo", "Navarro Ortega Molina Peña Vega Cruz"),
    _culture("Søren Freja Mikkel Astrid Jens Sigrid", "Dahl Østergaard Holm Nygård Lund Bakke"),
    _culture("Wei Xiu Jun Lan Ming Yan", "Li Zhang Chen Wang Liu Huang", family_first=True),
    _culture("Priya Arjun Ananya Rohan Meera Vikram", "Sharma Iyer Patel Nair Rao Banerjee"),
    _culture("Zofia Paweł Agnieszka Łukasz Kasia Marek", "Nowak Wójcik Zieliński Mazur Król Dąbrowski"),
    _culture("Chiara Matteo Giulia Lorenzo Elisa Paolo", "Ricci Marino Greco Conti Galli Fontana"),
    _culture("Ayşe Emre Elif Murat Zeynep Can", "Yılmaz Demir Şahin Kaya Aydın Çelik"),
    _culture("Amina Chidi Ngozi Kwame Folake Tunde", "Okafor Mensah Adeyemi Boateng Eze Balogun"),
    _culture("Layla Omar Nadia Karim Salma Youssef", "Haddad Mansour Khoury Aziz Farouk Nasser"),
    _culture("João Beatriz Tiago Inês Rafael Mariana", "Almeida Carvalho Ribeiro Nunes Teixeira Lopes"),
    _culture("Min-jun Seo-yeon Ji-ho Ha-eun", "Kim Park Choi Jung", family_first=True),
    _culture("Anneke Daan Sanne Bram Femke Joost", "Visser Bakker Smit Mulder Bos Hendriks"),
)  # fmt: skip
AT_HOME = {
    "株式会社ウィングチップ": JAPANESE, "Kirschgrün Möbelwerke": GERMAN, "Μελισσόκηπος": GREEK,
    "Crèmerie Bellefontaine": FRENCH,
}  # fmt: skip

_TREE = _words(
    "Amber Birch Cedar Dune Ember Fern Gale Hazel Iris Juniper Kestrel Larch Maple Nettle Osprey "
    "Poppy Quartz Rowan "
    "Sorrel Thistle Umber Violet Willow Yarrow Zephyr Alder Bramble Clover Drift Elder Flint Grove "
    "Heron Ivory "
    "Jasper Kelp Linden Marl Nimbus Opal"
)
_PLACE = _words(
    "haven field brook gate ridge mere stone well ford wick dale holm crest moor bridge shore "
    "hollow cove mount "
    "thorpe glen marsh point reach spring fall bank lock mill court"
)
_TRADE = _words(
    "Logistics Foods Textiles Optics Instruments Energy Media Insurance Clinics Foundry Ceramics Robotics "
    "Shipping Seeds Paper Games Furniture Software Schools Hotels Museums Railways Cycles Chemicals Watches "
    "Kitchens Gardens Studios Breweries Labs"
)
_STRIDE = 7919  # prime, so that neighbours differ in every word and no name comes twice before all are used


def company(number: int) -> str:
    """The invented name of account number so-and-so: words combined; a number only when all are used up."""
    total = len(_TREE) * len(_PLACE) * len(_TRADE)
    rounds, place = divmod(number, total)
    place = place * _STRIDE % total
    place, trade = divmod(place, len(_TRADE))
    tree, end = divmod(place, len(_PLACE))
    name = f"{_TREE[tree]}{_PLACE[end]} {_TRADE[trade]}"
    return f"{name} {rounds + 1}" if rounds else name


def person(rng: Random, culture: Culture) -> tuple[str, str]:
    """A person's name, and the local part of their mail address."""
    first, second = rng.randrange(len(culture.given)), rng.randrange(len(culture.family))
    given, family = culture.given[first], culture.family[second]
    local = slug(f"{culture.given_in_latin[first]}.{culture.family_in_latin[second]}")
    return f"{family} {given}" if culture.family_first else f"{given} {family}", local


def called(name: str) -> str:
    """What a colleague would write in a note: the first of the names."""
    return name.split(" ", maxsplit=1)[0]


_PLAIN = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "æ": "ae", "ı": "i"})


def slug(text: str) -> str:
    """A name as an address spells it: plain letters and dots."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "", bare)
