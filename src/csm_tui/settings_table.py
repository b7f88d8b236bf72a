"""Every setting in one table: its name in the file, its default, what may stand there, and a sentence about it.

The reader of the file, `csm settings`, the example file and docs/settings.md all follow this table.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from csm_tui.domain.days import WEEKDAYS, calendar, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.money import currency_code
from csm_tui.domain.policy import (
    POLICY,
    AgendaPolicy,
    CadencePolicy,
    EngagedPolicy,
    MoneyPolicy,
    PlanPolicy,
    Policy,
    RenewalPolicy,
    ReviewPolicy,
)
from csm_tui.settings import ASCII, COMFORTABLE, COMPACT, DEFAULT, UNICODE, Settings
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

LONGEST = 3650
"""Ten years in days: anything longer is a typing mistake."""

RATE_DIGITS = 12


class Setting(NamedTuple):
    """One setting: its dotted name, what holds without it, how a value of the file is read, and what it is for.

    `read` raises Refusal, whose sentence goes on from the name: `must be a whole number of days, 1 to 3650`.
    """

    name: str
    default: object
    read: Callable[[object], object]
    about: str


def _number(least: int, most: int, what: str) -> Callable[[object], object]:
    def read(value: object) -> int:
        if type(value) is not int or not least <= value <= most:
            raise Refusal(f"must be a whole number of {what}, {least} to {most}")
        return value

    return read


def _choice(*words: str) -> Callable[[object], object]:
    def read(value: object) -> str:
        if value not in words:
            raise Refusal(f"must be {' or '.join(repr(word) for word in words)}")
        return str(value)

    return read


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.isprintable():
        raise Refusal("must be a text in quotes")
    return value


def _currency(value: object) -> str:
    if not isinstance(value, str):
        raise Refusal("must be three letters in quotes, such as 'EUR'")
    try:
        return currency_code(value)
    except Refusal:
        raise Refusal("must be three letters, such as 'EUR' or 'USD'") from None


def _weekend(value: object) -> frozenset[int]:
    told = f"must be a list of days such as ['sat', 'sun'], of {', '.join(WEEKDAYS).lower()}"
    if not isinstance(value, list):
        raise Refusal(told)
    names = [day.lower() for day in WEEKDAYS]
    days = [str(day).lower()[:3] for day in value]
    if not set(days) <= set(names):
        raise Refusal(told)
    found = frozenset(names.index(day) for day in days)
    if len(found) == len(WEEKDAYS):
        raise Refusal("must leave at least one working day")
    return found


def _days_off(value: object) -> frozenset[date]:
    if not isinstance(value, list):
        raise Refusal("must be a list of days such as [2026-12-24, 2026-12-25]")
    return frozenset(_day(day) for day in value)


def _day(value: object) -> date:
    try:
        day = date.fromisoformat(value) if isinstance(value, str) else value
        if not isinstance(day, date) or isinstance(day, datetime):
            raise ValueError
        return plausible(day)
    except (ValueError, Refusal):
        raise Refusal(f"must hold days such as 2026-12-24, which {str(value)!r} is not") from None


def rate(value: object) -> tuple[int, int]:
    """What one unit is worth, as the exact fraction that the digits say."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise Refusal("must be a number such as 0.92")
    number, most = Decimal(value), Decimal(1).scaleb(RATE_DIGITS)
    if not number.is_finite() or not 1 / most <= number <= most or number != number.quantize(1 / most):
        raise Refusal(f"must be above 0 and have at most {RATE_DIGITS} digits, such as 0.92")
    return number.as_integer_ratio()


def code(name: str) -> str:
    """The currency that a rate is for."""
    try:
        return currency_code(name)
    except Refusal:
        raise Refusal("must be named by three letters, such as USD") from None


def key_of(value: object) -> str:
    """The keys of one action as the file gives them: a text, or `false` for none."""
    if value is False:
        return ""
    if not isinstance(value, str) or not value.isprintable():
        raise Refusal("must be a key in quotes such as 'l' or 'ctrl+l', or false to switch it off")
    return value


def _numbers(table: str, policy: NamedTuple, told: Mapping[str, tuple[str, int, int, str]]) -> list[Setting]:
    """The settings of a policy: each field with its unit, its least and its most, and what it is for."""
    return [
        Setting(f"{table}.{name}", getattr(policy, name), _number(least, most, unit), about)
        for name, (unit, least, most, about) in told.items()
    ]


def _days(about: str, least: int = 1) -> tuple[str, int, int, str]:
    return "days", least, LONGEST, about


TABLE: tuple[Setting, ...] = (
    Setting("currency", POLICY.money.currency, _currency, "The currency of new amounts and of sums."),
    Setting("weekend", POLICY.cadence.calendar.weekend, _weekend, "Days of the week that are not worked."),
    Setting("days_off", POLICY.cadence.calendar.days_off, _days_off, "Single days that are not worked."),
    Setting("theme", DEFAULT.theme, _text, "csm-dark, csm-light, csm-contrast, csm-ansi, or one of Textual's own."),
    Setting("glyphs", DEFAULT.glyphs, _choice(UNICODE, ASCII), "What signs, bars and borders are drawn with."),
    Setting("density", DEFAULT.density, _choice(COMFORTABLE, COMPACT), "Compact leaves out blank lines and padding."),
    Setting("editor", DEFAULT.editor, _text, "The command for long texts; else VISUAL, else EDITOR."),
    *_numbers("cadence", POLICY.cadence, {
        "onboarding": _days("Days between touchpoints in the first month."),
        "adoption": _days("In the second month."),
        "value": _days("In the third month."),
        "white_glove": _days("After that, for white-glove accounts."),
        "high_touch": _days("After that, for high-touch accounts."),
        "low_touch": _days("After that, for low-touch accounts."),
        "at_risk_near": _days("While a risk is open and the decision day is near."),
        "at_risk_far": _days("While a risk is open and it is not."),
        "near_decision": _days("How many days before the decision day it is near.", 0),
        "never_touched_grace": _days("Days between the first contact's ideal and latest day.", 0),
    }),
    *_numbers("renewals", POLICY.renewals, {
        "opt_out_near": _days("The opt-out day is a must-do from so many days before it.", 0),
        "talk_within": _days("Unless a #renewal talk was logged in so many days.", 0),
        "news_for": _days("Notice served, or auto-renew switched off, is a must-do for so many days.", 0),
    }),
    *_numbers("agenda", POLICY.agenda, {
        "week": _days("How many days ahead Today looks."),
        "meeting_unanswered": _days("An unanswered meeting is a must-do after so many days.", 0),
        "too_many": ("accounts", 1, 1000, "Must-dos in more than one account out of so many."),
    }),
    *_numbers("engaged", POLICY.engaged, {
        "white_glove": ("people", 0, 1000, "People wanted in two-way contact, for white-glove accounts."),
        "high_touch": ("people", 0, 1000, "For high-touch accounts."),
        "low_touch": ("people", 0, 1000, "For low-touch accounts."),
        "within": _days("In the last so many days."),
    }),
    *_numbers("plans", POLICY.plans, {
        "self_start": _days("A plan begins by itself up to so many days after its opening; later it is offered.", 0),
        "onboarded_by": _days("A first month that is still open on this day is a must-do."),
        "silence_times": ("intervals", 1, 100, "So many of its own intervals without two-way contact open a risk."),
        "stalled_late": _days("A required milestone late by so many days opens a risk."),
        "stalled_waiting": _days("So does one that waits so long."),
        "escalation_old": _days("An escalation open for longer is a must-do."),
    }),
    *_numbers("reviews", POLICY.reviews, {
        "first": _days("The first review is due so many days after the start."),
        "interval": _days("Days from one review to the next."),
        "low_touch": _days("For low-touch accounts."),
        "grace": _days("A review held so many days after its due day is on schedule.", 0),
    }),
)  # fmt: skip

RATES, KEYS = "rates", "keys"
ABOUT_RATES = "What one unit of another currency is worth in yours; sums over currencies without a rate stay apart."
ABOUT_KEYS = "Other keys for an action, by the id that docs/keys.md gives; false switches it off."


def built(values: Mapping[str, Any]) -> Settings:
    """The settings of a full table of values by name, the rates and the keys under their own names."""
    days = calendar(values["weekend"], values["days_off"])
    policy = Policy(
        CadencePolicy(**_fields("cadence", values), calendar=days),
        RenewalPolicy(**_fields("renewals", values)),
        AgendaPolicy(**_fields("agenda", values)),
        EngagedPolicy(**_fields("engaged", values)),
        MoneyPolicy(values["currency"], values[RATES]),
        PlanPolicy(**_fields("plans", values)),
        ReviewPolicy(**_fields("reviews", values)),
    )
    return Settings(policy, values["theme"], values["glyphs"], values["density"], values[KEYS], values["editor"])


def _fields(table: str, values: Mapping[str, Any]) -> dict[str, Any]:
    return {name.partition(".")[2]: value for name, value in values.items() if name.startswith(f"{table}.")}


def defaults() -> dict[str, Any]:
    """Every setting as it is without a file."""
    return {**{one.name: one.default for one in TABLE}, RATES: {}, KEYS: {}}


def values(settings: Settings) -> dict[str, Any]:
    """Every setting as it holds, by name; the other way round from `built`."""
    policy = settings.policy
    found: dict[str, Any] = {
        "currency": policy.money.currency,
        "weekend": policy.cadence.calendar.weekend,
        "days_off": policy.cadence.calendar.days_off,
        "theme": settings.theme,
        "glyphs": settings.glyphs,
        "density": settings.density,
        "editor": settings.editor,
        RATES: settings.policy.money.rates,
        KEYS: settings.keys,
    }
    for table in ("cadence", "renewals", "agenda", "engaged", "plans", "reviews"):
        numbers: dict[str, Any] = getattr(policy, table)._asdict()
        found |= {f"{table}.{name}": number for name, number in numbers.items() if name != "calendar"}
    return found


def written(value: object) -> str:
    """A value as the file has it."""
    if isinstance(value, frozenset):
        days = sorted(value)
        return f"[{', '.join(repr(WEEKDAYS[day].lower()) if isinstance(day, int) else str(day) for day in days)}]"
    if isinstance(value, tuple):
        return f"{Decimal(value[0]) / Decimal(value[1]):f}"
    if isinstance(value, str):
        return f"'{value}'" if "'" not in value else '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return str(value)


def example() -> str:
    """A settings file with every setting at its default, each behind a `#` that only needs to go."""
    lines = [
        "# The settings of csm. Every line that begins with #: shows a default; take the #: away to change it.",
        "",
    ]
    table = ""
    for one in TABLE:
        head, _, name = one.name.rpartition(".")
        if head != table:
            table = head
            lines += ["", f"[{table}]"]
        lines += [f"# {one.about}", f"#: {name} = {written(one.default)}"]
    lines += ["", f"[{RATES}]", f"# {ABOUT_RATES}", "#: USD = 0.92"]
    lines += ["", f"[{KEYS}]", f"# {ABOUT_KEYS}", "#: log = 'l'", ""]
    return "\n".join(lines)
