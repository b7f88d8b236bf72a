"""The recoveries by what is at stake, and one as it is walked."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from csm_tui.actions.escalations import Escalate, escalate
from csm_tui.actions.recovery import CloseRisk, OpenRisk, Seen, StateExit, close_risk, open_risk, state_exit
from csm_tui.actions.steps import DoneStep, SkipStep, done_step, skip_step
from csm_tui.domain.accounts import Role
from csm_tui.domain.playbooks import OURS
from csm_tui.domain.policy import POLICY, MoneyPolicy, Policy
from csm_tui.domain.risks import HEADINGS, How, Severity
from csm_tui.domain.touchpoints import Side, Signal
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.views.filters import recoveries_through
from csm_tui.views.recovery import (
    RecoveryBoard,
    RecoveryWalk,
    Suggested,
    last_recovery,
    recovery_board,
    recovery_walk,
    suggested_signals,
)
from csm_tui.views.recovery_json import line_json, walk_json
from tests.conftest import TODAY

FILL = """
INSERT INTO account (name, added_on, started_on, renewal_on, notice_days, arr_cents, currency) VALUES
  ('Acme', '2026-01-05', '2025-11-01', '2027-02-14', 30, 4800000, 'EUR'),
  ('Beta', '2026-01-05', '2025-11-01', NULL, NULL, NULL, 'EUR'),
  ('Gamma', '2026-01-05', NULL, NULL, NULL, 4500000, 'GBP'),
  ('Delta', '2026-01-05', NULL, '2026-12-31', NULL, 4800000, 'EUR'),
  ('Gone', '2026-01-05', NULL, NULL, NULL, 9900000, 'EUR');
INSERT INTO contact (account_id, name, role, status) VALUES
  (1, 'Jon Bell', 'admin', 'active'), (1, 'Maya Chen', 'executive sponsor', 'active'),
  (1, 'Ana Ruiz', 'champion', 'left'), (1, 'Li Wei', 'admin', 'active');
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) VALUES
  (1, '2026-08-01', 'call', 'held', 'two-way', 'too old'),
  (1, '2026-11-02', 'call', 'held', 'two-way', 'is it still needed'),
  (1, '2026-11-03', 'email', 'held', 'out', 'invoice is late'),
  (1, '2026-11-04', 'call', 'missed', 'two-way', 'nobody came'),
  (1, '2026-11-05', 'note', 'held', 'internal', 'wants seats');
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (2, 1), (2, 3);
INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES
  (1, 'nps'), (2, 'value'), (3, 'payment'), (4, 'silence'), (5, 'growth'), (3, 'value');
INSERT INTO promise (account_id, side, what, due_on, state, made_on) VALUES
  (1, 'theirs', 'their list', '2026-11-10', 'open', '2026-11-02'),
  (1, 'ours', 'send usage', '2026-11-18', 'open', '2026-11-02');
INSERT INTO pulse (account_id, value, given_on) VALUES (1, 2, '2026-11-02');
"""
NAMES = {1: "Acme", 2: "Beta", 3: "Gamma", 4: "Delta", 5: "Gone"}
RATES = POLICY._replace(money=MoneyPolicy("EUR", {"GBP": (12, 10)}))


@pytest.fixture
def filled(book: str) -> str:
    with sqlite3.connect(book, isolation_level=None) as connection:
        connection.executescript(FILL)
    connection.close()
    return book


def do(path: str, action: Callable[[Any, Any], Any], wanted: Any, today: date = TODAY) -> Any:
    with write_light(path, Operation(wanted.label, "test", "2026-11-21T09:00:00.000Z"), today) as writing:
        return action(writing, wanted)


def begun(path: str, account_id: int = 1, *signals: Signal, on: date = TODAY) -> None:
    seen = tuple(Seen(signal, f"seen {signal}", on) for signal in signals or (Signal.VALUE,))
    do(path, open_risk, OpenRisk(account_id, NAMES[account_id], seen), on)


def board(path: str, policy: Policy = POLICY) -> RecoveryBoard:
    with reading(path, TODAY, policy=policy) as one:
        return recovery_board(one)


def walk(path: str, account_id: int = 1, today: date = TODAY) -> RecoveryWalk:
    with reading(path, today) as one:
        found = recovery_walk(one, account_id)
    assert found is not None
    return found


def suggested(path: str) -> list[Suggested]:
    with reading(path, TODAY) as one:
        return suggested_signals(one, 1)


def test_without_a_risk_the_board_is_empty_and_nothing_is_walked(filled: str) -> None:
    found = board(filled)
    assert (found.lines, found.plays, found.too_many, found.sums) == ([], 0, False, ())
    with reading(filled, TODAY) as one:
        assert recovery_walk(one, 1) is None
        assert recovery_walk(one, 99) is None


def test_the_most_at_stake_stands_first_then_the_earlier_decision(filled: str) -> None:
    for account_id in (1, 2, 3, 4, 5):
        begun(filled, account_id)
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.execute("UPDATE account SET churned_on = '2026-11-20' WHERE id = 5")
    found = board(filled, RATES)
    # Gamma's pounds are worth 54,000; Beta has no amount, so the median of the book stands in
    assert [(line.facts.name, line.value_cents, line.currency) for line in found.lines] == [
        ("Gamma", 5_400_000, "EUR"),
        ("Delta", 4_800_000, "EUR"),
        ("Acme", 4_800_000, "EUR"),
        ("Beta", 4_800_000, "EUR"),
    ]
    assert found.sums == (("EUR", 19_800_000),)


def test_a_line_has_the_next_step_with_its_lateness_and_what_is_done(filled: str) -> None:
    begun(filled, 1, Signal.VALUE, on=date(2026, 11, 2))
    first = board(filled).lines[0]
    assert first.next is not None
    assert (first.next.title, first.next.due_on) == ("Confirm the signal and name its cause", date(2026, 11, 3))
    assert first.days_late == 18
    assert (first.done, first.of > 3) == (0, True)
    do(filled, done_step, DoneStep(first.next.step_id, first.next.title, "Acme"))
    assert board(filled).lines[0].done == 1
    assert (first.opt_out_on, first.band) == (date(2027, 1, 15), "at risk")
    assert board(filled).late == 1


def test_more_than_three_plays_at_a_time_are_too_many(filled: str) -> None:
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.execute("UPDATE account SET churned_on = NULL")
    for chosen, account_id in enumerate((1, 2, 3, 4), 1):
        begun(filled, account_id)
        assert board(filled).plays == chosen - 1
        step = next(step for step in walk(filled, account_id).line.steps if step.code == "play")
        do(filled, done_step, DoneStep(step.step_id, step.title, NAMES[account_id]))
        found = board(filled)
        assert (found.plays, found.too_many) == (chosen, chosen > 3)


def test_the_walk_has_what_the_first_ten_minutes_ask_for(filled: str) -> None:
    begun(filled, 1, Signal.VALUE, Signal.CHAMPION)
    found = walk(filled)
    assert [touch.summary for touch in found.touches] == ["invoice is late", "is it still needed", "too old"]
    assert [(one.side, one.what) for one in found.promises][:1] == [(Side.OURS, "send usage")]
    assert [(one.role, one.names, one.last_on) for one in found.silences] == [
        (Role.CHAMPION, (), None),
        (Role.ECONOMIC_BUYER, (), None),
        (Role.EXECUTIVE_SPONSOR, ("Maya Chen",), None),
        (Role.ADMIN, ("Jon Bell", "Li Wei"), date(2026, 11, 2)),
    ]
    assert found.line.signals == (Signal.VALUE, Signal.CHAMPION)


def test_steps_are_walked_by_heading_then_by_day_each_with_its_guidance(filled: str) -> None:
    begun(filled, 1, Signal.VALUE, Signal.CHAMPION)
    found = walk(filled)
    places = [(HEADINGS.index(step.phase), step.due_on, step.n) for step in found.line.steps]
    assert places == sorted(places)
    assert [one.step for one in found.details] == list(found.line.steps)
    assert all(one.guidance and one.checks for one in found.details)
    assert [one.step.code for one in found.details if one.closing] == ["close"]


def test_what_stands_against_closing_is_told_for_each_way(filled: str) -> None:
    begun(filled)
    found = walk(filled)
    assert not found.can_close
    assert "are still open: do them, or skip them with a reason" in found.against[How.RECOVERED]
    assert found.against[How.RIGHT_SIZED] == found.against[How.RECOVERED]
    assert found.against[How.LOST] == found.against[How.NOT_A_RISK] == ""
    for step in found.line.steps:
        if step.required and step.code != "close":
            do(filled, skip_step, SkipStep(step.step_id, step.title, "Acme", "not needed"))
    found = walk(filled)
    assert found.against[How.RIGHT_SIZED] == ""
    assert "the exit test is not met (a number of value" in found.against[How.RECOVERED]
    do(filled, state_exit, StateExit(found.line.risk.signals[0].row_id, Signal.VALUE, "Acme", "Maya: 3 days a month"))
    assert walk(filled).can_close
    do(filled, close_risk, CloseRisk(1, "Acme", How.RECOVERED, "value"))
    assert board(filled).lines == []


@pytest.mark.parametrize(
    ("signal", "sql"),
    [
        (Signal.SILENCE, ""),
        (
            Signal.CHAMPION,
            "INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (6, 1), (6, 2)",
        ),
    ],
)
def test_what_is_measured_is_met_by_what_the_book_holds(filled: str, signal: Signal, sql: str) -> None:
    begun(filled, 1, signal, on=date(2026, 11, 10))
    assert [one.met for one in walk(filled).line.exits] == [False]
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.execute(
            "INSERT INTO touchpoint (account_id, day, kind, state, direction, summary) "
            "VALUES (1, '2026-11-12', 'call', 'held', 'two-way', 'again')"
        )
        if sql:
            connection.execute(sql)
    connection.close()
    assert [one.met for one in walk(filled).line.exits] == [True]
    assert [one.met for one in board(filled).lines[0].exits] == [True]


def test_a_stalled_milestone_keeps_its_exit_test_open_and_one_that_is_over_meets_it(filled: str) -> None:
    begun(filled, 1, Signal.STALLED)
    assert not walk(filled).line.exits[0].met, "no onboarding has run: nothing measures it"
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.executescript("""
            INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on)
              VALUES (1, 'onboarding', 'Onboarding', 1, '2026-09-01', '2026-09-01');
            INSERT INTO step (plan_id, account_id, n, template_id, code, title, required, due_on, baseline_on)
              VALUES (2, 1, 1, 1, 'x', 'Live', 1, '2026-11-01', '2026-11-01');
        """)
        late = walk(filled).line.exits[0].met
        connection.executescript(
            "UPDATE step SET state = 'done', closed_on = '2026-11-21' WHERE plan_id = 2;"
            "UPDATE plan SET closed_on = '2026-11-21' WHERE id = 2;"
        )
        over = walk(filled).line.exits[0].met
        connection.executescript("UPDATE plan SET closed_on = '2026-11-01' WHERE id = 2;")
        before = walk(filled).line.exits[0].met
    connection.close()
    assert (late, over, before) == (False, True, False)


def test_an_escalation_stands_on_the_line_with_its_next_update(filled: str) -> None:
    begun(filled)
    do(filled, escalate, Escalate(1, "Acme", Severity.HIGH, "a date for the fix"))
    line = board(filled).lines[0]
    assert (line.risk.severity, line.update_on) == (Severity.HIGH, date(2026, 11, 23))
    assert line.escalation is not None
    assert line.escalation.what == "a date for the fix"


def test_signals_of_the_last_90_days_are_suggested_with_their_words(filled: str) -> None:
    assert suggested(filled) == [
        (Signal.VALUE, "is it still needed", date(2026, 11, 2), 2),
        (Signal.PAYMENT, "invoice is late", date(2026, 11, 3), 3),
        (Signal.VALUE, "invoice is late", date(2026, 11, 3), 3),
    ]


def test_what_a_closed_risk_has_answered_is_suggested_no_more(filled: str) -> None:
    begun(filled, 1, on=date(2026, 11, 2))
    do(filled, close_risk, CloseRisk(1, "Acme", How.NOT_A_RISK, "other"), date(2026, 11, 2))
    assert [one.on.day for one in suggested(filled)] == [3, 3]


def test_a_promise_that_stands_for_a_step_is_shown_as_that_step_alone(filled: str) -> None:
    begun(filled, 1, Signal.PAYMENT)
    found = walk(filled)
    assert [one.what for one in found.promises] == ["send usage", "their list"]
    assert any(step.owner not in OURS for step in found.line.steps)


def test_the_last_recovery_is_the_open_one_else_the_one_closed_last(filled: str) -> None:
    begun(filled)
    do(filled, close_risk, CloseRisk(1, "Acme", How.NOT_A_RISK, "other"))
    with reading(filled, TODAY) as one:
        last = last_recovery(one, 1)
        assert recovery_walk(one, 1) is None
        assert last_recovery(one, 2) is None
    assert last is not None
    told = walk_json(last)
    assert (told["closed_on"], told["how"], told["because"]) == ("2026-11-21", "not-a-risk", "other")
    begun(filled)
    with reading(filled, TODAY) as one:
        assert last_recovery(one, 1) == recovery_walk(one, 1)


def test_a_filter_sees_an_open_risk_by_its_words_and_facts(filled: str) -> None:
    begun(filled, 1, Signal.VALUE)
    begun(filled, 3, Signal.USAGE)
    with reading(filled, TODAY) as one:
        lines = recovery_board(one).lines
        names = {
            text: [line.facts.name for line in recoveries_through(one, [text], lines)]
            for text in ("usage", "confirm", "band:risk", "late>0", "arr>46k", "#value")
        }
    assert names == {
        "usage": ["Gamma"], "confirm": ["Acme", "Gamma"], "band:risk": ["Acme"], "late>0": [], "arr>46k": ["Acme"],
        "#value": ["Acme"],
    }  # fmt: skip


def test_scripts_get_the_names_they_rely_on(filled: str) -> None:
    begun(filled)
    told = walk_json(walk(filled))
    assert {"account", "signals", "severity", "opened_on", "steps", "exit_test", "can_close"} <= told.keys()
    exit_test: Any = told["exit_test"]
    assert (exit_test["met"], [part["signal"] for part in exit_test["parts"]]) == (False, ["value"])
    assert exit_test["text"].startswith("a number of value")
    steps: Any = told["steps"]
    assert steps[0]["plan"] == "recovery"
    line: Any = line_json(board(filled).lines[0])
    assert (line["account"], line["next_step"]["title"]) == ("Acme", "Confirm the signal and name its cause")
