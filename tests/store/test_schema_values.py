"""The schema refuses by itself what no writer may put there: words, amounts, days, references and repeated rows."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from csm_tui.domain.accounts import Role, Tier
from csm_tui.domain.promises import PromiseState
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal, State
from csm_tui.store import migrate
from tests.store.test_schema import columns, connection, one, tables

__all__ = ["connection", "one"]

WORDS = {
    ("account", "tier"): Tier,
    ("contact", "role"): Role,
    ("contact", "status"): ("active", "left"),
    ("touchpoint", "kind"): Kind,
    ("touchpoint", "state"): State,
    ("touchpoint", "direction"): Direction,
    ("touchpoint", "mood"): Mood,
    ("touchpoint_signal", "signal"): Signal,
    ("promise", "side"): Side,
    ("promise", "state"): PromiseState,
    ("operation", "kind"): ("do", "undo", "redo"),
}


PAIRED = {
    ("step", "closed_on"): "state = 'done'",
    ("risk", "closed_on"): "how = 'lost'",
    ("risk_signal", "met_on"): "proof = 'said so'",
}
"""Days that stand only beside a word, and that word."""


def put(connection: sqlite3.Connection, table: str, column: str, value: object) -> None:
    """Set a column of a row that is sound in all else."""
    if table == "operation":
        given = f"INSERT INTO operation (kind, label, origin, at, {column})"
        sql = f"{given} VALUES ('do', 'x', 'y', '2026-11-21T09:00:00.000Z', ?)"
        if column in {"kind", "at"}:
            both = {"kind": "do", "at": "2026-11-21T09:00:00.000Z", column: value}
            connection.execute("INSERT INTO operation (kind, label, origin, at) VALUES (:kind, 'x', 'y', :at)", both)
        else:
            connection.execute(sql, (value,))
        return
    if (table, column) == ("promise", "state") and value != "open":
        connection.execute("UPDATE promise SET state = ?, closed_on = '2026-11-21' WHERE id = 1", (value,))
        return
    if (table, column) == ("promise", "closed_on"):
        connection.execute("UPDATE promise SET state = 'kept', closed_on = ? WHERE id = 1", (value,))
        return
    if (table, column) in PAIRED:
        connection.execute(f"UPDATE {table} SET {column} = ?, {PAIRED[table, column]} WHERE id = 1", (value,))
        return
    if (table, column) == ("snooze", "made_on"):
        connection.execute("UPDATE snooze SET until_on = '2999-12-31' WHERE id = 1")
    connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = 1", (value,))


def refuses(connection: sqlite3.Connection, table: str, column: str, value: object) -> bool:
    """Whether the file refuses a value."""
    connection.execute("SAVEPOINT try")
    try:
        put(connection, table, column, value)
    except (sqlite3.IntegrityError, sqlite3.OperationalError):  # a CHECK that would read the clock is the second
        return True
    else:
        return False
    finally:
        connection.execute("ROLLBACK TO try")


@pytest.mark.parametrize(("table", "column"), WORDS)
def test_a_word_of_the_domain_is_taken_and_no_other(connection: sqlite3.Connection, table: str, column: str) -> None:
    words = [str(word) for word in WORDS[table, column]]
    assert [word for word in words if refuses(connection, table, column, word)] == []
    for word in ("", "nonsense", words[0].upper(), words[0] + " ", f" {words[0]}"):
        assert refuses(connection, table, column, word), word


AMOUNTS = {
    ("account", "notice_days"): (0, 3650),
    ("account", "arr_cents"): (0, 10**15),
    ("account", "seats"): (0, 10**9),
    ("account", "interval_days"): (1, 3650),
    ("touchpoint", "minutes"): (0, 10_000),
    ("pulse", "value"): (1, 5),
    ("operation", "open"): (0, 1),
    ("operation", "closed"): (0, 1),
}


@pytest.mark.parametrize(("table", "column"), AMOUNTS)
def test_an_amount_lies_in_its_range_and_is_whole(connection: sqlite3.Connection, table: str, column: str) -> None:
    least, most = AMOUNTS[table, column]
    assert not refuses(connection, table, column, least)
    assert not refuses(connection, table, column, most)
    for value in (least - 1, most + 1, 1.5, "many", b"\x01"):
        assert refuses(connection, table, column, value), value


def day_columns() -> list[tuple[str, str]]:
    with closing(sqlite3.connect(":memory:")) as connection:
        for _, script in migrate.scripts():
            connection.executescript(Path(script).read_text(encoding="utf-8"))
        return [
            (table, name)
            for table in tables(connection)
            for name, *_ in columns(connection, table)
            if (name.endswith("_on") or name == "day") and name != "waiting_on"
        ]


IMPOSSIBLE = [
    "2026-02-30", "2026-02-29", "2026-00-10", "2026-13-01", "2026-11-31", "2026-1-5", "26-01-05", "20260105",
    "2026-01-05 ",
    " 2026-01-05", "2026-01-05T00:00", "2026-01-05 00:00:00", "now", "today", "", "0", "2461000.5", "１２",
    "0000-00-00",
    "-001-01-01", "1899-12-31", "2200-01-01", "9999-12-31", 20260105,
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), day_columns())
def test_a_day_is_one_that_exists_in_its_one_form(connection: sqlite3.Connection, table: str, column: str) -> None:
    good = ["2026-11-22", "2028-02-29", "2199-12-31"] + ([] if column == "until_on" else ["1900-01-01"])
    far = {"2200-01-01", "9999-12-31"} if column == "until_on" else set()  # a snooze only has to end after it began
    assert [day for day in good if refuses(connection, table, column, day)] == []
    assert [day for day in IMPOSSIBLE if day not in far and not refuses(connection, table, column, day)] == []


@pytest.mark.parametrize(
    "moment",
    ["2026-11-21", "2026-11-21T09:00:00Z", "2026-11-21 09:00:00.000Z", "2026-11-21T09:00:00.000",
    "2026-11-21T09:00:00.000+00:00",
     "2026-11-21T09:00:00.0000Z", "", "now", "x026-11-21T09:00:00.000Z",
     "2026-13-21T09:00:00.000Z", "2026-02-30T09:00:00.000Z", "2026-11-21T25:00:00.000Z", "2026-11-21T09:61:00.000Z"],
)  # fmt: skip
def test_a_moment_has_its_one_form_and_exists(connection: sqlite3.Connection, moment: str) -> None:
    assert not refuses(connection, "operation", "at", "2026-11-21T09:00:00.123Z")
    assert refuses(connection, "operation", "at", moment)


@pytest.mark.parametrize("time", ["24:00", "23:60", "9:00", "09:00:00", "0900", "", "29:59", "ab:cd"])
def test_a_time_of_day_exists(connection: sqlite3.Connection, time: str) -> None:
    assert not refuses(connection, "touchpoint", "time", "00:00")
    assert not refuses(connection, "touchpoint", "time", "23:59")
    assert refuses(connection, "touchpoint", "time", time)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("account", "name", ""), ("account", "name", "  "), ("account", "name", None), ("account", "added_on", None),
        ("account", "currency", "eur"), ("account", "currency", "EURO"), ("account", "currency", ""),
        ("account", "currency", None),
        ("contact", "name", " "), ("promise", "what", " "), ("promise", "made_on", None),
        ("touchpoint", "summary", None),
        ("external_id", "source", ""), ("external_id", "value", ""), ("snooze", "item", "12"), ("snooze", "item", "C1"),
        ("snooze", "item", "p0"), ("snooze", "until_on", "2026-11-20"),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_refused_by_the_file_itself(
    connection: sqlite3.Connection, table: str, column: str, value: object
) -> None:
    assert refuses(connection, table, column, value)


def test_a_closed_promise_has_its_day_and_an_open_one_has_none(connection: sqlite3.Connection) -> None:
    for change in ("state = 'kept'", "closed_on = '2026-11-21'"):
        with pytest.raises(sqlite3.IntegrityError):
            connection.execute(f"UPDATE promise SET {change} WHERE id = 1")


REFERENCES = [
    ("external_id", "account_id"), ("contact", "account_id"), ("touchpoint", "account_id"), ("promise", "account_id"),
    ("pulse", "account_id"), ("snooze", "account_id"), ("touchpoint_contact", "touchpoint_id"),
    ("touchpoint_contact", "contact_id"), ("touchpoint_signal", "touchpoint_id"), ("promise", "touchpoint_id"),
    ("pulse", "touchpoint_id"),
]  # fmt: skip


@pytest.mark.parametrize(("table", "column"), REFERENCES)
def test_a_row_points_at_a_row_that_is_there(connection: sqlite3.Connection, table: str, column: str) -> None:
    assert refuses(connection, table, column, 4711)


@pytest.mark.parametrize(
    "repeated",
    ["external_id (account_id, source, value) SELECT account_id, source, value FROM external_id",
     "touchpoint_contact (touchpoint_id, contact_id) SELECT touchpoint_id, contact_id FROM touchpoint_contact",
     "touchpoint_signal (touchpoint_id, signal) SELECT touchpoint_id, signal FROM touchpoint_signal"],
)  # fmt: skip
def test_what_is_there_once_is_not_there_twice(connection: sqlite3.Connection, repeated: str) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(f"INSERT INTO {repeated}")
