"""The Today list against an independent recomputation, on random books of 200 accounts over a year."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from csm_tui.domain.due import Group
from csm_tui.domain.policy import POLICY
from csm_tui.keeping_up import keep_up
from csm_tui.store import migrate
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.views.today import account_items, as_json, must_dos, today_list
from tests.conftest import TODAY, rounds
from tests.oracle import Oracle
from tests.oracle_order import Due
from tests.views.chance import ACCOUNTS, DAYS_OF_YEAR, Rows, random_rows, written
from tests.views.chance_plans import YEAR, Row, Value, insert


def snooze(path: str, today: date, chance: Random) -> None:
    """Put off a quarter of what is due, some twice and some for a due day that is no longer the item's."""
    operation = Operation("Snooze", "test", "2026-11-21T12:00:00.000Z")
    with write_light(path, operation, today) as writing:
        for due in Oracle(path).due(today, 20):
            for _ in range(chance.choice((0, 0, 0, 0, 0, 0, 1, 2))):
                made = today - timedelta(days=chance.choice((0, 0, 0, 1, 3)))
                until = made + timedelta(days=chance.choice((1, 1, 2, 3, 6, 8, 15, 40)))
                on = due.due_on if chance.random() < 0.85 else (today + timedelta(days=3)).isoformat()
                row = {
                    "item": due.id,
                    "due_on": on,
                    "made_on": made.isoformat(),
                    "until_on": until.isoformat(),
                }
                writing.add("snooze", account_id=due.account_id, **row)


def looked(path: str, today: date, days: int | None) -> list[Due]:
    """What the view lists, under the JSON names."""
    with reading(path, today) as book:
        return [_due(as_json(item, today)) for item in today_list(book, days).items]


def _due(line: dict[str, object]) -> Due:
    found = Due._make(line[name] for name in Due._fields)
    return found._replace(score=round(float(found.score) * 100))


def agree(path: str, today: date) -> None:
    oracle = Oracle(path)
    for days in (None, 7, 0):
        assert looked(path, today, days) == oracle.due(today, days), f"{today}, {days} days ahead"
    with reading(path, today) as book:
        urgent = [item for item in today_list(book).items if item.group is Group.MUST_DO]
        assert must_dos(book).items == urgent


def some_days(seed: int, number: int) -> list[date]:
    return sorted(YEAR + timedelta(days=n) for n in Random(seed).sample(range(DAYS_OF_YEAR), number))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(rounds(40, 20)))
def test_today_is_what_the_rules_say_on_any_day_of_a_year(seed: int, tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(seed))
    for today in some_days(seed, 5):
        agree(path, today)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1000, 1000 + rounds(40, 20)))
def test_today_is_what_the_rules_say_where_items_are_put_off(seed: int, tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(seed))
    for today in some_days(seed, 2):
        snooze(path, today, Random(seed))
        for later in range(3):
            agree(path, today + timedelta(days=later))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2000, 2000 + rounds(10)))
def test_day_after_day_today_is_what_the_rules_say(seed: int, tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(seed))
    for number in range(10):
        agree(path, some_days(seed, 1)[0] + timedelta(days=number))


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4000, 4000 + rounds(10)))
def test_today_is_what_the_rules_say_once_they_have_opened_what_falls_due(seed: int, tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(seed))
    for today in some_days(seed, 3):
        assert keep_up(path, today, POLICY)
        agree(path, today)


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3000, 3000 + rounds(20)))
def test_the_order_in_which_touchpoints_are_logged_never_changes_a_due_date(seed: int, tmp_path: Path) -> None:
    rows = random_rows(seed)
    mixed = rows._replace(touchpoints=Random(-seed).sample(rows.touchpoints, len(rows.touchpoints)))
    first, second = (written(tmp_path / f"{n}.db", one) for n, one in enumerate((_apart(rows), _apart(mixed))))
    for today in some_days(seed, 4):
        for days in (None, 7):
            assert _without_row_ids(looked(first, today, days)) == _without_row_ids(looked(second, today, days))


def _apart(rows: Rows) -> Rows:
    """Without renewal talks: within a day the order of logging says whether one answers a termination."""
    return rows._replace(
        touchpoints=[(row, [s for s in signals if s != "renewal"]) for row, signals in rows.touchpoints]
    )


def _without_row_ids(listed: list[Due]) -> list[Due]:
    """The list with the touchpoints' own ids left out; those alone follow the order of logging."""
    return [due._replace(id="t") if due.id[0] == "t" else due for due in listed]


def every_last_day(connection: sqlite3.Connection, today: date) -> None:
    """Accounts in every phase, of every tier and rhythm, last touched on each of the last hundred days."""
    for silent in range(100):
        last = today - timedelta(days=silent)
        for tier in ("high-touch", "low-touch"):
            for day_of_life in (None, 10, 30, 31, 60, 61, 90, 91):
                start = None if day_of_life is None else (last - timedelta(days=day_of_life)).isoformat()
                _touched(connection, last, {"tier": tier, "started_on": start})
        for interval in (1, 7, 45):
            _touched(connection, last, {"interval_days": interval})
        for opened in (0, 13):
            renewal = None if opened else (today + timedelta(days=100)).isoformat()
            account = _touched(connection, last, {"tier": "low-touch", "renewal_on": renewal})
            _at_risk(connection, account, today - timedelta(days=opened), step_on=today + timedelta(days=200))


def _touched(connection: sqlite3.Connection, last: date, columns: Row) -> int:
    account = insert(
        connection, "account", {"name": "Northwind", "added_on": "2026-01-01", "review_days": 0, **columns}
    )
    held: Row = {"account_id": account, "day": last.isoformat(), "kind": "call", "direction": "two-way"}
    insert(connection, "touchpoint", held)
    return account


def _at_risk(connection: sqlite3.Connection, account: int, opened_on: date, step_on: date | None) -> None:
    """An open risk, whose recovery has one step, or none that is still to be done."""
    days: Row = {"account_id": account, "opened_on": opened_on.isoformat()}
    planned: Row = {"playbook": "recovery", "name": "Recovery", "template_id": 1, "anchor_on": "2026-01-01"}
    connection.execute("INSERT OR IGNORE INTO template (id, digest, text) VALUES (1, 'x', 'x')")
    plan = insert(connection, "plan", {**days, **planned})
    insert(connection, "risk", {**days, "plan_id": plan})
    if step_on is not None:
        on = step_on.isoformat()
        step: Row = {"account_id": account, "plan_id": plan, "n": 1, "template_id": 1, "code": "s", "title": "Step"}
        number = insert(connection, "step", {**step, "due_on": on, "baseline_on": on, "owner": "them"})
        owed: Row = {"account_id": account, "side": "theirs", "what": "Step", "due_on": on, "step_id": number}
        insert(connection, "promise", {**owed, "made_on": opened_on.isoformat()})


@pytest.mark.parametrize("today", [date(2026, 11, day) for day in (19, 20, 21, 23)])
def test_no_check_in_is_left_out_whatever_its_last_day_and_its_phase(today: date, tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    migrate.build(path, lambda connection: every_last_day(connection, today))
    for days in (0, 1, 7):
        assert looked(path, today, days) == Oracle(path).due(today, days)


@pytest.mark.parametrize("seed", [11, 12])
def test_a_shorter_look_ahead_is_the_beginning_of_a_longer_one(seed: int, tmp_path: Path) -> None:
    """What is left out for speed never shows: the nearer list is the whole list, cut at its day."""
    path = written(tmp_path / "book.db", random_rows(seed))
    for today in some_days(seed, 3):
        whole = looked(path, today, None)
        for days in (0, 1, 7, 30):
            horizon = (today + timedelta(days=days)).isoformat()
            assert looked(path, today, days) == [one for one in whole if one.must_do or one.due_on <= horizon]


@pytest.mark.parametrize("most", [0, 1, 40, 5_000])
def test_the_first_few_are_the_beginning_of_the_list_and_are_counted_with_the_rest(most: int, tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(11))
    with reading(path, TODAY) as book:
        whole, few = today_list(book), today_list(book, most=most)
    assert few.items == whole.items[:most]
    assert (few.counts, few.accounts, few.too_many) == (whole.counts, whole.accounts, whole.too_many)


def test_the_items_of_one_account_are_those_of_the_whole_list(tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(13))
    snooze(path, TODAY, Random(13))
    with reading(path, TODAY) as book:
        whole = today_list(book, None).items
        for account in range(1, ACCOUNTS + 1):
            mine = [item for item in whole if item.account.account_id == account]
            assert account_items(book, account) == mine


def test_the_counts_are_those_of_the_items_and_the_book_those_that_have_not_churned(tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(14))
    with reading(path, TODAY) as book:
        found = today_list(book)
    for group, count in found.counts.items():
        assert count == sum(item.group is group for item in found.items)
    rows = random_rows(14).accounts
    assert found.accounts == sum(
        row["archived_on"] is None and (row["churned_on"] is None or str(row["churned_on"]) > TODAY.isoformat())
        for row in rows
    )


def account(path: str, **columns: Value) -> int:
    return add(path, "account", **{"name": "Northwind", "added_on": "2026-01-01", **columns})


def owes(path: str, account_id: int, due_on: str) -> int:
    """A promise of theirs."""
    return add(
        path,
        "promise",
        account_id=account_id,
        side="theirs",
        what="sign",
        due_on=due_on,
        made_on="2026-11-01",
    )


def puts_off(path: str, account_id: int, item: str, due_on: str, until_on: str) -> None:
    days = {"due_on": due_on, "made_on": "2026-11-12", "until_on": until_on}
    add(path, "snooze", account_id=account_id, item=item, **days)


def add(path: str, table: str, **columns: Value) -> int:
    with write_light(path, Operation("Add", "test", "2026-11-21T12:00:00.000Z"), TODAY) as writing:
        return writing.add(table, **columns)


def test_an_account_at_risk_whose_recovery_has_no_step_left_is_a_must_do(tmp_path: Path) -> None:
    """Also where nothing else is due at it, so that nobody looks there; what others owe for a step is no next step."""
    path = str(tmp_path / "book.db")
    migrate.build(path, lambda connection: _left_alone(connection, TODAY))
    for days in (0, 7, None):
        found = looked(path, TODAY, days)
        assert found == Oracle(path).due(TODAY, days)
        assert [due.id for due in found if due.must_do] == ["s1", "s3"]


def _left_alone(connection: sqlite3.Connection, today: date) -> None:
    for step_on in (None, today + timedelta(days=200)):
        account = _touched(connection, today, {})
        _at_risk(connection, account, today, step_on=step_on)
    by_hand = _touched(connection, today, {})
    insert(connection, "pulse", {"account_id": by_hand, "value": 1, "given_on": today.isoformat()})
    _at_risk(connection, by_hand, today, step_on=today + timedelta(days=200))
    connection.execute("UPDATE risk SET closed_on = opened_on, how = 'lost' WHERE account_id = ?", (by_hand,))


def test_an_empty_book_has_nothing_due(book: str) -> None:
    assert looked(book, TODAY, None) == looked(book, TODAY, 7) == Oracle(book).due(TODAY, None) == []


def test_the_newest_snooze_of_an_item_counts_even_once_it_has_ended(book: str) -> None:
    """Put off to 30 November, then, on second thoughts, to the 20th only: from the 20th it is back."""
    one = account(book)
    item = f"p{owes(book, one, '2026-11-10')}"
    for until in ("2026-11-30", "2026-11-20"):
        puts_off(book, one, item, "2026-11-10", until)
    assert [due.group for due in looked(book, TODAY, 7) if due.id == item] == ["overdue"]


def test_an_account_that_leaves_later_still_counts_for_the_median(book: str) -> None:
    """It is in the book until the day it leaves, so its amount is as well."""
    account(book, arr_cents=90_000_00, churned_on="2027-01-31")
    account(book, name="Unknown", started_on="2026-11-18")
    with reading(book, TODAY) as open_book:
        found = {item.account.name: item for item in today_list(open_book).items}
    assert found["Unknown"].factors.arr_cents == 90_000_00


def test_what_was_put_off_never_comes_before_its_day_however_far_one_looks(book: str) -> None:
    one = account(book, started_on="2026-11-19")
    item = f"p{owes(book, one, '2026-12-11')}"
    puts_off(book, one, item, "2026-12-11", "2026-11-23")
    for days, groups in ((7, []), (None, ["later"])):
        assert [due.group for due in looked(book, TODAY, days) if due.id == item] == groups


def test_a_reading_of_today_takes_few_statements_however_large_the_book(tmp_path: Path) -> None:
    path = written(tmp_path / "book.db", random_rows(15))
    with reading(path, TODAY) as book:
        today_list(book)
        assert book.statements <= 20
