"""A playbook is a template of dated steps: how one is read from plain data, and what is wrong with one that cannot be.

Reading knows no file: it takes the tables of a TOML file as they are, and names every mistake by where it stands.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from csm_tui.domain.touchpoints import RISK_SIGNALS, Kind, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


class Anchor(StrEnum):
    """The day from which the days of a playbook count."""

    START = "start"
    KICKOFF = "kickoff"
    REVIEW_DAY = "review day"
    RENEWAL = "renewal"
    SIGNAL_DAY = "signal day"
    OPENED = "opened"


class Owner(StrEnum):
    """Who does a step. Whoever is not us is asked and chased: the step carries a promise with that name."""

    US = "us"
    THEM = "them"
    BOTH = "both"
    AE = "AE"
    SUPPORT = "support"
    PRODUCT = "product"
    EXECUTIVE = "executive"
    FINANCE = "finance"


OURS = frozenset({Owner.US, Owner.BOTH})


class Gate(StrEnum):
    """The condition that must hold before a gate can be passed; see `gates.missing`."""

    CHECKS = "all checks ticked"
    TALK = "two-way talk held"
    REVIEW = "review held"
    ACTIVE = "half the seats active"


TALK = "two-way"
"""What `done_by` says for any held two-way touchpoint; other words are kinds of touchpoint."""


class StepTemplate(NamedTuple):
    """One step: `day` counts from the anchor, in calendar days or in working days, negative before it.

    `not_later` is the same day counted back from the opt-out day; the earlier of the two holds (the two clocks of a
    renewal). `every` makes the step come again so many days after it is done. `closing` is done by closing the risk,
    `after_close` counts from that day.
    """

    id: str
    title: str
    day: int
    phase: str = ""
    owner: Owner = Owner.US
    working_days: bool = False
    not_later: int | None = None
    required: bool = False
    gate: Gate | None = None
    on_time: bool = False
    every: int | None = None
    closing: bool = False
    after_close: bool = False
    done_by: str = ""
    guidance: str = ""
    checks: tuple[str, ...] = ()
    exit: str = ""


class Variant(NamedTuple):
    """Another form of a playbook: only some of its steps, or its days stretched by a percentage."""

    name: str
    steps: tuple[str, ...] = ()
    percent: int = 100


class Playbook(NamedTuple):
    """A template. `signal` makes it a branch of the recovery; `opens` is how many days before the anchor it begins."""

    id: str
    name: str
    anchor: Anchor
    purpose: str = ""
    signal: Signal | None = None
    opens: int = 0
    exit: str = ""
    steps: tuple[StepTemplate, ...] = ()
    variants: tuple[Variant, ...] = ()

    def step(self, step_id: str) -> StepTemplate | None:
        """The step of an id, None when the playbook has none such."""
        return next((step for step in self.steps if step.id == step_id), None)

    def variant(self, name: str) -> Variant:
        """A variant by name; the standard one has every step on its own day."""
        return next((variant for variant in self.variants if variant.name == name), Variant(name))

    def steps_of(self, variant: str) -> tuple[StepTemplate, ...]:
        """The steps of a variant, in their order, on its days."""
        form = self.variant(variant)
        kept = (step for step in self.steps if not form.steps or step.id in form.steps)
        return tuple(step._replace(day=_stretched(step.day, form.percent)) for step in kept)


def _stretched(day: int, percent: int) -> int:
    """So many percent of a day, rounded half away from zero; days before the anchor stay."""
    return day if day <= 0 else (day * percent * 2 + 100) // 200


STANDARD = "standard"


class Mistake(NamedTuple):
    """What is wrong in a playbook: the step it stands in (0: at the top; from 1), the field, and the sentence."""

    step: int
    field: str
    sentence: str
    table: str = "step"


def read(data: Mapping[str, Any]) -> tuple[Playbook | None, list[Mistake]]:
    """A playbook from its tables, or None with every mistake there is."""
    mistakes: list[Mistake] = []
    tables = {"step": data.get("step", []), "variant": data.get("variant", [])}
    head = _fields(data, _TOP, 0, mistakes, "", skip=frozenset(tables))
    for table, rows in tables.items():
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
            mistakes.append(Mistake(0, table, f"`{table}` must be written as [[{table}]] tables."))
            return None, mistakes
    steps = [_fields(row, _STEP, at, mistakes, "step") for at, row in enumerate(tables["step"], 1)]
    variants = [_fields(row, _VARIANT, at, mistakes, "variant") for at, row in enumerate(tables["variant"], 1)]
    mistakes += _together(head, steps, variants)
    if mistakes:
        return None, mistakes
    return Playbook(
        **head,
        steps=tuple(StepTemplate(**fields) for fields in steps),
        variants=tuple(Variant(**fields) for fields in variants),
    ), []


class _Field(NamedTuple):
    reads: Callable[[Any], Any]
    says: str
    needed: bool = False


def _word(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError
    return value.strip()


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not -3650 <= value <= 3650:
        raise ValueError
    return value


def _from_one(value: Any) -> int:
    if _whole(value) < 1:
        raise ValueError
    return int(value)


def _yes(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError
    return value


def _words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError
    return tuple(_word(one) for one in value)


def _one_of(names: type[StrEnum]) -> _Field:
    return _Field(names, "one of " + ", ".join(f'"{name}"' for name in names))


def _signal(value: Any) -> Signal:
    if value not in RISK_SIGNALS:
        raise ValueError
    return Signal(value)


def _done_by(value: Any) -> str:
    return TALK if value == TALK else str(Kind(value))


_TEXT = _Field(_word, "a text in quotes")
_NAME = _Field(_word, "a text in quotes", needed=True)
_NUMBER = _Field(_whole, "a whole number of days from -3650 to 3650")
_COUNT = _Field(_from_one, "a whole number from 1 to 3650")
_FLAG = _Field(_yes, "true or false")
_LIST = _Field(_words, "a list of texts")

_TOP = {
    "id": _NAME,
    "name": _NAME,
    "anchor": _one_of(Anchor)._replace(needed=True),
    "purpose": _TEXT,
    "signal": _Field(_signal, "a risk signal: " + ", ".join(sorted(RISK_SIGNALS))),
    "opens": _COUNT,
    "exit": _TEXT,
}
_STEP = {
    "id": _NAME,
    "title": _NAME,
    "day": _NUMBER._replace(needed=True),
    "phase": _TEXT,
    "owner": _one_of(Owner),
    "working_days": _FLAG,
    "not_later": _NUMBER,
    "required": _FLAG,
    "gate": _one_of(Gate),
    "on_time": _FLAG,
    "every": _COUNT,
    "closing": _FLAG,
    "after_close": _FLAG,
    "done_by": _Field(_done_by, f'"{TALK}" or a kind of touchpoint: ' + ", ".join(Kind)),
    "guidance": _TEXT,
    "checks": _LIST,
    "exit": _TEXT,
}
_VARIANT = {"name": _NAME, "steps": _LIST, "percent": _COUNT}


def _fields(
    data: Mapping[str, Any],
    known: Mapping[str, _Field],
    at: int,
    mistakes: list[Mistake],
    table: str,
    skip: frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """The fields of one table, each read; what is unknown, missing or of a wrong type is a mistake."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name in skip:
            continue
        if name not in known:
            mistakes.append(Mistake(at, name, f"There is no field `{name}`{_near(name, known)}.", table))
            continue
        try:
            found[name] = known[name].reads(value)
        except ValueError:
            mistakes.append(Mistake(at, name, f"`{name}` must be {known[name].says}.", table))
    for name, field in known.items():
        if field.needed and name not in data:
            mistakes.append(Mistake(at, "", f"`{name}` is missing: it must be {field.says}.", table))
    return found


def _near(name: str, known: Mapping[str, _Field]) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, known, 1)
    return f"; did you mean `{near[0]}`" if near else f": use one of {', '.join(known)}"


def _together(head: dict[str, Any], steps: list[dict[str, Any]], variants: list[dict[str, Any]]) -> list[Mistake]:
    """What only shows when the tables are seen together: ids given twice, steps that do not exist, no step at all."""
    mistakes: list[Mistake] = []
    first: dict[str, int] = {}
    if not steps:
        mistakes.append(Mistake(0, "", "A playbook needs at least one [[step]]."))
    for at, step in enumerate(steps, 1):
        name = step.get("id")
        if name is not None and first.setdefault(name, at) != at:
            mistakes.append(Mistake(at, "id", f"The id `{name}` is that of step {first[name]}: give it another."))
        if step.get("not_later") is not None and head.get("anchor") is not Anchor.RENEWAL:
            sentence = "`not_later` counts from the opt-out day, which only the anchor “renewal” has."
            mistakes.append(Mistake(at, "not_later", sentence))
        if step.get("gate") is Gate.CHECKS and not step.get("checks"):
            mistakes.append(Mistake(at, "gate", "This gate wants its checks ticked, and the step has no `checks`."))
    for at, variant in enumerate(variants, 1):
        for name in variant.get("steps", ()):
            if name not in first:
                sentence = f"The variant names a step `{name}` that does not exist."
                mistakes.append(Mistake(at, "steps", sentence, "variant"))
    return mistakes
