"""What the rules open by themselves: when, once, and without standing in the way of an undo."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.actions.recovery import CloseRisk, close_risk
from csm_tui.domain.policy import POLICY
from csm_tui.domain.risks import How
from csm_tui.keeping_up import keep_up
from csm_tui.playbooks import load
from csm_tui.store.connection import reading
from csm_tui.store.journal import history
from csm_tui.store.transaction import redo, undo
from csm_tui.views.keep_up import RENEWAL_REACH
from tests.blank import empty_book
from tests.conftest import TODAY
from tests.store.deeds import Deed, logging
from tests.store.test_every_action import AT, do, dump, full, full_once, rows, run

__all__ = ["full", "full_once"]

DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def bare_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """An empty book."""
    path = str(tmp_path_factory.mktemp("bare") / "bare.db")
    empty_book(path)
    return path


@pytest.fixture
def bare(bare_once: str, tmp_path: Path) -> str:
    """An empty book of one's own."""
    return shutil.copy(bare_once, str(tmp_path / "bare.db"))


def account(path: str, **columns: object) -> None:
    """An account as any program would put it there."""
    values = {"name": "Acme", "added_on": "2026-11-01", **columns}
    marks = ", ".join("?" for _ in values)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"INSERT INTO account ({', '.join(values)}) VALUES ({marks})", tuple(values.values()))


def held(path: str, day: str, kind: str = "call", source: str | None = None) -> None:
    run(
        path,
        "INSERT INTO touchpoint (account_id, day, kind, direction, source, source_id) VALUES "
        f"(1, '{day}', '{kind}', 'two-way', {'NULL, NULL' if source is None else repr(source) + ', 7'})",
    )


def asked(path: str, today: date = TODAY) -> list[tuple[str, str]]:
    """The plans there are after the rules were asked: which, and from which day they count."""
    keep_up(path, today, POLICY)
    return rows(path, "SELECT playbook, anchor_on FROM plan ORDER BY id")


def signs(path: str) -> list[tuple[str, str]]:
    return rows(path, "SELECT signal, evidence FROM risk_signal ORDER BY id")


@pytest.mark.parametrize(("start", "begins"), [(-8, False), (-7, True), (0, True), (7, True), (8, False)])
def test_an_onboarding_begins_unless_the_start_is_more_than_a_week_away(bare: str, start: int, begins: bool) -> None:
    on = (TODAY + start * DAY).isoformat()
    account(bare, started_on=on, tier="low-touch")
    assert asked(bare) == ([("onboarding", on)] if begins else [])
    if begins:
        assert rows(bare, "SELECT variant FROM plan") == [("light",)]


def test_ones_own_onboarding_without_a_light_form_begins_as_it_is(bare: str) -> None:
    own = Path(paths.playbooks()) / "mine.toml"
    own.parent.mkdir(parents=True)
    own.write_text('id = "onboarding"\nname = "Mine"\nanchor = "start"\n[[step]]\nid = "one"\ntitle = "One"\nday = 3\n')
    account(bare, started_on="2026-11-20", tier="low-touch")
    assert asked(bare) == [("onboarding", "2026-11-20")]
    assert rows(bare, "SELECT variant FROM plan") == [("standard",)]


@pytest.mark.parametrize(("churned", "begins"), [(0, False), (1, True)])
def test_an_account_takes_part_until_the_day_it_leaves(bare: str, churned: int, begins: bool) -> None:
    account(bare, started_on="2026-11-20", churned_on=(TODAY + churned * DAY).isoformat())
    assert bool(asked(bare)) is begins


def test_what_was_over_before_the_plan_began_is_passed_and_never_due(bare: str) -> None:
    account(bare, started_on="2026-11-16")
    asked(bare)
    states = rows(bare, "SELECT state, count(*) FROM step WHERE due_on < '2026-11-21' GROUP BY 1")
    assert [state for state, _ in states] == ["passed"]
    assert rows(bare, "SELECT count(*) FROM step WHERE due_on >= '2026-11-21' AND state <> 'open'") == [(0,)]


@pytest.mark.parametrize(("opened", "begins"), [(-1, False), (0, True), (7, True), (8, False)])
def test_a_review_is_prepared_from_six_weeks_before_its_day(bare: str, opened: int, begins: bool) -> None:
    due = date(2026, 12, 28)  # a Monday: 91 days after 28 September
    account(bare, started_on="2025-01-01", added_on="2026-01-01")
    held(bare, "2026-09-28", "qbr")
    today = due - 42 * DAY + opened * DAY
    held(bare, (today - DAY).isoformat())
    assert asked(bare, today) == ([("qbr", due.isoformat())] if begins else [])


@pytest.mark.parametrize(("opened", "begins"), [(-1, False), (0, True)])
def test_a_review_that_is_booked_long_before_it_is_due_is_prepared_for_that_day(
    bare: str, opened: int, begins: bool
) -> None:
    booked = TODAY + 42 * DAY - opened * DAY
    account(bare, started_on="2025-01-01", added_on="2026-01-01", tier="low-touch")
    held(bare, "2026-11-19", "qbr")
    run(
        bare,
        "INSERT INTO touchpoint (account_id, day, kind, direction, state) VALUES "
        f"(1, '{booked.isoformat()}', 'qbr', 'two-way', 'booked')",
    )
    assert asked(bare) == ([("qbr", booked.isoformat())] if begins else [])


def test_the_preparation_of_the_next_review_ends_that_of_the_one_before(bare: str) -> None:
    account(bare, started_on="2025-01-01", added_on="2026-01-01")
    held(bare, "2026-07-06", "qbr")
    held(bare, "2026-08-23")
    assert asked(bare, date(2026, 8, 24)) == [("qbr", "2026-10-05")]
    do(bare, logging("5.10 qbr all agreed", account="Acme"))
    held(bare, "2026-11-22")
    assert asked(bare, date(2026, 11, 23)) == [("qbr", "2026-10-05"), ("qbr", "2027-01-04")]
    assert rows(bare, "SELECT closed_on IS NULL FROM plan ORDER BY id") == [(0,), (1,)]
    skipped = rows(bare, "SELECT DISTINCT reason FROM step WHERE state = 'skipped' ORDER BY 1")
    assert skipped == [("the next qbr began",), ("the review was held",)]


@pytest.mark.parametrize(
    ("notice", "first"), [(None, date(2027, 3, 1)), (60, date(2027, 3, 1)), (90, date(2027, 1, 29))]
)
def test_a_renewal_is_worked_from_the_earlier_of_its_two_clocks(bare: str, notice: int | None, first: date) -> None:
    """R−120 is 1 March, and with 90 days' notice R−150 is 30 January, a Saturday."""
    renewal = "2027-06-29"
    account(bare, renewal_on=renewal, notice_days=notice)
    run(bare, "UPDATE account SET review_days = 0")
    held(bare, (first - 2 * DAY).isoformat())
    assert asked(bare, first - DAY) == []
    assert asked(bare, first) == [("renewal", renewal)]
    assert rows(bare, "SELECT min(due_on) FROM step") == [(first.isoformat(),)]


def test_no_step_of_a_renewal_lies_further_ahead_than_is_looked() -> None:
    steps = load("renewal").playbook.steps
    assert max(-max(step.day, step.not_later or step.day) for step in steps) <= RENEWAL_REACH


def test_silence_opens_a_risk_after_twice_the_own_interval_and_once_for_each_last_contact(bare: str) -> None:
    account(bare, interval_days=10, added_on="2026-01-05")
    held(bare, "2026-11-02")
    asked(bare)
    assert signs(bare) == []
    asked(bare, date(2026, 11, 22))
    assert signs(bare) == [("silence", "no two-way contact since Mon 2 Nov; it is owed every 10 days")]
    do(bare, Deed(close_risk, lambda _: CloseRisk(1, "Acme", How.NOT_A_RISK, "other")))
    asked(bare, date(2026, 11, 23))
    assert len(signs(bare)) == 1, "the same silence is told once"
    held(bare, "2026-11-23")
    asked(bare, date(2026, 12, 13))
    assert len(signs(bare)) == 2


def test_a_contact_that_came_from_a_file_gives_an_interval_of_grace(bare: str) -> None:
    account(bare, interval_days=10, added_on="2026-11-15")
    held(bare, "2026-06-01", source="salesforce")
    asked(bare, date(2026, 11, 24))
    assert signs(bare) == []
    asked(bare, date(2026, 11, 25))
    assert [signal for signal, _ in signs(bare)] == ["silence"]


def test_a_milestone_two_weeks_late_is_a_standstill_told_once(bare: str) -> None:
    account(bare, started_on="2026-11-21", added_on="2026-11-21")
    asked(bare)
    run(bare, "UPDATE step SET state = 'done', closed_on = due_on WHERE n < 3")
    (first,) = rows(bare, "SELECT due_on, title FROM step WHERE state = 'open' AND required ORDER BY due_on, n LIMIT 1")
    late = date.fromisoformat(first[0]) + 14 * DAY
    held(bare, (late - 2 * DAY).isoformat())
    asked(bare, late - DAY)
    assert signs(bare) == []
    asked(bare, late)
    asked(bare, late + DAY)
    assert signs(bare) == [("stalled", f"{first[1]}: 14 days late")]


def test_a_standstill_that_was_told_hides_no_later_one(bare: str) -> None:
    def stood_still() -> list[str]:
        return [evidence.split(":")[0] for signal, evidence in signs(bare) if signal == "stalled"]

    day = date(2026, 11, 16)
    account(bare, started_on=day.isoformat(), added_on=day.isoformat())
    asked(bare, day)
    while not stood_still():
        asked(bare, day := day + DAY)
    do(bare, Deed(close_risk, lambda _: CloseRisk(1, "Acme", How.NOT_A_RISK, "other")))
    run(bare, "UPDATE account SET notes = 'looked at'")
    asked(bare, day)
    assert len(stood_still()) == 1, "what stood still on that day goes with it"
    asked(bare, day + 45 * DAY)
    first, second = stood_still()
    assert first != second


def test_the_rules_are_asked_once_a_day_and_again_when_an_account_changes(bare: str) -> None:
    assert keep_up(bare, TODAY, POLICY)
    assert not keep_up(bare, TODAY, POLICY)
    account(bare)
    assert keep_up(bare, TODAY, POLICY)
    run(bare, "UPDATE account SET started_on = '2026-11-20'")
    assert asked(bare) == [("onboarding", "2026-11-20")]
    assert keep_up(bare, TODAY + DAY, POLICY)


def test_what_the_rules_did_is_told_but_not_offered_to_be_undone_and_goes_with_what_it_hangs_on(bare: str) -> None:
    before = dump(bare)
    add = Deed(add_account, lambda _: AddAccount("Acme", {"started_on": "2026-11-20"}))
    do(bare, add)
    asked(bare)
    whole = dump(bare)
    with reading(bare, TODAY) as book:
        newest = history(book, 1)[0]
    assert (newest.label, newest.origin, newest.closed) == ("By rule: onboarding for Acme", "rules", True)
    assert undo(bare, "shell", AT).label == "Add account Acme"
    after = dump(bare)
    assert {table: found for table, found in after.items() if table != "template"} == {
        table: found for table, found in before.items() if table != "template"
    }
    keep_up(bare, TODAY + DAY, POLICY)
    assert redo(bare, "shell", AT).label == "Add account Acme"
    assert dump(bare) == whole


def test_a_book_that_may_not_be_written_is_shown_as_it_stands(bare: str) -> None:
    account(bare, started_on="2026-11-20")
    Path(bare).chmod(0o400)
    if not keep_up(bare, TODAY, POLICY):
        assert rows(bare, "SELECT count(*) FROM plan") == [(0,)]


def test_what_cannot_begin_holds_up_nothing_else(bare: str, monkeypatch: pytest.MonkeyPatch) -> None:
    account(bare, started_on="2026-11-20")
    account(bare, name="Bolt", started_on="2026-11-20")
    run(
        bare,
        "INSERT INTO template (digest, text) VALUES ('d', 'id = 1');"
        "INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on) "
        "VALUES (1, 'onboarding', 'Onboarding', 1, '2026-11-20', '2026-11-20')",
    )
    monkeypatch.setattr("csm_tui.store.queries.keep_up.started", lambda *_: {})
    keep_up(bare, TODAY, POLICY)
    assert rows(bare, "SELECT account_id FROM plan ORDER BY id") == [(1,), (2,)]


def test_a_damaged_book_is_left_as_it_stands(full: str) -> None:
    """A row that no writer of ours could have put there: the file is not what it was."""
    with closing(sqlite3.connect(full, isolation_level=None)) as connection:
        connection.execute("PRAGMA ignore_check_constraints=ON")
        connection.execute("UPDATE promise SET state = 'damaged' WHERE id = 1")
    before = Path(full).read_bytes()
    assert not keep_up(full, TODAY, POLICY)
    assert Path(full).read_bytes() == before
