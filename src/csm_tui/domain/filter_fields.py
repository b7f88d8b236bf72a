"""What a filter may ask of a row: every field, the words it knows, and how it is read off the facts."""

from __future__ import annotations

from datetime import date

from csm_tui.domain.accounts import AccountFacts, Phase, Tier
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import day_of_life, phase
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

SIGNAL_DAYS = 90
"""`#champion` asks for the signals logged in so many days."""


class About(NamedTuple):
    """What lists know of an account that no rule asks about: its owner, its tags, the signals of the last 90 days."""

    owner: str = ""
    tags: tuple[str, ...] = ()
    signals: frozenset[str] = frozenset()


UNKNOWN = About()


class RowFacts(NamedTuple):
    """What is known of one row of a list: the account it is about, and the words it shows, as `plain` makes them.

    `late` is how many days the row is late (0 when it is not), None where nothing is owed; kind and group are those of
    a due item.
    """

    account: AccountFacts
    today: date
    text: str
    about: About = UNKNOWN
    late: int | None = None
    kind: str = ""
    group: str = ""


class WordField(NamedTuple):
    """A field of words: what it holds for a row, and the words it can hold (none given: any)."""

    name: str
    held: Callable[[RowFacts], tuple[str, ...]]
    words: tuple[str, ...]
    means: str


class NumberField(NamedTuple):
    """A field of whole numbers, days unless it is money in cents; `missing_is_more` where none beats every number."""

    name: str
    held: Callable[[RowFacts], int | None]
    example: str
    means: str
    money: bool = False
    missing_is_more: bool = False


def _phase(row: RowFacts) -> str:
    one = row.account
    return str(phase(one.started_on, one.renewal_on, one.notice_days, one.churned_on, row.today))


def _silent(row: RowFacts) -> int | None:
    last = row.account.last_two_way_on
    return None if last is None else row.today.toordinal() - last.toordinal()


def _renew(row: RowFacts) -> int | None:
    """Days to the renewal; a customer who left has none any more."""
    on, left = row.account.renewal_on, row.account.churned_on
    if on is None or (left is not None and left <= row.today):
        return None
    return on.toordinal() - row.today.toordinal()


def _day(row: RowFacts) -> int | None:
    started = row.account.started_on
    return None if started is None else day_of_life(started, row.today)


WORD_FIELDS = (
    WordField("tier", lambda row: (row.account.tier,), tuple(map(str, Tier)), "the tier"),
    WordField(
        "band",
        lambda row: (band_by_hand(row.account.pulse),),
        ("risk", "at-risk", "watch", "healthy", "none"),
        "how well it is",
    ),
    WordField("phase", lambda row: (_phase(row),), tuple(map(str, Phase)), "where it stands in its life; also stage:"),
    WordField("owner", lambda row: (row.about.owner,) if row.about.owner else (), (), "a word of the owner's name"),
    WordField("tag", lambda row: row.about.tags, (), "one of its tags"),
    WordField(
        "kind",
        lambda row: (row.kind,) if row.kind else (),
        ("check-in", "promise", "meeting", "step", "review", "renewal", "escalation"),
        "the kind of a due item",
    ),
    WordField(
        "group",
        lambda row: (row.group,) if row.group else (),
        ("must-do", "overdue", "today", "this-week", "later"),
        "the group of a due item",
    ),
)
NUMBER_FIELDS = (
    NumberField(
        "silent",
        _silent,
        "silent>21",
        "days since the last two-way contact; never is more than any number",
        missing_is_more=True,
    ),
    NumberField("renew", _renew, "renew<90", "days to the renewal; below 0 when it is past"),
    NumberField("arr", lambda row: row.account.arr_cents, "arr>50k", "a year's amount in its own currency", money=True),
    NumberField("day", _day, "day<30", "day of its life; day 0 is the start"),
    NumberField("pulse", lambda row: row.account.pulse, "pulse<3", "the pulse, 1 to 5"),
    NumberField("late", lambda row: row.late, "late>0", "days late"),
)
FIELDS: dict[str, WordField | NumberField] = {field.name: field for field in (*WORD_FIELDS, *NUMBER_FIELDS)}
"""Every field by its name."""

ALIASES = {"stage": "phase"}
DUE_ONLY = frozenset({"kind", "group"})
"""What only due items have."""

OF_ACCOUNTS = frozenset(FIELDS) - DUE_ONLY
OF_ITEMS = frozenset(FIELDS)


def plain(text: str) -> str:
    """Words as a filter compares them: folded, with a blank for each dash."""
    return folded(text.replace("-", " ").replace("_", " "))


def fits(value: str, wanted: str) -> bool:
    """Whether some word of a value begins with what is wanted; both as `plain` makes them."""
    return f" {wanted}" in f" {value}"
