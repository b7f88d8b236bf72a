"""What the rules open in parts is what they open as a whole, and however large the book, it costs few statements."""

from __future__ import annotations

import shutil
from pathlib import Path

from csm_tui.actions.keep_up import keep_up as keep_all_up
from csm_tui.domain.policy import POLICY
from csm_tui.keeping_up import in_parts, keep_up
from csm_tui.store.connection import reading
from csm_tui.store.journal import RULES, Operation, history
from csm_tui.store.writing_light import write_light
from csm_tui.views.keep_up import falls_due
from tests.conftest import TODAY
from tests.store.test_every_action import AT, rows
from tests.store.test_keep_up import account, bare, bare_once, signs

__all__ = ["bare", "bare_once"]


def starting(path: str, count: int) -> None:
    """So many accounts that start today."""
    for number in range(count):
        account(path, name=f"Account {number}", started_on=TODAY.isoformat())


def plans_and_steps(path: str) -> list[list[tuple[object, ...]]]:
    return [rows(path, f"SELECT * FROM {table} ORDER BY id") for table in ("plan", "step", "promise", "kept_up")]


def test_parts_write_what_a_whole_does_as_one_operation(bare: str, tmp_path: Path) -> None:
    starting(bare, 7)
    whole = shutil.copy(bare, str(tmp_path / "whole.db"))
    assert keep_up(whole, TODAY, POLICY)
    assert len(list(in_parts(bare, TODAY, POLICY, 3))) == 3
    assert plans_and_steps(bare) == plans_and_steps(whole)
    with reading(bare, TODAY) as parts, reading(whole, TODAY) as once:
        told = [[entry._replace(at="") for entry in history(book, 9)] for book in (parts, once)]
    assert told[0] == told[1]
    assert len(told[0]) == 1
    assert rows(bare, "SELECT count(*) FROM operation WHERE open = 1") == [(0,)]
    assert list(in_parts(bare, TODAY, POLICY, 3)) == []


def test_what_was_left_off_between_two_parts_is_gone_on_with(bare: str) -> None:
    starting(bare, 7)
    parts = in_parts(bare, TODAY, POLICY, 3)
    next(parts)
    del parts
    assert rows(bare, "SELECT count(*) FROM plan") == [(3,)]
    assert keep_up(bare, TODAY, POLICY)
    assert rows(bare, "SELECT count(*), count(DISTINCT account_id) FROM plan") == [(7, 7)]


def test_an_account_that_is_added_between_two_parts_is_looked_at_too(bare: str) -> None:
    starting(bare, 5)
    parts = in_parts(bare, TODAY, POLICY, 3)
    next(parts)
    account(bare, name="Late", started_on=TODAY.isoformat())
    assert list(parts) == [None]
    assert rows(bare, "SELECT count(*) FROM plan") == [(5,)]
    assert keep_up(bare, TODAY, POLICY)
    assert rows(bare, "SELECT count(*) FROM plan") == [(6,)]


def test_what_another_csm_has_opened_between_two_parts_is_not_opened_twice(bare: str) -> None:
    starting(bare, 4)
    account(bare, name="Silent", started_on="2026-01-01", added_on="2026-01-01", tier="high-touch")
    account(bare, name="Quiet", started_on="2026-01-01", added_on="2026-01-01", tier="high-touch")
    parts = in_parts(bare, TODAY, POLICY, 1)
    next(parts)
    other = in_parts(bare, TODAY, POLICY, 1)
    assert [next(other) for _ in range(4)] == [None] * 4  # as far as the first of the signs
    list(parts)
    assert rows(bare, "SELECT count(*), count(DISTINCT account_id) FROM plan WHERE playbook = 'onboarding'") == [(4, 4)]
    assert len(signs(bare)) == 2


def test_a_plan_costs_a_statement_a_step_and_few_more(bare: str) -> None:
    starting(bare, 6)
    with reading(bare, TODAY) as book:
        wanted = falls_due(book)
    ran: list[str] = []
    with write_light(bare, Operation(wanted.label, RULES, AT, closed=True), TODAY) as writing:
        writing._connection.set_trace_callback(lambda sql: ran.append(sql) if not sql.startswith("--") else None)
        keep_all_up(writing, wanted)
    asked = sum(sql.startswith("SELECT") for sql in ran)
    assert asked <= 8 * len(wanted.begins) + 4


def test_the_reading_asks_as_much_of_a_large_book_as_of_a_small_one(bare: str) -> None:
    statements = []
    for count in (2, 30):
        starting(bare, count)
        with reading(bare, TODAY) as book:
            falls_due(book)
            statements.append(book.statements)
    assert statements[0] == statements[1]
