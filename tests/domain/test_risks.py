"""What opens and closes a risk: the sentences of the rules as cases, and laws on any calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui import playbooks
from csm_tui.domain import plans, risks
from csm_tui.domain.days import STANDARD, Calendar
from csm_tui.domain.plans import Step, StepState
from csm_tui.domain.playbooks import RECOVERY, Owner
from csm_tui.domain.risks import Evidence, Exit, ExitFacts, How, Risk, Severity
from csm_tui.domain.touchpoints import RISK_SIGNALS, Signal
from tests.conftest import TODAY
from tests.domain.calendars import CALENDARS, DAYS

OPENED = date(2026, 11, 2)
NOTHING = ExitFacts(talked=False, engaged=0, budget=False, stalled=True)
MEASURED = {Signal.CHAMPION, Signal.SILENCE, Signal.STALLED}


def after(days: int) -> date:
    return OPENED + timedelta(days=days)


def seen(signal: Signal, days: int = 0, met: int | None = None, proof: str = "") -> Evidence:
    return Evidence(1, signal, "", after(days), met_on=None if met is None else after(met), proof=proof)


def exits(*signals: Evidence, facts: ExitFacts = NOTHING) -> list[Exit]:
    return risks.exit_tests(Risk(1, 1, 1, Severity.MEDIUM, OPENED, signals=signals), facts)


# The plan: the spine with the branch of each signal, under the five headings.


def test_the_spine_has_ten_steps_of_which_five_are_required() -> None:
    spine = playbooks.load(RECOVERY).playbook.steps
    assert len(spine) == 10
    assert [n for n, step in enumerate(spine, 1) if step.required] == [1, 3, 4, 7, 9]
    assert [step.id for step in spine if step.closing] == ["close"]
    assert [step.id for step in spine if step.after_close] == ["relapse"]


def test_every_signal_of_risk_has_a_branch_and_every_step_a_heading() -> None:
    books = [one.playbook for one in playbooks.all_playbooks().templates]
    branches = [book for book in books if book.signal is not None]
    assert {book.signal for book in branches} == RISK_SIGNALS
    spine = playbooks.load(RECOVERY).playbook
    assert {step.phase for book in (spine, *branches) for step in book.steps} == set(risks.HEADINGS)


def test_the_headings_stand_in_their_order_and_others_after_them() -> None:
    assert risks.HEADINGS == ("assess", "plan", "sponsor", "resources", "escalate")
    words = ["escalate", "", "sponsor", "assess", "Handoff", "plan"]
    assert sorted(words, key=risks.heading_place) == ["assess", "plan", "sponsor", "escalate", "", "Handoff"]


# What opens one by rule.


@pytest.mark.parametrize(("interval", "silent"), [(7, 14), (30, 60), (91, 182)])
def test_silence_is_twice_the_interval_after_the_last_two_way_contact(interval: int, silent: int) -> None:
    since = risks.silent_since(OPENED, date(2025, 1, 1), date(2025, 1, 1), interval, brought_in=False)
    assert since == after(silent)


@pytest.mark.parametrize(
    ("started", "added", "counted"),
    [(None, OPENED, OPENED), (after(20), OPENED, after(20)), (after(-300), OPENED, OPENED)],
)
def test_never_touched_it_counts_from_the_start_or_the_day_it_was_added(
    started: date | None, added: date, counted: date
) -> None:
    for brought_in in (False, True):
        since = risks.silent_since(None, started, added, 30, brought_in=brought_in)
        assert since == counted + timedelta(days=60)


@pytest.mark.parametrize(("last", "silent"), [(-400, 30), (-31, 30), (-30, 30), (-29, 31), (0, 60)])
def test_an_account_brought_in_after_a_long_silence_has_one_interval_first(last: int, silent: int) -> None:
    since = risks.silent_since(after(last), None, OPENED, 30, brought_in=True)
    assert since == after(silent)
    assert risks.silent_since(after(last), None, OPENED, 30, brought_in=False) == after(last + 60)


# The exit test.


def test_every_signal_of_risk_has_an_exit_test_which_is_not_met_by_itself() -> None:
    assert set(risks.EXIT_TEXT) == RISK_SIGNALS
    found = exits(*(seen(signal) for signal in risks.EXIT_TEXT))
    assert [one.signal for one in found] == list(risks.EXIT_TEXT)
    assert not any(one.met for one in found)
    assert all(one.text == risks.EXIT_TEXT[one.signal] for one in found)


@pytest.mark.parametrize(
    ("signal", "facts", "met"),
    [
        (Signal.SILENCE, NOTHING._replace(talked=True), True),
        (Signal.SILENCE, ExitFacts(False, 9, True, False), False),
        (Signal.STALLED, NOTHING._replace(stalled=False), True),
        (Signal.STALLED, NOTHING._replace(stalled=None), False),
        (Signal.STALLED, ExitFacts(True, 9, True, True), False),
        (Signal.CHAMPION, NOTHING._replace(engaged=2, budget=True), True),
        (Signal.CHAMPION, NOTHING._replace(engaged=1, budget=True), False),
        (Signal.CHAMPION, NOTHING._replace(engaged=5), False),
    ],
)
def test_champion_silence_and_stalled_are_measured(signal: Signal, facts: ExitFacts, met: bool) -> None:
    (found,) = exits(seen(signal), facts=facts)
    assert found.met is met
    assert found.proof or not met


@pytest.mark.parametrize("signal", [one for one in risks.EXIT_TEXT if one not in MEASURED])
def test_the_others_hold_once_they_are_stated_with_proof(signal: Signal) -> None:
    best = ExitFacts(talked=True, engaged=9, budget=True, stalled=False)
    assert not exits(seen(signal), facts=best)[0].met
    assert exits(seen(signal, met=3, proof="mail of the 5th"))[0][2:] == (True, "mail of the 5th")


@pytest.mark.parametrize("signal", sorted(MEASURED))
def test_what_is_measured_can_be_stated_too(signal: Signal) -> None:
    assert exits(seen(signal, met=3, proof="by word"))[0][2:] == (True, "by word")


@pytest.mark.parametrize(("again", "met"), [(2, True), (3, True), (4, False)])
def test_a_signal_seen_again_after_its_proof_is_open_again(again: int, met: bool) -> None:
    for proven in (0, 1):
        evidence = [seen(Signal.USAGE), seen(Signal.USAGE, again)]
        evidence[proven] = evidence[proven]._replace(met_on=after(3), proof="back to 80 %")
        (found,) = exits(*evidence)
        assert found.met is met


def test_a_repeated_signal_is_one_test_and_the_newest_proof_is_told() -> None:
    old, new = seen(Signal.USAGE, met=5, proof="first"), seen(Signal.USAGE, 4, met=6, proof="then")
    found = exits(old, seen(Signal.NPS), new)
    assert [(one.signal, one.met, one.proof) for one in found] == [
        (Signal.USAGE, True, "then"), (Signal.NPS, False, ""),
    ]  # fmt: skip


# Closing.


def step(n: int, code: str, state: StepState = StepState.OPEN, required: bool = True) -> Step:
    closed = OPENED if state in {StepState.DONE, StepState.SKIPPED} else None
    return Step(
        n, 1, 1, n, code, code.title(), "assess", Owner.US, required, None, after(10 - n), after(10 - n), state, closed
    )


UNMET, MET = (Exit(Signal.USAGE, "usage is back", met, "") for met in (False, True))
LAST = frozenset({"close", "relapse"})
DONE = [step(1, "confirm", StepState.DONE), step(2, "talk", StepState.SKIPPED), step(3, "close"), step(4, "relapse")]
LEFT = [*DONE, step(5, "plan"), step(6, "update"), step(7, "extra", required=False)]


@pytest.mark.parametrize(
    ("how", "steps", "exit_", "told"),
    [
        (How.RECOVERED, DONE, MET, ""),
        (How.RECOVERED, DONE, UNMET, "the exit test is not met (usage is back)"),
        (How.RECOVERED, LEFT, MET, "step 6 “Update” and 1 more are still open"),
        (How.RIGHT_SIZED, DONE, UNMET, ""),
        (How.RIGHT_SIZED, LEFT, MET, "step 6 “Update” and 1 more are still open"),
        (How.LOST, LEFT, UNMET, ""),
        (How.NOT_A_RISK, LEFT, UNMET, ""),
    ],
)
def test_recovered_needs_its_steps_and_its_exit_test_and_right_sized_its_steps(
    how: How, steps: list[Step], exit_: Exit, told: str
) -> None:
    found = risks.in_the_way(how, steps, [MET, exit_], LAST)
    assert found.startswith(told)
    assert bool(found) is bool(told)


def test_steps_that_are_not_required_that_passed_or_that_come_again_are_not_in_the_way() -> None:
    for one in (
        step(5, "extra", required=False),
        step(5, "early", StepState.PASSED),
        step(5, "confirm"),  # done once, and due again
    ):
        assert risks.in_the_way(How.RECOVERED, [*DONE, one], [MET], LAST) == ""
    assert "step 5 “Plan” is still open" in risks.in_the_way(How.RECOVERED, [*DONE, step(5, "plan")], [MET], LAST)


def test_n_of_m_counts_the_required_steps_of_the_spine() -> None:
    spine = playbooks.load(RECOVERY).playbook.steps
    steps = [step(n, one.id, required=one.required) for n, one in enumerate(spine, 1)]
    steps[1] = steps[1]._replace(state=StepState.DONE)
    assert plans.progress(steps) == (0, 5)
    steps[0] = steps[0]._replace(state=StepState.DONE)
    steps[2] = steps[2]._replace(state=StepState.SKIPPED)
    assert plans.progress(steps) == (2, 5)


# Escalations.


@pytest.mark.parametrize(
    ("severity", "opened", "updated", "due"),
    [
        (Severity.CRITICAL, date(2026, 11, 19), None, date(2026, 11, 20)),
        (Severity.HIGH, date(2026, 11, 19), None, date(2026, 11, 20)),
        (Severity.MEDIUM, date(2026, 11, 19), None, date(2026, 11, 20)),
        (Severity.MEDIUM, date(2026, 11, 20), None, date(2026, 11, 23)),
        (Severity.CRITICAL, OPENED, date(2026, 11, 19), date(2026, 11, 20)),
        (Severity.CRITICAL, OPENED, date(2026, 11, 20), date(2026, 11, 23)),
        (Severity.HIGH, OPENED, date(2026, 11, 18), date(2026, 11, 20)),
        (Severity.HIGH, OPENED, date(2026, 11, 19), date(2026, 11, 23)),
        (Severity.MEDIUM, OPENED, date(2026, 11, 18), date(2026, 11, 25)),
        (Severity.LOW, OPENED, None, None),
        (Severity.LOW, OPENED, TODAY, None),
    ],
)
def test_an_update_is_owed_by_the_severity_and_the_first_on_the_next_working_day(
    severity: Severity, opened: date, updated: date | None, due: date | None
) -> None:
    assert risks.update_due_on(severity, opened, updated, STANDARD) == due


@given(st.sampled_from([Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM]), DAYS, st.none() | DAYS, CALENDARS)
def test_an_update_is_owed_on_a_working_day_after_the_last_and_no_severer_one_later(
    severity: Severity, opened: date, updated: date | None, calendar: Calendar
) -> None:
    due = risks.update_due_on(severity, opened, updated, calendar)
    graver = risks.update_due_on(Severity.CRITICAL, opened, updated, calendar)
    assert due is not None
    assert graver is not None
    assert calendar.works(due)
    assert (updated or opened) < graver <= due


def test_a_signal_of_risk_suggests_a_recovery_until_one_that_closed_on_its_day_or_later_has_answered_it() -> None:
    assert risks.suggests(Signal.VALUE, OPENED, [])
    assert risks.suggests(Signal.VALUE, OPENED, [after(-30), after(-1)])
    assert not risks.suggests(Signal.VALUE, OPENED, [after(-30), OPENED])
    assert not any(risks.suggests(signal, OPENED, []) for signal in Signal if signal not in RISK_SIGNALS)
