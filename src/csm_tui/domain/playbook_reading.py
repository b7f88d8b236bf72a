"""Reads a playbook from the plain tables of its file, and names every mistake by where it stands; it knows no file."""

from __future__ import annotations

import re

from csm_tui.domain.playbooks import STANDARD, TALK, Anchor, Gate, Owner, Playbook, StepTemplate, Variant
from csm_tui.domain.touchpoints import RISK_SIGNALS, Kind, Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from enum import StrEnum
    from typing import Any

    Table = Mapping[str, Any]
    Read = dict[str, Any]

TOP, STEP, VARIANT = "", "step", "variant"
"""The tables of a playbook: the fields at its top, and how the others are headed."""
MOST_DAYS = 3650


class Mistake(NamedTuple):
    """What is wrong: the table, the how-manieth of them (from 1; 0 at the top), the field, and a sentence with remedy.

    A field may be named that is missing; with no field the mistake is that of the whole table.
    """

    table: str
    at: int
    field: str
    sentence: str


class Field(NamedTuple):
    """A field that may stand in a table: how its value is read (ValueError: it cannot be), and what it must be."""

    reads: Callable[[Any], Any]
    says: str
    needed: bool = False


def read(data: Table) -> tuple[Playbook | None, list[Mistake]]:
    """A playbook from its tables, or None with every mistake there is."""
    mistakes: list[Mistake] = []
    steps, variants = (_rows(data, table, mistakes) for table in (STEP, VARIANT))
    head = _fields({name: value for name, value in data.items() if name not in (STEP, VARIANT)}, TOP, 0, mistakes)
    read_steps = [_fields(row, STEP, at, mistakes) for at, row in enumerate(steps, 1)]
    read_variants = [_fields(row, VARIANT, at, mistakes) for at, row in enumerate(variants, 1)]
    if not steps and not mistakes:
        mistakes.append(Mistake(TOP, 0, "", "A playbook needs at least one [[step]]."))
    mistakes += _of_ids(read_steps)
    mistakes += _of_steps(head, steps)
    mistakes += _of_variants(read_variants, [row.get("id") for row in steps])
    if mistakes:
        return None, mistakes
    return Playbook(
        **head,
        steps=tuple(StepTemplate(**fields) for fields in read_steps),
        variants=tuple(Variant(**fields) for fields in read_variants),
    ), []


def _rows(data: Table, table: str, mistakes: list[Mistake]) -> Sequence[Table]:
    """The tables that go by a name; none when something else stands there, which is a mistake."""
    rows = data.get(table, [])
    if isinstance(rows, list) and all(isinstance(row, dict) for row in rows):
        return rows
    mistakes.append(Mistake(TOP, 0, table, f"`{table}` must be written as [[{table}]] tables."))
    return []


def _fields(data: Table, table: str, at: int, mistakes: list[Mistake]) -> Read:
    """The fields of one table, each read; what is unknown, missing or of a wrong type is a mistake."""
    known, found = FIELDS[table], {}
    for name, value in data.items():
        if name not in known:
            offered = (*known, STEP, VARIANT) if table == TOP else known
            mistakes.append(Mistake(table, at, name, f"There is no field `{name}`: {_near(name, offered)}"))
            continue
        try:
            found[name] = known[name].reads(value)
        except ValueError:
            mistakes.append(Mistake(table, at, name, f"`{name}` must be {known[name].says}."))
    for name, field in known.items():
        if field.needed and name not in data:
            mistakes.append(Mistake(table, at, name, f"`{name}` is missing: write {field.says}."))
    return found


def _near(name: str, offered: Iterable[str]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, offered, 1)
    return f"did you mean `{near[0]}`?" if near else f"use one of {', '.join(offered)}."


def _of_ids(steps: Sequence[Read]) -> list[Mistake]:
    """Ids that are given twice."""
    first: dict[str, int] = {}
    return [
        Mistake(STEP, at, "id", f"The id `{step['id']}` is that of step {first[step['id']]}: give it another.")
        for at, step in enumerate(steps, 1)
        if "id" in step and first.setdefault(step["id"], at) != at
    ]


def _of_steps(head: Read, steps: Sequence[Table]) -> list[Mistake]:
    """Fields that say something only beside another one."""
    mistakes = []
    for at, step in enumerate(steps, 1):
        if "not_later" in step and head.get("anchor", Anchor.RENEWAL) is not Anchor.RENEWAL:
            told = 'It counts from the opt-out day, which only the anchor "renewal" has: take `not_later` out.'
            mistakes.append(Mistake(STEP, at, "not_later", told))
        if step.get("gate") == Gate.CHECKS and not step.get("checks"):
            told = "This gate wants all checks ticked, and the step has none: give it `checks`."
            mistakes.append(Mistake(STEP, at, "gate", told))
    return mistakes


def _of_variants(variants: Sequence[Read], ids: Sequence[Any]) -> list[Mistake]:
    """Names that are taken, and steps that do not exist."""
    mistakes = []
    taken = {STANDARD}
    for at, variant in enumerate(variants, 1):
        name = variant.get("name")
        if name in taken:
            mistakes.append(Mistake(VARIANT, at, "name", f"The name `{name}` is taken: give the variant another."))
        taken.add(name or STANDARD)
        for step in variant.get("steps", ()):
            if step not in ids:
                told = f"There is no step `{step}`: name steps by their `id`."
                mistakes.append(Mistake(VARIANT, at, "steps", told))
    return mistakes


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or "\x00" in value:
        raise ValueError
    return value.strip()


def _id(value: Any) -> str:
    if not isinstance(value, str) or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", value):
        raise ValueError
    return value


def _day(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -MOST_DAYS <= value <= MOST_DAYS:
        raise ValueError
    return value


def _from_one(value: Any) -> int:
    if _day(value) < 1:
        raise ValueError
    return int(value)


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_text(one) for one in value)


def _signal(value: Any) -> Signal:
    signal = Signal(value)
    if signal not in RISK_SIGNALS:
        raise ValueError
    return signal


def _done_by(value: Any) -> str:
    return TALK if value == TALK else str(Kind(value))


def _quoted(words: Iterable[str]) -> str:
    return ", ".join(f'"{word}"' for word in words)


def _one_of(names: type[StrEnum]) -> Field:
    return Field(names, f"one of {_quoted(names)}")


_TEXT = Field(_text, "a text in quotes, not empty")
_ID = Field(_id, "a word in quotes, of small letters, digits and hyphens", needed=True)
_DAY = Field(_day, f"a whole number of days from -{MOST_DAYS} to {MOST_DAYS}")
_COUNT = Field(_from_one, f"a whole number from 1 to {MOST_DAYS}")
_FLAG = Field(_flag, "true or false")
_TEXTS = Field(_texts, "a list of texts, none empty")

FIELDS: dict[str, dict[str, Field]] = {
    TOP: {
        "id": _ID,
        "name": _TEXT._replace(needed=True),
        "anchor": _one_of(Anchor)._replace(needed=True),
        "purpose": _TEXT,
        "signal": Field(_signal, f"a risk signal: {_quoted(sorted(RISK_SIGNALS))}"),
        "opens": _COUNT,
        "exit": _TEXT,
    },
    STEP: {
        "id": _ID,
        "title": _TEXT._replace(needed=True),
        "day": _DAY._replace(needed=True),
        "phase": _TEXT,
        "owner": _one_of(Owner),
        "working_days": _FLAG,
        "not_later": _DAY,
        "required": _FLAG,
        "gate": _one_of(Gate),
        "on_time": _FLAG,
        "every": _COUNT,
        "closing": _FLAG,
        "after_close": _FLAG,
        "done_by": Field(_done_by, f'"{TALK}" or a kind of touchpoint: {_quoted(Kind)}'),
        "guidance": _TEXT,
        "checks": _TEXTS,
        "exit": _TEXT,
    },
    VARIANT: {"name": _ID, "steps": _TEXTS, "percent": _COUNT},
}
"""Every field of a playbook, by table, in the order in which docs/playbooks.md tells them."""
