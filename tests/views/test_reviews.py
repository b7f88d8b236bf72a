"""The board of reviews: where each stands, in which order, how far it is prepared, and the rate behind the border."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.actions.reviews import SkipReview, skip_review
from csm_tui.actions.steps import DoneStep, done_step
from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.logline import parse
from csm_tui.domain.reviews import ReviewState
from csm_tui.playbooks import load
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.views.review_words import attending, from_t, step_why, told, why
from csm_tui.views.reviews import ReviewBoard, ReviewLine, as_json, review_board, review_glance, review_item
from csm_tui.views.today import today_list
from tests.conftest import TODAY

if TYPE_CHECKING:
    from collections.abc import Callable

AT = "2026-11-21T09:00:00.000Z"
FILL = """
INSERT INTO account (name, tier, added_on, started_on, review_days, review_kind, churned_on) VALUES
  ('Acme', 'high-touch', '2026-01-05', '2026-08-31', NULL, NULL, NULL),
  ('Beta', 'high-touch', '2026-01-05', '2025-01-10', NULL, NULL, NULL),
  ('Gamma', 'high-touch', '2026-01-05', '2025-01-10', NULL, 'ebr', NULL),
  ('Delta', 'high-touch', '2026-01-05', '2025-01-10', NULL, NULL, NULL),
  ('Epsilon', 'high-touch', '2026-01-05', '2025-01-10', 0, NULL, NULL),
  ('Zeta', 'high-touch', '2026-01-05', '2025-01-10', NULL, NULL, NULL),
  ('Eta', 'high-touch', '2026-01-05', '2025-01-10', NULL, NULL, '2026-11-01');
INSERT INTO contact (account_id, name, role, status, left_on) VALUES
  (1, 'Jon', 'champion', 'active', NULL), (1, 'Ana', 'economic buyer', 'active', NULL),
  (2, 'Li', 'champion', 'active', NULL), (2, 'Old', 'economic buyer', 'left', '2026-10-01'),
  (3, 'Mia', 'executive sponsor', 'active', NULL);
INSERT INTO touchpoint (account_id, day, kind, state, direction) VALUES
  (2, '2026-08-13', 'qbr', 'held', 'two-way'), (4, '2026-10-15', 'qbr', 'held', 'two-way'),
  (3, '2026-09-01', 'ebr', 'held', 'two-way'), (3, '2026-11-24', 'ebr', 'booked', 'two-way'),
  (6, '2026-08-20', 'qbr', 'held', 'two-way'), (6, '2026-11-17', 'qbr', 'booked', 'two-way');
"""
"""Acme is due Tue 24 Nov for the first time; Beta was due 12 Nov; Zeta was booked for the 17th, and nobody answered."""


@pytest.fixture
def filled(book: str) -> str:
    """A book of reviews in every state."""
    connection = sqlite3.connect(book, isolation_level=None)
    connection.executescript(FILL)
    connection.close()
    return book


def do(path: str, action: Callable[..., Any], wanted: Any, today: date = TODAY) -> Any:
    """Carry out a command on a day."""
    with write_light(path, Operation(wanted.label, "shell", AT), today) as writing:
        return action(writing, wanted)


def board(path: str, today: date = TODAY) -> ReviewBoard:
    with reading(path, today) as book:
        return review_board(book)


def line(path: str, name: str, today: date = TODAY) -> ReviewLine:
    return next(one for one in board(path, today).lines if one.facts.name == name)


def prepare(path: str, account_id: int, name: str, on: date, today: date) -> list[Any]:
    """Start the preparation of a review; the ids and titles of its steps."""
    plan_id = do(path, start_plan, StartPlan(account_id, name, load("qbr"), on), today)
    with reading(path, today) as book:
        return book.rows("SELECT id, title FROM step WHERE plan_id = ? ORDER BY n", (plan_id,))


def log(path: str, text: str, account_id: int = 1, name: str = "Acme", today: date = TODAY) -> Any:
    return do(path, log_touchpoint, LogTouchpoint(account_id, name, parse(text, today)), today)


def test_missed_and_unanswered_ones_stand_first_then_those_at_work_by_day_then_those_that_open_later(
    filled: str,
) -> None:
    found = board(filled)
    assert [(one.facts.name, told(one, TODAY)) for one in found.lines] == [
        ("Beta", "9 d late"), ("Zeta", "held?"), ("Acme", "to prepare"), ("Gamma", "booked"),
        ("Delta", "opens 3 Dec"),
    ]  # fmt: skip
    assert found.late == 1
    assert [str(one.state) for one in found.lines] == ["missed", "booked", "due", "booked", "due"]
    assert [(one.kind, one.day) for one in found.lines[2:4]] == [
        ("qbr", date(2026, 11, 24)),
        ("ebr", date(2026, 11, 24)),
    ]


def test_the_first_look_has_the_most_urgent_one_alone_and_how_many_are_late(filled: str) -> None:
    with reading(filled, TODAY) as book:
        glance = review_glance(book)
    assert [one.facts.name for one in glance.lines] == ["Beta"]
    assert glance.late == 1


def test_one_that_waits_for_its_answer_is_in_the_first_look_however_far_ahead_the_next_is_due(filled: str) -> None:
    connection = sqlite3.connect(filled, isolation_level=None)
    connection.execute("UPDATE account SET churned_on = '2026-11-01' WHERE name IN ('Beta', 'Zeta')")
    connection.execute(
        "INSERT INTO touchpoint (account_id, day, kind, state, direction) "
        "SELECT id, '2026-11-18', 'ebr', 'booked', 'two-way' FROM account WHERE name IN ('Beta', 'Delta', 'Epsilon')"
    )
    connection.close()
    with reading(filled, TODAY) as book:
        glance, whole = review_glance(book), review_board(book)
    assert [one.facts.name for one in whole.lines] == ["Delta", "Acme", "Gamma"]
    assert glance.lines == whole.lines[:1]


def test_an_account_without_reviews_is_in_no_rate(filled: str) -> None:
    log(filled, "20.11 qbr", 5, "Epsilon")
    assert board(filled).rate.value == (0, 0)


def test_who_could_attend_leaves_out_those_who_left_and_a_sponsor_has_a_say_over_the_budget(filled: str) -> None:
    found = {one.facts.name: one for one in board(filled).lines}
    assert [attending(found[name]) for name in ("Acme", "Beta", "Gamma", "Zeta")] == [
        "champion, buyer", "champion", "sponsor", "",
    ]  # fmt: skip
    assert [name for name, one in found.items() if not one.has_buyer] == ["Beta", "Zeta", "Delta"]
    told_of = why(found["Beta"], board(filled))
    assert any("say over the budget" in sentence for sentence in told_of)


def test_prepared_counts_the_steps_up_to_the_review_and_not_what_follows_from_it(filled: str) -> None:
    opened = date(2026, 10, 13)
    steps = prepare(filled, 1, "Acme", date(2026, 11, 24), opened)
    for step_id, title in steps[:6]:
        do(filled, done_step, DoneStep(step_id, title, "Acme"), date(2026, 11, 18))
    found = board(filled)
    one = line(filled, "Acme")
    assert (one.state, told(one, TODAY), one.prepared, one.followed_up) == (
        ReviewState.PREPARATION, "preparing", (6, 10), (0, 3),
    )  # fmt: skip
    assert [from_t(step, one, found.templates) for step in one.steps] == [
        "T-42", "T-30", "T-21", "T-14", "T-10", "T-7", "T-5 wd", "T-2", "T-1", "T", "T+1 wd", "T+5", "T+7",
    ]  # fmt: skip
    assert step_why(one.steps[0], found.templates)[0].startswith("Invite with the aim of the meeting")


def test_of_two_preparations_the_one_of_the_sooner_review_counts(filled: str) -> None:
    prepare(filled, 3, "Gamma", date(2026, 12, 3), date(2026, 11, 21))
    plan_id = do(filled, start_plan, StartPlan(3, "Gamma", load("ebr"), date(2026, 11, 24)), date(2026, 11, 21))
    found = line(filled, "Gamma")
    assert (found.kind, found.plan.plan_id if found.plan else 0) == ("ebr", plan_id)


def test_what_was_over_when_the_preparation_began_is_counted_neither_way(filled: str) -> None:
    prepare(filled, 1, "Acme", date(2026, 11, 24), TODAY)
    one = line(filled, "Acme")
    assert one.prepared == (0, 2)
    assert [str(step.state) for step in one.steps[:8]] == ["passed"] * 8


def test_one_that_is_held_sets_the_next_shows_what_follows_from_it_and_goes_on_when_that_is_done(filled: str) -> None:
    steps = prepare(filled, 1, "Acme", date(2026, 11, 24), date(2026, 10, 13))
    assert log(filled, "qbr @jon goals met", today=TODAY).step == "Hold the QBR"
    one = line(filled, "Acme")
    assert (one.state, one.due_on, one.held_on, told(one, TODAY)) == (
        ReviewState.HELD, date(2026, 11, 24), TODAY, "follow up 0/3",
    )  # fmt: skip
    assert review_item(one, TODAY) is None
    after = [step.due_on for step in one.steps[10:]]
    assert after == [date(2026, 11, 23), date(2026, 11, 26), date(2026, 11, 30)]  # counted from the day it was held
    for step_id, title in steps[10:]:  # what was to be ready before is let go
        do(filled, done_step, DoneStep(step_id, title, "Acme"))
    one = line(filled, "Acme")
    assert (one.state, one.plan, one.due_on, one.held_on) == (ReviewState.DUE, None, date(2027, 2, 22), TODAY)


def test_a_booking_is_the_day_from_which_its_preparation_counts_back(filled: str) -> None:
    prepare(filled, 1, "Acme", date(2026, 11, 24), date(2026, 10, 13))
    log(filled, "2026-12-09 qbr @jon")
    one = line(filled, "Acme")
    assert (one.state, one.due_on, one.day) == (ReviewState.BOOKED, date(2026, 11, 24), date(2026, 12, 9))
    assert one.steps[8].due_on == date(2026, 12, 8)
    assert one.steps[0].due_on == TODAY  # no open step is dated into the past


def test_a_skip_ends_the_preparation_and_the_clock_goes_on_from_the_missed_day(filled: str) -> None:
    prepare(filled, 2, "Beta", date(2026, 11, 12), date(2026, 10, 1))
    do(filled, skip_review, SkipReview(2, "Beta", date(2026, 11, 12), "they are being bought"))
    one = line(filled, "Beta")
    assert (one.state, one.due_on, one.plan) == (ReviewState.DUE, date(2027, 2, 11), None)


def test_the_first_review_is_prepared_by_the_rows_of_the_onboarding(filled: str) -> None:
    start = date(2026, 8, 31)
    do(filled, start_plan, StartPlan(1, "Acme", load("onboarding"), start), start)
    early = start + timedelta(days=20)
    assert told(line(filled, "Acme", early), early) == "opens 13 Oct"
    one = line(filled, "Acme")
    assert (told(one, TODAY), [step.code for step in one.steps]) == ("preparing", ["qbr-prep", "first-qbr"])
    assert one.prepared == (0, 2)
    log(filled, "qbr @jon first number stated")
    one = line(filled, "Acme")
    assert (one.plan, one.due_on) == (None, date(2027, 2, 22))


def test_the_rate_says_what_it_counts_and_that_few_say_little(filled: str) -> None:
    found = board(filled)
    assert found.rate.value == (0, 0)  # Beta's two weeks are not over, and nothing else fell due in the quarter
    later = board(filled, date(2026, 12, 4))
    assert later.rate.value == (0, 2)
    assert "0 of 2 reviews" in later.rate.why[0]
    assert "Fewer than 20" in later.rate.why[1]
    log(filled, "24.11 qbr", 2, "Beta", date(2026, 11, 25))
    assert board(filled, date(2026, 12, 4)).rate.value == (1, 2)


def test_as_json_it_has_the_names_that_scripts_rely_on(filled: str) -> None:
    assert as_json(line(filled, "Beta")) == {
        "account": "Beta", "account_id": 2, "kind": "qbr", "due_on": "2026-11-12", "day": "2026-11-12",
        "opens_on": "2026-10-01", "state": "missed", "held_on": "2026-08-13", "prepared": {"done": 0, "all": 0},
        "attending": ["champion"], "has_buyer": False,
    }  # fmt: skip


def test_every_why_is_made_of_sentences(filled: str) -> None:
    prepare(filled, 1, "Acme", date(2026, 11, 24), date(2026, 10, 13))
    found = board(filled)
    for one in found.lines:
        assert all(sentence.endswith(".") and "None" not in sentence for sentence in why(one, found))
    for step in line(filled, "Acme").steps:
        assert all(sentence.endswith((".", "?")) for sentence in step_why(step, found.templates)), step.title


def test_the_keys_work_on_what_today_has_of_a_review(filled: str) -> None:
    prepare(filled, 1, "Acme", date(2026, 11, 24), date(2026, 10, 13))
    with reading(filled, TODAY) as book:
        due = {item.id: item for item in today_list(book, None).items}
    for one in board(filled).lines:
        item = review_item(one, TODAY)
        assert item is not None
        if one.state is not ReviewState.BOOKED or one.asked:
            assert (item.kind, item.due_on) == (due[item.id].kind, due[item.id].due_on), one.facts.name
    assert [item.id for one in board(filled).lines if (item := review_item(one, TODAY))] == [
        "v2",
        "t6",
        "k10",
        "v3",
        "v4",
    ]


def test_a_list_that_shows_no_steps_reads_no_playbook(filled: str) -> None:
    prepare(filled, 1, "Acme", date(2026, 11, 24), TODAY)
    with reading(filled, TODAY) as book:
        whole, before = review_board(book), book.statements
        plain = review_board(book, texts=False)
        assert whole.templates
        assert plain == whole._replace(templates={})
        assert book.statements - before < before
