"""How the words of a command line are read: days, amounts, numbers, names. Nothing is guessed."""

from __future__ import annotations

from csm_tui.domain.daywords import ahead, back, either, gone_by, nearest
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import Person, fitting, person_named
from csm_tui.domain.numbers import whole
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Sequence
    from datetime import date

    from csm_tui.domain.due import Item
    from csm_tui.domain.money import Amount
    from csm_tui.domain.naming import Named
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.contacts import ContactFacts
    from csm_tui.store.verbs import Row, Value

NONE = "none"
"""The word that clears a field."""

RULE, NO_REVIEWS = "rule", 0
"""An account that has no reviews says so by an interval of 0; without one of its own it has that of the rule."""

ACCOUNT_HELP = "an unambiguous part of its name, or id:7"


def day(text: str, today: date) -> date:
    """A day on either side of today: `2026-11-28`, `28.11`, `fri`, `+3d`, `yesterday`."""
    return _day(text, either(text.strip(), today))


def day_ahead(text: str, today: date) -> date:
    """The day of a promise: a weekday is the next one after today; one that is over is late already."""
    word = text.strip()
    return _day(text, ahead(word, today) or either(word, today))


def day_of_fact(text: str, today: date) -> date:
    """The day of a start: `28.11` is the nearest such day."""
    return _day(text, nearest(text.strip(), today))


def day_gone_by(text: str, today: date) -> date:
    """The day of what has come about: a weekday and `28.11` are the latest up to today."""
    return _day(text, gone_by(text.strip(), today))


def day_of_touchpoint(text: str, today: date) -> date:
    """The day of a touchpoint, as the head of a log line has it: a weekday is the latest one up to today."""
    word = text.strip()
    return _day(text, back(word, today) or gone_by(word, today))


def _day(text: str, found: date | None) -> date:
    if found is None:
        raise Refusal(f"“{text}” is not a day: write one such as fri, 28.11, +3d or 2026-11-28.")
    return found


def number(text: str, what: str) -> int:
    """A whole number of 0 or more."""
    found = whole(text)
    if found is None:
        raise Refusal(f"“{text}” is not a whole number for the {what}: write it like 120.")
    return found


def row_id(text: str, letter: str) -> int:
    """The number in an id such as `t31`."""
    bare = text.strip().lower().removeprefix(letter)
    if not (bare.isascii() and bare.isdigit() and len(bare) <= 18):
        raise Refusal(f"“{text}” is not an id: give one such as {letter}31, as `csm account show` prints it.")
    return int(bare)


def item(reading: Reading, item_id: str) -> Item:
    """The due item of a short id. Raises Refusal when nothing is due under it."""
    from csm_tui.views.today import due_item

    if not item_id.strip():
        raise Refusal("Which item? Give the id that `csm today` prints, such as c12.")
    return due_item(reading, item_id)


def people(reading: Reading, account_id: int) -> list[Person]:
    """The people of an account, as naming sees them."""
    from csm_tui.store.queries.contacts import contacts

    return [Person(one.contact_id, one.name, one.active) for one in contacts(reading, account_id)]


def contact(reading: Reading, where: Named, typed: str) -> ContactFacts:
    """The one person of an account who goes by a name. Raises Refusal with the candidates otherwise."""
    from csm_tui.store.queries.contacts import contacts

    known = contacts(reading, where.id)
    persons = [Person(one.contact_id, one.name, one.active) for one in known]
    found = person_named(persons, typed)
    if found is not None:
        return next(one for one in known if one.contact_id == found.id)
    near = fitting(persons, typed)
    if near:
        raise Refusal(f"“{typed}” could be any of {len(near)} people at {where.name}:\n  " + "\n  ".join(near))
    names = ", ".join(person.name for person in persons) or "nobody yet"
    raise Refusal(f"Nobody at {where.name} goes by “{typed}”. Known there: {names}.")


def choice(names: Sequence[str], spare: str = "") -> Callable[[str], str]:
    """A reader of one of some words, however written (`economic-buyer`), or of the beginning of just one (`high`).

    Anything else is wrong usage.
    """

    def read(text: str) -> str:
        import argparse

        bare = " ".join(text.strip().casefold().replace("_", " ").replace("-", " ").split())
        found = {name.replace("-", " ").casefold(): name for name in (*names, *([spare] if spare else []))}
        begun = [word for word in found if bare and word.startswith(bare)]
        if bare not in found and len(begun) != 1:
            raise argparse.ArgumentTypeError(f"“{text}” is not one of {', '.join(found.values())}")
        return found[bare if bare in found else begun[0]]

    return read


def values(chosen: argparse.Namespace, today: date) -> Row:
    """The facts of an account that the options give, by the file's columns; `none` clears one."""
    row: Row = {}
    for name, read in _READERS.items():
        text: str | None = getattr(chosen, name, None)
        if text is not None:
            cleared = NO_REVIEWS if name == "review_days" else None
            row[name] = cleared if text.strip().casefold() == NONE else read(text, today)
    return {**row, **_money(chosen)}


def _money(chosen: argparse.Namespace) -> Row:
    """The yearly amount and its currency, which the amount may name too."""
    from csm_tui.domain import money

    row: Row = {}
    code = None if chosen.currency is None else money.currency_code(chosen.currency)
    if chosen.arr is not None:
        amount = None if chosen.arr.strip().casefold() == NONE else money.owed(chosen.arr)
        row["arr_cents"] = amount.cents if amount else None
        code = code if amount is None else _agreed(amount, code)
    return row if code is None else {**row, "currency": code}


def _agreed(amount: Amount, code: str | None) -> str | None:
    from csm_tui.domain import money

    try:
        return money.currency_of(amount, code)
    except Refusal as refusal:
        raise Refusal(f"The account {refusal}: name one.") from None


def _iso(text: str, today: date) -> Value:
    return day(text, today).isoformat()


def _start(text: str, today: date) -> Value:
    return day_of_fact(text, today).isoformat()


def _gone_by(text: str, today: date) -> Value:
    return day_gone_by(text, today).isoformat()


def _words(text: str, _today: date) -> Value:
    return text.strip() or None


def _yes(text: str, _today: date) -> Value:
    word = text.strip().casefold()
    if word not in {"yes", "no"}:
        raise Refusal(f"“{text}” is not yes or no: write one of them.")
    return int(word == "yes")


def _count(what: str) -> Callable[[str, date], Value]:
    return lambda text, _today: number(text, what)


def _reviews(text: str, _today: date) -> Value:
    """Days between reviews; `rule` goes back to those of the rule."""
    return None if text.strip().casefold() == RULE else number(text, "days between reviews")


_READERS: dict[str, Callable[[str, date], Value]] = {
    "tier": _words,
    "domain": _words,
    "owner": _words,
    "started_on": _start,
    "renewal_on": _iso,
    "notice_days": _count("notice period in days"),
    "notice_served_on": _gone_by,
    "auto_renew_off_on": _gone_by,
    "seats": _count("seats"),
    "interval_days": _count("interval in days"),
    "review_days": _reviews,
    "review_kind": _words,
    "ae": _words,
    "industry": _words,
    "plan": _words,
    "notes": _words,
    "term_months": _count("months of the term"),
    "auto_renew": _yes,
}
