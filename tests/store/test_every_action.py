"""Every action is one operation or none, and the two ways of writing leave the same book.

`DEEDS` (in tests/store/deeds) names at least one deed for every public action of csm_tui.actions; row F2 of the fault
matrix holds that, and undoes each.
"""

from __future__ import annotations

import inspect
import json
import pkgutil
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import csm_tui.actions
from csm_tui.domain.errors import Refusal
from csm_tui.store.journal import JOURNALLED, Operation
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.blank import empty_book
from tests.conftest import TODAY, rounds
from tests.domain.test_logline_laws import SOUP
from tests.store.deeds import DEEDS, Deed, logging

AT = "2026-11-21T09:00:00.000Z"
Dump = dict[str, list[tuple[Any, ...]]]

FILL = """
INSERT INTO account (name, tier, domain, added_on, started_on, renewal_on, notice_days, arr_cents, seats) VALUES
  ('Northwind', 'high-touch', 'northwind.com', '2026-01-05', '2025-11-01', '2027-06-01', 30, 4800000, 120),
  ('Lights', 'low-touch', NULL, '2026-01-05', NULL, NULL, NULL, NULL, NULL),
  ('Acme', 'white-glove', NULL, '2026-01-05', '2025-01-10', '2026-11-10', NULL, 990000, NULL),
  ('Опто', 'high-touch', NULL, '2026-01-05', '2025-01-10', '2026-12-25', 30, 100, NULL);
INSERT INTO external_id (account_id, source, value) VALUES (3, 'salesforce', '001x0000002xLCVAA2');
INSERT INTO contact (account_id, name, role, email) VALUES
  (1, 'Jon Bell', 'champion', 'jon@northwind.com'), (1, 'Ana Diaz', NULL, NULL), (3, 'Zoë', NULL, NULL);
INSERT INTO contact (account_id, name, status, left_on) VALUES (2, 'Old Pal', 'left', '2026-11-01');
INSERT INTO touchpoint (account_id, day, kind, state, direction, summary, notes) VALUES
  (1, '2026-10-12', 'call', 'held', 'two-way', 'all good', NULL),
  (3, '2026-11-20', 'meeting', 'booked', 'two-way', 'quarterly plan', 'agenda'),
  (1, '2026-11-19', 'call', 'booked', 'two-way', '', NULL),
  (2, '2026-11-27', 'call', 'booked', 'two-way', '', NULL),
  (2, '2026-08-25', 'call', 'held', 'two-way', '', NULL),
  (4, '2026-10-26', 'call', 'held', 'two-way', '', NULL);
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (1, 1), (2, 3);
INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (1, 'value');
INSERT INTO promise (account_id, touchpoint_id, side, what, due_on, made_on) VALUES
  (1, 1, 'ours', 'send usage', '2026-11-18', '2026-10-12'),
  (1, NULL, 'theirs', 'their list', '2026-11-27', '2026-10-12');
INSERT INTO pulse (account_id, touchpoint_id, value, given_on) VALUES (1, 1, 4, '2026-10-12'),
    (3, NULL, 2, '2026-10-01');
INSERT INTO snooze (account_id, item, due_on, made_on, until_on) VALUES (2, 'c2', '2026-11-01', '2026-11-20',
    '2026-11-24');
INSERT INTO account_tag (account_id, tag) VALUES (1, 'emea');
INSERT INTO measure (account_id, name, day, value, source) VALUES (1, 'tickets', '2026-11-01', 4, 'hubspot');
INSERT INTO saved_filter (name, text) VALUES ('quiet', 'silent>21');
INSERT INTO import_mapping (header, fields) VALUES ('a|b', '{}');
INSERT INTO template (digest, text) VALUES ('d', 'id = "recovery"
name = "Recovery"
anchor = "signal day"
[[step]]
id = "confirm"
title = "Confirm the signal"
day = 1
every = 7
checks = ["Seen twice", "Said aloud"]
[[step]]
id = "relapse"
title = "Look again"
day = 14
after_close = true');
INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on) VALUES
    (1, 'recovery', 'Recovery', 1, '2026-11-10', '2026-11-10'),
    (2, 'renewal', 'Renewal', 1, '2026-11-10', '2026-11-10');
INSERT INTO step (plan_id, account_id, n, template_id, code, title, due_on, baseline_on) VALUES
    (1, 1, 1, 1, 'confirm', 'Confirm the signal', '2026-11-24', '2026-11-11');
INSERT INTO risk (account_id, plan_id, opened_on) VALUES (1, 1, '2026-11-10');
INSERT INTO risk_signal (risk_id, touchpoint_id, signal, evidence, seen_on) VALUES
    (1, 1, 'value', 'asks', '2026-11-10');
INSERT INTO escalation (account_id, risk_id, severity, opened_on) VALUES (1, 1, 'high', '2026-11-12');
INSERT INTO review_skip (account_id, due_on, skipped_on) VALUES (3, '2026-08-10', '2026-08-11');
INSERT INTO kept_up (on_day) VALUES ('2026-11-20');
INSERT INTO last_look (at, change_id) VALUES ('2026-11-20T17:40:00.000Z', 0);
"""
"""A row in every journalled table, put there by a writer that knows no operations."""


def filled(path: str) -> str:
    """A book with rows in every table, made as any other program would make them."""
    empty_book(path)
    run(path, FILL)
    return path


def run(path: str, script: str) -> None:
    """Write as another program would, without an operation."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys=ON")
        connection.executescript(script)


def rows(path: str, sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql, parameters).fetchall()


def dump(path: str) -> Dump:
    """Every row of every table of facts."""
    with closing(sqlite3.connect(path)) as connection:
        return {table: connection.execute(f"SELECT * FROM {table} ORDER BY id").fetchall() for table in JOURNALLED}


def journal_of(path: str) -> list[tuple[Any, ...]]:
    """Every change with its images as objects, and every operation without its moment."""
    changes = rows(path, "SELECT operation_id, table_name, row_id, before, after FROM change ORDER BY id")
    read = [
        (*change[:3], *(None if image is None else json.loads(image) for image in change[3:])) for change in changes
    ]
    return read + rows(path, "SELECT id, kind, label, origin, open, undoes, undone_by FROM operation ORDER BY id")


def do(path: str, deed: Deed, *, light: bool = True, origin: str = "shell") -> Any:
    """Carry a deed out as the shell and the desk do."""
    wanted = deed.wanted(path)
    with (write_light if light else write)(path, Operation(wanted.label, origin, AT), TODAY) as writing:
        return deed.action(writing, wanted)


def attempt(path: str, deed: Deed, *, light: bool = True, origin: str = "shell") -> Any:
    """Its result, or the words of its refusal."""
    try:
        return do(path, deed, light=light, origin=origin)
    except Refusal as refusal:
        return str(refusal)


def actions() -> dict[str, Callable[..., Any]]:
    """The public functions of csm_tui.actions that take a writing."""
    found: dict[str, Callable[..., Any]] = {}
    for module in pkgutil.iter_modules(csm_tui.actions.__path__, "csm_tui.actions."):
        loaded = import_module(module.name)
        for name, function in inspect.getmembers(loaded, inspect.isfunction):
            takes = list(inspect.signature(function).parameters)
            if function.__module__ == module.name and name[0] != "_" and takes == ["writing", "wanted"]:
                found[f"{module.name}.{name}"] = function
    return found


@pytest.fixture(scope="session")
def full_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The book that `full` is a copy of."""
    return filled(str(tmp_path_factory.mktemp("full") / "full.db"))


@pytest.fixture
def full(full_once: str, tmp_path: Path) -> str:
    """A book with rows in every table."""
    return shutil.copy(full_once, str(tmp_path / "full.db"))


@pytest.mark.parametrize("name", DEEDS)
def test_a_deed_is_one_operation_that_says_what_it_is(full: str, name: str) -> None:
    label = DEEDS[name].wanted(full).label
    do(full, DEEDS[name])
    assert rows(full, "SELECT kind, label, origin, at, open FROM operation") == [("do", label, "shell", AT, 0)]
    assert rows(full, "SELECT DISTINCT operation_id FROM change WHERE operation_id IS NOT NULL") == [(1,)]


@pytest.mark.parametrize("name", DEEDS)
def test_both_ways_of_writing_leave_the_same_rows_and_the_same_journal(full: str, tmp_path: Path, name: str) -> None:
    other = str(tmp_path / "other.db")
    shutil.copy(full, other)
    assert do(full, DEEDS[name], light=True) == do(other, DEEDS[name], light=False)
    assert dump(full) == dump(other)
    assert journal_of(full) == journal_of(other)


@pytest.mark.parametrize("name", DEEDS)
@pytest.mark.parametrize("light", [True, False])
def test_a_deed_that_fails_at_its_end_leaves_no_trace(full: str, name: str, light: bool) -> None:
    before, journal = dump(full), journal_of(full)
    wanted = DEEDS[name].wanted(full)

    def fails(writing: Any, wanted: Any) -> None:
        DEEDS[name].action(writing, wanted)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        do(full, Deed(fails, lambda _: wanted), light=light)
    assert (dump(full), journal_of(full)) == (before, journal)


BITS = [*SOUP.split(), "e\u0301", "😀", "naïve", "”", "\\", "\x07"]


def some_lines(count: int, seed: int) -> list[str]:
    """Lines of everything a line may hold, in any order."""
    rng = random.Random(seed)
    return [" ".join(rng.choices(BITS, k=rng.randint(1, 9))) for _ in range(count)]


def test_hundreds_of_lines_leave_the_same_book_whichever_way_they_are_written(full: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    shutil.copy(full, other)
    written = 0
    for number, line in enumerate(some_lines(rounds(2000, 40), 7)):
        deed = logging(line, "notes\n" if number % 5 == 0 else "", 1 + number % 4, "somebody")
        told = attempt(full, deed, light=True)
        assert told == attempt(other, deed, light=False), line
        written += not isinstance(told, str)
    assert written > rounds(2000, 40) // 3
    assert dump(full) == dump(other)
    assert journal_of(full) == journal_of(other)


def test_a_model_changed_to_what_it_is_already_leaves_no_trace_either_way(full: str) -> None:
    journal = journal_of(full)
    for light in (True, False):
        with (write_light if light else write)(full, Operation("Nothing", "shell", AT), TODAY) as writing:
            row = writing.find("account", id=1)[0]
            writing.change("account", 1, **row)
    assert journal_of(full) == journal


@pytest.mark.parametrize("light", [True, False])
def test_found_rows_come_by_id_and_none_is_a_value(full: str, light: bool) -> None:
    with (write_light if light else write)(full, Operation("Look", "shell", AT), TODAY) as writing:
        assert [row["id"] for row in writing.find("contact")] == [1, 2, 3, 4]
        assert [row["id"] for row in writing.find("contact", role=None)] == [2, 3, 4]
        assert writing.find("contact", role="champion", account_id=3) == []
        assert set(writing.find("contact", id=1)[0]) == {
            "id", "account_id", "name", "title", "role", "email", "phone", "status", "left_on", "notes",
            "source", "source_id",
        }  # fmt: skip
