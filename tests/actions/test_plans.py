"""What a plan writes: its steps and the promises behind them, what a gate refuses, what a talk and a booking do."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

import pytest

from csm_tui import playbooks
from csm_tui.actions.accounts import EditAccount, edit_account
from csm_tui.actions.plans import ClosePlan, StartPlan, close_plan, start_plan
from csm_tui.actions.reviews import SkipReview, skip_review
from csm_tui.actions.steps import (
    DoneStep,
    GiveStep,
    MoveStep,
    SkipStep,
    TickStep,
    done_step,
    give_step,
    move_step,
    skip_step,
    tick_step,
)
from csm_tui.domain import plans
from csm_tui.domain.days import STANDARD as WORKDAYS
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import OURS, STANDARD, Owner
from tests.blank import empty_book
from tests.conftest import TODAY
from tests.store.deeds import Deed, logging
from tests.store.test_every_action import do, rows, run

DAY = timedelta(days=1)
TEMPLATES = [one for one in playbooks.all_playbooks().templates if not one.playbook.id.startswith("recovery")]
FORMS = [(one, form) for one in TEMPLATES for form in (STANDARD, *(v.name for v in one.playbook.variants))]


@pytest.fixture(scope="session")
def three_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three accounts and nothing else."""
    path = str(tmp_path_factory.mktemp("three") / "book.db")
    empty_book(path)
    run(path, "INSERT INTO account (name, added_on, seats) VALUES ('A', '2026-01-01', 60), ('B', '2026-01-01', 60)")
    return path


@pytest.fixture
def three(three_once: str, tmp_path: Path) -> str:
    """A book of one's own."""
    return shutil.copy(three_once, str(tmp_path / "book.db"))


def start(path: str, playbook: str, anchor: date, variant: str = STANDARD, account: int = 1) -> int:
    template = playbooks.load(playbook)
    return int(do(path, Deed(start_plan, lambda _: StartPlan(account, "A", template, anchor, variant))))


def step(path: str, code: str) -> tuple[int, str, str]:
    """What names the open step of a code to an action."""
    found = rows(path, "SELECT id, title FROM step WHERE code = ? AND state = 'open'", code)
    return (*found[0], "A")


def act(path: str, action: Any, wanted: Any) -> Any:
    return do(path, Deed(action, lambda _: wanted))


def state(path: str, code: str) -> str:
    return str(rows(path, "SELECT state FROM step WHERE code = ? ORDER BY id", code)[0][0])


def dues(path: str) -> dict[str, str]:
    return dict(rows(path, "SELECT code, due_on FROM step WHERE state = 'open'"))


def test_every_shipped_playbook_is_written_as_the_rules_date_it(three: str) -> None:
    """Steps with their days and numbers, what has passed, and a promise behind every open step of another's."""
    chance = Random(4)
    for template, form in FORMS:
        anchor = TODAY + timedelta(days=chance.randint(-10, 120))
        plan = start(three, template.playbook.id, anchor, form)
        clock = plans.Clock(anchor, TODAY, WORKDAYS)
        wanted = [one for one in plans.dated(template.playbook, form, clock) if not one.template.after_close]
        found = rows(three, "SELECT n, code, due_on, baseline_on, state FROM step WHERE plan_id = ? ORDER BY n", plan)
        assert found == [
            (n, one.template.id, one.on.isoformat(), one.on.isoformat(), "passed" if one.passed else "open")
            for n, one in enumerate(wanted, 1)
        ]
        asked = rows(
            three,
            "SELECT s.code, p.side, p.state, p.due_on FROM promise p JOIN step s ON s.id = p.step_id "
            "WHERE s.plan_id = ? ORDER BY s.n",
            plan,
        )
        others = [one for one in wanted if one.template.owner not in OURS and not one.passed]
        assert asked == [(one.template.id, "theirs", "open", one.on.isoformat()) for one in others]
        act(three, close_plan, ClosePlan(plan, "It", "A", "the next"))
        assert rows(three, "SELECT count(*) FROM step WHERE state = 'open'") == [(0,)]
        assert rows(three, "SELECT count(*) FROM promise WHERE state = 'open'") == [(0,)]


def test_a_playbook_runs_once_an_account_and_is_kept_as_it_was(three: str) -> None:
    first = start(three, "onboarding", TODAY)
    with pytest.raises(Refusal, match="Onboarding runs at A already"):
        start(three, "onboarding", TODAY)
    start(three, "onboarding", TODAY, account=2)
    assert rows(three, "SELECT count(*), min(text) FROM template") == [(1, playbooks.load("onboarding").text)]
    act(three, close_plan, ClosePlan(first, "Onboarding", "A", "they paused"))
    start(three, "onboarding", TODAY)


def test_a_gate_says_what_is_missing_and_passes_once_it_is_there(three: str) -> None:
    start(three, "onboarding", TODAY - 5 * DAY)
    with pytest.raises(Refusal, match="is a gate and cannot be passed yet: no two-way talk"):
        act(three, done_step, DoneStep(*step(three, "kickoff")))
    do(three, logging("20.11 call early", account="A"))
    with pytest.raises(Refusal, match="no two-way talk"):
        act(three, done_step, DoneStep(*step(three, "kickoff")))
    do(three, logging("call kickoff", account="A"))
    act(three, done_step, DoneStep(*step(three, "kickoff")))
    with pytest.raises(Refusal, match="checks are not ticked"):
        act(three, done_step, DoneStep(*step(three, "month-1")))
    checks = playbooks.load("onboarding").playbook.step("month-1")
    assert checks is not None
    for at in range(len(checks.checks)):
        act(three, tick_step, TickStep(*step(three, "month-1"), at))
    act(three, done_step, DoneStep(*step(three, "month-1")))
    assert (state(three, "kickoff"), state(three, "month-1")) == ("done", "done")


def test_the_gate_of_adoption_asks_for_half_the_seats(three: str) -> None:
    start(three, "onboarding", TODAY)
    for value, passes in ((29, False), (30, True)):
        run(three, "DELETE FROM measure")
        run(three, f"INSERT INTO measure (account_id, name, value, day) VALUES (1, 'active', {value}, '2026-11-20')")
        if not passes:
            with pytest.raises(Refusal, match="29 of 60 seats are active"):
                act(three, done_step, DoneStep(*step(three, "adoption-gate")))
    act(three, done_step, DoneStep(*step(three, "adoption-gate")))


def test_a_plan_that_would_leave_the_years_of_the_book_is_refused(three: str) -> None:
    with pytest.raises(Refusal, match="The year 2200 is out of range"):
        start(three, "onboarding", date(2199, 12, 20))
    start(three, "onboarding", TODAY)
    with pytest.raises(Refusal, match="The year 2200 is out of range"):
        act(three, edit_account, EditAccount(1, "Northwind", {"started_on": "2199-12-01"}))


def test_a_plan_that_would_be_over_before_it_begins_is_refused(three: str) -> None:
    with pytest.raises(Refusal, match="Counted from 1 Mar 2025 every step of Onboarding lies before today"):
        start(three, "onboarding", date(2025, 3, 1))
    assert rows(three, "SELECT count(*) FROM plan") == [(0,)]
    start(three, "onboarding", TODAY)


def test_a_closed_or_passed_step_cannot_be_moved_or_done_again(three: str) -> None:
    start(three, "onboarding", TODAY - 4 * DAY)
    welcome = step(three, "recap")
    act(three, done_step, DoneStep(*welcome))
    for action, wanted in ((move_step, MoveStep(*welcome, TODAY + DAY)), (done_step, DoneStep(*welcome))):
        with pytest.raises(Refusal, match="was done on 21 Nov 2026: undo that first"):
            act(three, action, wanted)
    ((number, title),) = rows(three, "SELECT id, title FROM step WHERE code = 'handoff'")
    with pytest.raises(Refusal, match="was over before the plan began"):
        act(three, move_step, MoveStep(number, title, "A", TODAY + DAY))
    with pytest.raises(Refusal, match="Say why"):
        act(three, skip_step, SkipStep(*step(three, "data"), " "))


def test_moving_a_step_keeps_its_baseline_and_takes_the_later_open_ones_and_their_promises_along(three: str) -> None:
    start(three, "onboarding", TODAY)
    act(three, done_step, DoneStep(*step(three, "user-training")))
    before = rows(three, "SELECT code, due_on, baseline_on, state FROM step ORDER BY n")
    act(three, move_step, MoveStep(*step(three, "access"), date(2026, 12, 7), shift=True))
    after = rows(three, "SELECT code, due_on, baseline_on, state FROM step ORDER BY n")
    for (code, due, baseline, was), (_, to, kept, _) in zip(before, after, strict=True):
        assert kept == baseline
        later = due > "2026-11-30" and was == "open"
        moved = WORKDAYS.forward(date.fromisoformat(due) + 7 * DAY).isoformat()
        assert to == ("2026-12-07" if code == "access" else moved if later else due)
    told = rows(three, "SELECT s.due_on, p.due_on FROM promise p JOIN step s ON s.id = p.step_id")
    assert told
    assert all(due == promised for due, promised in told)


def test_later_steps_go_only_where_they_were_shown_to_go(three: str) -> None:
    start(three, "onboarding", TODAY)
    access, data = step(three, "access"), step(three, "data")
    to = TODAY + 16 * DAY
    with pytest.raises(Refusal, match="later steps were changed elsewhere in the meantime"):
        act(three, move_step, MoveStep(*access, to, shift=True, shown={data[0]: to}))
    act(three, move_step, MoveStep(*access, to, shift=False, shown={data[0]: to}))


def test_the_promise_behind_a_step_is_kept_released_or_given_up_with_it(three: str) -> None:
    start(three, "onboarding", TODAY)
    act(three, done_step, DoneStep(*step(three, "access")))
    act(three, skip_step, SkipStep(*step(three, "data"), "later"))
    act(three, give_step, GiveStep(*step(three, "go-live"), Owner.US))
    act(three, give_step, GiveStep(*step(three, "recap"), Owner.AE))
    found = rows(three, "SELECT s.code, p.what, p.state FROM promise p JOIN step s ON s.id = p.step_id ORDER BY s.n")
    assert [(code, how) for code, _, how in found] == [
        ("handoff", "open"), ("recap", "open"), ("access", "kept"), ("data", "released"), ("support-review", "open"),
    ]  # fmt: skip
    assert [what for _, what, _ in found][1:3] == [
        "AE: Recap within one working day",
        "Access, sign-in and environment ready",
    ]


@pytest.mark.parametrize(
    ("start_ago", "line", "done"),
    [
        (2, "call ok", ["check-in-1"]),
        (2, "training for a friend", ["check-in-1"]),
        (0, "call ok", []),
        (10, "call ok", []),
        (10, "training for the admin", ["check-in-2"]),
        (15, "training for all", ["user-training"]),
        (15, "call ok", ["check-in-3"]),
        (15, "20.11 call ok", []),
        (15, "call no answer", []),
    ],
)
def test_a_talk_completes_the_one_step_it_fits_best_that_is_due_within_a_week(
    three: str, start_ago: int, line: str, done: list[str]
) -> None:
    """A kind of talk before any talk, then the earliest; nothing by a talk from before the plan."""
    start(three, "onboarding", TODAY - start_ago * DAY)
    do(three, logging(line, account="A"))
    assert [code for (code,) in rows(three, "SELECT code FROM step WHERE state = 'done'")] == done


def test_booking_a_review_counts_its_open_preparation_from_that_day_and_keeps_the_baselines(three: str) -> None:
    start(three, "qbr", date(2027, 1, 11))
    act(three, done_step, DoneStep(*step(three, "build")))
    before = dict(rows(three, "SELECT code, baseline_on FROM step"))
    for line, on in (("18.1 qbr", date(2027, 1, 18)), ("30.11 qbr", date(2026, 11, 30))):
        do(three, logging(line, account="A"))
        clock = plans.Clock(on, date(2026, 1, 1), WORKDAYS)
        wanted = plans.dated(playbooks.load("qbr").playbook, STANDARD, clock)
        days = {one.template.id: max(one.on, TODAY).isoformat() for one in wanted if one.template.id != "build"}
        assert dues(three) == days
    assert dict(rows(three, "SELECT code, baseline_on FROM step")) == before


@pytest.mark.parametrize("early", [0, 3, 40])
def test_a_review_that_is_held_does_its_step_however_early_and_leaves_what_follows_it(three: str, early: int) -> None:
    start(three, "qbr", TODAY + early * DAY)
    do(three, logging("ebr all agreed", account="A"))
    assert state(three, "hold") == "done"
    clock = plans.Clock(TODAY, TODAY, WORKDAYS)
    wanted = plans.dated(playbooks.load("qbr").playbook, STANDARD, clock)
    assert dues(three) == {one.template.id: one.on.isoformat() for one in wanted if one.template.day > 0}
    skipped = rows(three, "SELECT DISTINCT reason FROM step WHERE state = 'skipped'")
    assert skipped == ([] if early == 0 else [("the review was held",)])


def test_a_review_of_the_first_90_days_is_held_and_lets_no_milestone_go(three: str) -> None:
    start(three, "onboarding", TODAY)
    do(three, logging("qbr early", account="A"))
    assert state(three, "first-qbr") == "done"
    assert rows(three, "SELECT count(*) FROM step WHERE state = 'skipped'") == [(0,)]


def test_a_review_that_is_let_go_ends_its_preparation(three: str) -> None:
    start(three, "qbr", TODAY + 42 * DAY, account=2)
    with pytest.raises(Refusal, match="Say why"):
        act(three, skip_review, SkipReview(2, "B", TODAY + 42 * DAY, ""))
    act(three, skip_review, SkipReview(2, "B", TODAY + 42 * DAY, "they move house"))
    assert rows(three, "SELECT DISTINCT state, reason FROM step WHERE account_id = 2") == [
        ("skipped", "they move house"),
    ]  # fmt: skip
    assert rows(three, "SELECT due_on FROM review_skip") == [((TODAY + 42 * DAY).isoformat(),)]
    with pytest.raises(Refusal, match="was skipped already"):
        act(three, skip_review, SkipReview(2, "B", TODAY + 42 * DAY, "again"))


AGAIN = """
id = "weekly"
name = "Weekly"
anchor = "opened"

[[step]]
id = "update"
title = "Send the update"
day = 0
owner = "support"
every = 7
done_by = "call"
"""


@pytest.mark.parametrize("by", ["a key", "a talk"])
def test_a_step_that_comes_again_keeps_its_plan_running_and_is_promised_anew(three: str, by: str) -> None:
    playbook, mistakes = playbooks.read_text(AGAIN)
    assert playbook is not None, mistakes
    template = playbooks.Template(playbook, AGAIN, "", own=True)
    do(three, Deed(start_plan, lambda _: StartPlan(1, "A", template, TODAY)))
    if by == "a key":
        act(three, done_step, DoneStep(*step(three, "update")))
    else:
        do(three, logging("call ok"))
    assert rows(three, "SELECT closed_on FROM plan") == [(None,)]
    assert rows(three, "SELECT s.n, s.state, s.due_on, s.owner, p.what, p.state, p.due_on FROM step s "
                       "JOIN promise p ON p.step_id = s.id ORDER BY s.n") == [
        (1, "done", "2026-11-23", "support", "Support: Send the update", "kept", "2026-11-23"),
        (2, "open", "2026-11-30", "support", "Support: Send the update", "open", "2026-11-30"),
    ]  # fmt: skip
    ((number, title),) = rows(three, "SELECT id, title FROM step WHERE state = 'open'")
    act(three, skip_step, SkipStep(number, title, "A", "agreed"))
    assert rows(three, "SELECT closed_on FROM plan") == [("2026-11-21",)], "let go, it comes no more"
