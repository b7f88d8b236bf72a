"""The plans of the made-up book: as a real year would leave them, in the words of the shipped playbooks."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.domain import onboarding, plans, reviews, risks
from csm_tui.domain.days import STANDARD
from csm_tui.domain.plans import Party, Plan, Step, StepState
from csm_tui.domain.playbooks import OURS
from csm_tui.domain.reviews import ReviewState
from csm_tui.domain.risks import How
from csm_tui.exchange.demo import write_demo
from csm_tui.playbooks import load, read_text, shipped
from csm_tui.store.connection import reading
from csm_tui.store.queries import accounts
from csm_tui.store.queries import plans as query
from csm_tui.store.queries import reviews as clocks
from csm_tui.store.queries import risks as risk_query
from csm_tui.store.queries.kept_up import is_kept_up
from csm_tui.views.keep_up import falls_due
from tests.exchange.test_demo import DAYS, SATURDAY, demo, number, rows


def every_plan(path: str, today: date) -> list[Plan]:
    names = [row[0] for row in rows(path, "SELECT DISTINCT playbook FROM plan ORDER BY 1")]
    with reading(path, today) as book:
        return [plan for name in names for plan in query.of_playbook(book, str(name))]


def names(path: str) -> dict[object, object]:
    return dict(row for row in rows(path, "SELECT id, name FROM account") if len(row) == 2)


def late(steps: tuple[Step, ...], today: date) -> list[int]:
    return [step.days_late(today) for step in steps if step.state is StepState.OPEN and step.due_on < today]


@pytest.mark.parametrize("today", DAYS, ids=str)
class TestThePlansOfFortyOnAnyDay:
    def test_are_what_the_rules_would_have_opened_so_that_they_add_nothing(self, tmp_path: Path, today: date) -> None:
        with reading(demo(tmp_path, today), today) as book:
            assert is_kept_up(book)
            found = falls_due(book)
        assert found.begins == ()
        assert found.sees == ()

    def test_onboard_ten_of_whom_one_waits_one_is_held_back_and_two_are_late(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        found = [plan for plan in every_plan(path, today) if plan.playbook == "onboarding"]
        running = [plan for plan in found if plan.closed_on is None]
        assert len(running) in {9, 10}
        waits = [step for plan in running for step in plan.steps if step.waiting_on is Party.THEM]
        assert [(step.title, step.state) for step in waits] == [
            ("Access, sign-in and environment ready", StepState.OPEN)
        ]
        behind = [days for plan in running for days in late(plan.steps, today)]
        assert len(behind) == 3
        assert max(behind) <= 5
        held = {
            names(path)[plan.account_id] for plan in running for step in plan.steps
            if step.due_on <= today + timedelta(days=20) and step.state is StepState.OPEN
            and plans.held_back_by(step, plan.steps)
        }  # fmt: skip
        assert "Liberty's Delightful Bakery" in held

    def test_closed_the_first_month_of_nine_in_ten_in_time(self, tmp_path: Path, today: date) -> None:
        found = [plan.steps for plan in every_plan(demo(tmp_path, today), today) if plan.playbook == "onboarding"]
        assert onboarding.rate(found, today) == (19, 21)

    def test_prepare_reviews_miss_few_and_have_one_booked(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        with reading(path, today) as book:
            found = clocks.facts(book)
        standings = [one for facts in found if (one := reviews.standing(facts, today)) is not None]
        assert len(standings) == 40
        states = [one.state for one in standings]
        assert states.count(ReviewState.MISSED) in {1, 2}
        assert states.count(ReviewState.BOOKED) in {1, 2}
        assert "ebr" in {one.kind for one in standings if one.state is ReviewState.BOOKED}
        good, all_due = reviews.rate([reviews.reviews(facts) for facts in found], today)
        assert all_due >= 20
        assert 0.8 <= good / all_due < 1.01
        running = [plan for plan in every_plan(path, today) if plan.playbook in {"qbr", "ebr"}]
        done = [plans.progress(plan.steps) for plan in running]
        assert 4 <= len(running) <= 10
        assert any(0.3 <= some / of <= 0.7 for some, of in done)

    def test_recover_four_and_remember_how_others_ended(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        with reading(path, today) as book:
            active = risk_query.open_risks(book)
            ended = [row[0] for row in rows(path, "SELECT how FROM risk WHERE closed_on IS NOT NULL ORDER BY 1")]
            [alarm] = risk_query.escalations(book)
            due_on = risks.update_due_on(alarm.severity, alarm.opened_on, alarm.updated_on, STANDARD)
            assert accounts.account_facts(book)[1].name == "Northwind Traders"
            [walk] = [plan for plan in query.of_account(book, 1) if plan.playbook == "recovery"]
        assert len(active) == 4
        assert ended == [How.LOST, How.RECOVERED, How.RECOVERED, How.RIGHT_SIZED]
        assert due_on == STANDARD.forward(today)
        [risk] = [risk for risk in active if risk.account_id == 1]
        assert {one.signal for one in risk.signals} == {"usage", "tickets", "champion"}
        assert plans.progress(walk.steps) == (2, 5)
        [days] = late(walk.steps, today)
        assert days in {4, 5, 6}
        looks = "SELECT state FROM step WHERE code = 'relapse' ORDER BY due_on"
        assert [row[0] for row in rows(path, looks)] == ["done", "done", "open"]

    def test_tell_nothing_of_the_days_ahead_or_before_they_began(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        for plan in every_plan(path, today):
            assert plan.opened_on <= today
            assert (plan.closed_on is None) == any(step.state is StepState.OPEN for step in plan.steps)
            for step in plan.steps:
                assert step.closed_on is None or plan.opened_on <= step.closed_on <= today
                assert step.due_on >= today or step.state is not StepState.OPEN or step.days_late(today) <= 8
        assert number(path, f"SELECT count(*) FROM risk WHERE opened_on > '{today}' OR closed_on > '{today}'") == 0
        assert number(path, f"SELECT count(*) FROM risk_signal WHERE max(seen_on, met_on) > '{today}'") == 0


def test_the_words_of_plans_are_those_of_the_shipped_playbooks(tmp_path: Path) -> None:
    path = demo(tmp_path, SATURDAY)
    texts = dict(row for row in rows(path, "SELECT id, text FROM template") if len(row) == 2)
    told = {key: read_text(str(text))[0] for key, text in texts.items()}
    assert set(texts.values()) == {shipped(one.id).text for one in told.values() if one is not None}
    steps = [step for plan in every_plan(path, SATURDAY) for step in plan.steps]
    assert len(steps) >= 700
    for step in steps:
        playbook = told[step.template_id]
        template = playbook.step(step.code) if playbook is not None else None
        assert template is not None
        assert (step.title, step.phase, step.owner, step.gate) == (
            template.title, template.phase, template.owner, template.gate,
        )  # fmt: skip
        if step.state is StepState.DONE:
            assert step.ticked == (1 << len(template.checks)) - 1


def test_what_others_do_stands_in_the_ledger(tmp_path: Path) -> None:
    path = demo(tmp_path, SATURDAY)
    told = {"open": "open", "done": "kept", "skipped": "released"}
    kept = {row[0]: row[1:] for row in rows(path, "SELECT step_id, state, due_on, side FROM promise WHERE step_id")}
    theirs = [step for plan in every_plan(path, SATURDAY) for step in plan.steps if step.owner not in OURS]
    assert kept == {step.step_id: (told[step.state], step.due_on.isoformat(), "theirs") for step in theirs}


def test_a_users_own_playbook_changes_nothing(tmp_path: Path) -> None:
    folder = Path(paths.playbooks())
    folder.mkdir(parents=True)
    (folder / "qbr.toml").write_text(shipped("qbr").text.replace("Collect the facts", "Something of mine"))
    assert load("qbr").own
    path = demo(tmp_path, date(2026, 11, 20))
    assert number(path, "SELECT count(*) FROM step WHERE title = 'Something of mine'") == 0
    assert number(path, "SELECT count(*) FROM step WHERE title = 'Collect the facts'") >= 4


def test_a_book_for_measuring_has_its_plans_running_if_that_is_wished(tmp_path: Path) -> None:
    path = str(tmp_path / "large.db")
    write_demo(path, SATURDAY, 200, 2_000, plans=True)
    steps = number(path, "SELECT count(*) FROM step")
    assert 37 * 200 <= steps <= 43 * 200
    assert number(path, "SELECT count(*) FROM plan WHERE closed_on IS NULL") >= 0.95 * number(
        path, "SELECT count(*) FROM plan"
    )
    assert number(path, "SELECT count(DISTINCT account_id) FROM plan WHERE closed_on IS NULL") == 200
    late = number(path, f"SELECT count(*) FROM step WHERE state = 'open' AND due_on < '{SATURDAY}'")
    assert 0 < late < 0.03 * steps
    assert rows(path, "PRAGMA foreign_key_check") == []
    assert number(demo(tmp_path, SATURDAY, 50, 50), "SELECT count(*) FROM plan") == 0
