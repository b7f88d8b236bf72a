"""Reading a playbook: what it gives when it is right, and one mistake with place and remedy for each thing wrong."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from csm_tui.domain.playbook_reading import FIELDS, STEP, TOP, VARIANT, Mistake, read
from csm_tui.domain.playbooks import STANDARD, Anchor, Gate, Owner, Playbook, StepTemplate, Variant
from csm_tui.domain.touchpoints import RISK_SIGNALS, Signal

HEAD: dict[str, Any] = {"id": "start", "name": "Start", "anchor": "start"}
ONE: dict[str, Any] = {"id": "one", "title": "First", "day": 1}
TWO: dict[str, Any] = {"id": "two", "title": "Second", "day": 10}


def made(*steps: dict[str, Any], variants: list[Any] | None = None, **head: Any) -> dict[str, Any]:
    given = {**HEAD, **head, "step": list(steps or (ONE, TWO))}
    return given if variants is None else {**given, "variant": variants}


def whole(data: dict[str, Any]) -> Playbook:
    playbook, mistakes = read(data)
    assert mistakes == []
    assert playbook is not None
    return playbook


def wrong(data: dict[str, Any]) -> list[Mistake]:
    playbook, mistakes = read(data)
    assert playbook is None
    return mistakes


def test_the_least_playbook_has_the_defaults() -> None:
    expected = Playbook("start", "Start", Anchor.START, steps=(StepTemplate("one", "First", 1),))
    assert whole(made(ONE)) == expected
    assert expected.steps[0].owner is Owner.US


EVERY: dict[str, tuple[Any, Any]] = {
    "id": ("one-2", "one-2"), "title": (" First ", "First"), "day": (-14, -14), "phase": ("Month 1", "Month 1"),
    "owner": ("AE", Owner.AE), "working_days": (True, True), "not_later": (-60, -60), "required": (True, True),
    "gate": ("review held", Gate.REVIEW), "on_time": (True, True), "every": (7, 7), "closing": (True, True),
    "after_close": (True, True), "done_by": ("qbr", "qbr"), "guidance": ("# How\n\nSo.\n", "# How\n\nSo."),
    "checks": (["a", "b"], ("a", "b")), "exit": ("It is done.", "It is done."),
}  # fmt: skip


def test_every_field_is_read() -> None:
    given = {name: typed for name, (typed, _) in EVERY.items()}
    variants = [{"name": "light", "steps": ["one-2"], "percent": 50}]
    head = {"purpose": "What for", "signal": "nps", "opens": 7, "exit": "Over.", "anchor": "renewal"}
    assert whole(made(given, variants=variants, **head)) == Playbook(
        "start", "Start", Anchor.RENEWAL, "What for", Signal.NPS, 7, "Over.",
        (StepTemplate(**{name: value for name, (_, value) in EVERY.items()}),),
        (Variant("light", ("one-2",), 50),),
    )  # fmt: skip


def test_the_reader_knows_the_fields_of_the_values_and_no_others() -> None:
    assert set(FIELDS[STEP]) == set(StepTemplate._fields) == set(EVERY)
    assert set(FIELDS[VARIANT]) == set(Variant._fields)
    assert set(FIELDS[TOP]) == set(Playbook._fields) - {"steps", "variants"}


def test_a_variant_has_its_steps_on_its_days() -> None:
    before = {"id": "before", "title": "Before", "day": -4}
    variants = [{"name": "light", "steps": ["two", "before"]}, {"name": "long", "percent": 150}]
    book = whole(made(before, ONE, TWO, variants=variants))
    assert [step.id for step in book.steps_of("light")] == ["before", "two"]
    assert [step.day for step in book.steps_of("long")] == [-4, 2, 15]
    assert book.steps_of(STANDARD) == book.steps


def test_done_by_takes_any_two_way_talk() -> None:
    assert whole(made({**ONE, "done_by": "two-way"})).steps[0].done_by == "two-way"


@pytest.mark.parametrize("signal", sorted(RISK_SIGNALS))
def test_a_branch_is_of_a_risk_signal(signal: Signal) -> None:
    assert whole(made(signal=str(signal))).signal is signal


@pytest.mark.parametrize(("data", "mistake"), [
    (made(nmae="x"), (TOP, 0, "nmae", "There is no field `nmae`: did you mean `name`?")),
    (made(steps=[]), (TOP, 0, "steps", "There is no field `steps`: did you mean `step`?")),
    (made({**ONE, "onwer": "us"}), (STEP, 1, "onwer", "There is no field `onwer`: did you mean `owner`?")),
    (made(ONE, {**TWO, "zzz": 1}), (STEP, 2, "zzz", f"There is no field `zzz`: use one of {', '.join(FIELDS[STEP])}.")),
    (made(variants=[{"name": "x", "procent": 1}]),
     (VARIANT, 1, "procent", "There is no field `procent`: did you mean `percent`?")),
    ({"id": "a", "anchor": "start", "step": [ONE]},
     (TOP, 0, "name", "`name` is missing: write a text in quotes, not empty.")),
    (made({"id": "one", "title": "First"}),
     (STEP, 1, "day", "`day` is missing: write a whole number of days from -3650 to 3650.")),
    (made(variants=[{}]),
     (VARIANT, 1, "name", "`name` is missing: write a word in quotes, of small letters, digits and hyphens.")),
    (made(ONE, {**TWO, "id": "one"}), (STEP, 2, "id", "The id `one` is that of step 1: give it another.")),
    (made({**ONE, "gate": "all checks ticked"}),
     (STEP, 1, "gate", "This gate wants all checks ticked, and the step has none: give it `checks`.")),
    (made({**ONE, "not_later": 5}),
     (STEP, 1, "not_later",
      'It counts from the opt-out day, which only the anchor "renewal" has: take `not_later` out.')),
    (made(variants=[{"name": "x", "steps": ["one", "three"]}]),
     (VARIANT, 1, "steps", "There is no step `three`: name steps by their `id`.")),
    (made(variants=[{"name": "standard"}]),
     (VARIANT, 1, "name", "The name `standard` is taken: give the variant another.")),
    (made(variants=[{"name": "x"}, {"name": "x"}]),
     (VARIANT, 2, "name", "The name `x` is taken: give the variant another.")),
    ({**HEAD, "step": ONE}, (TOP, 0, "step", "`step` must be written as [[step]] tables.")),
    ({**HEAD, "step": [ONE, 3]}, (TOP, 0, "step", "`step` must be written as [[step]] tables.")),
    ({**made(), "variant": "light"}, (TOP, 0, "variant", "`variant` must be written as [[variant]] tables.")),
    (HEAD, (TOP, 0, "", "A playbook needs at least one [[step]].")),
])  # fmt: skip
def test_each_mistake_says_where_it_is_and_what_to_do(data: dict[str, Any], mistake: tuple[Any, ...]) -> None:
    assert wrong(data) == [Mistake(*mistake)]


BAD: dict[str, list[Any]] = {
    "id": ["", "A", "a b", "-", "-a", "a-", 3, "é"],
    "title": ["", "  ", 3, [], "a\x00"], "day": ["1", 1.0, True, 3651, -3651, []],
    "phase": [1], "owner": ["me", 1, [], {}], "working_days": ["yes", 1], "not_later": ["x"], "required": [0],
    "gate": ["open", [], {}], "on_time": ["true"], "every": [0, -1, True, "7"], "closing": [1], "after_close": [1],
    "done_by": ["talk", [], {}], "guidance": ["", 1], "checks": ["a", [1], [""], {}], "exit": [False],
}  # fmt: skip
CASES = [(name, value) for name, values in BAD.items() for value in values]


@pytest.mark.parametrize(("name", "value"), CASES, ids=repr)
def test_a_value_that_cannot_be_is_told_with_what_it_must_be(name: str, value: object) -> None:
    told = f"`{name}` must be {FIELDS[STEP][name].says}."
    assert wrong(made({**ONE, name: value}, anchor="renewal")) == [Mistake(STEP, 1, name, told)]


@pytest.mark.parametrize(("name", "value"), [
    ("id", "No"), ("name", ""), ("anchor", "monday"), ("anchor", []), ("purpose", 1), ("signal", "renewal"),
    ("signal", "x"), ("signal", []), ("signal", {}), ("opens", 0), ("exit", 1),
], ids=repr)  # fmt: skip
def test_the_top_is_as_strict(name: str, value: object) -> None:
    told = f"`{name}` must be {FIELDS[TOP][name].says}."
    assert wrong({**made(), name: value}) == [Mistake(TOP, 0, name, told)]


@pytest.mark.parametrize(("name", "value"), [("name", "a b"), ("steps", "one"), ("percent", 0)], ids=repr)
def test_a_variant_too(name: str, value: object) -> None:
    told = f"`{name}` must be {FIELDS[VARIANT][name].says}."
    assert wrong(made(variants=[{"name": "x", name: value}])) == [Mistake(VARIANT, 1, name, told)]


def test_all_mistakes_are_told_at_once() -> None:
    data = made({**ONE, "owner": "me"}, {"id": "one"}, variants=[{"name": "x", "steps": ["three"]}], anchor="x")
    assert [(one.table, one.at, one.field) for one in wrong(data)] == [
        (TOP, 0, "anchor"), (STEP, 1, "owner"), (STEP, 2, "title"), (STEP, 2, "day"), (STEP, 2, "id"),
        (VARIANT, 1, "steps"),
    ]  # fmt: skip


def test_the_page_about_playbooks_tells_every_field_as_it_is_read() -> None:
    page = (Path(__file__).parents[2] / "docs" / "playbooks.md").read_text(encoding="utf-8")
    told = [line.split(" | ")[:2] for line in page.splitlines() if line.startswith("| `")]
    assert told == [
        [f"| `{name}`", field.says + (" (needed)" if field.needed else "")]
        for fields in FIELDS.values()
        for name, field in fields.items()
    ]
