"""The schema is as every writer takes it to be: tables, columns, a journal of all, and no statement goes past it."""

from __future__ import annotations

import ast
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import Integer
from sqlalchemy import inspect as mapped

import csm_tui
from csm_tui.store import migrate
from csm_tui.store.connection import APPLICATION_ID, SCHEMA_VERSION
from csm_tui.store.journal import JOURNALLED
from csm_tui.store.tables import BY_NAME
from tests.store.test_every_action import filled

SOURCE = Path(csm_tui.__file__).parent
JOURNAL = {"operation", "change"}
NOT_FACTS = {*JOURNAL, "import_mapping", "last_look", "kept_up"}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A book with rows in every table, which no test here changes."""
    return filled(str(tmp_path_factory.mktemp("schema") / "book.db"))


@pytest.fixture
def connection(one: str) -> Iterator[sqlite3.Connection]:
    """A connection whose changes are forgotten."""
    with closing(sqlite3.connect(one, isolation_level=None)) as made:
        made.execute("PRAGMA foreign_keys=ON")
        made.execute("BEGIN")
        yield made


def tables(connection: sqlite3.Connection) -> dict[str, str]:
    """The tables that we make; the word index and what SQLite keeps it in are FTS5's own, and hold no fact."""
    found = connection.execute(
        "SELECT m.name, m.sql FROM sqlite_master m JOIN pragma_table_list l ON l.name = m.name AND l.schema = 'main' "
        "WHERE l.type = 'table' AND m.name NOT LIKE 'sqlite_%'"
    )
    return dict(found.fetchall())


def columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, str, bool, bool]]:
    """Name, type, whether it must have a value, whether it is the key."""
    found = connection.execute(f"PRAGMA table_info({table})").fetchall()
    return [(name, kind, bool(must), bool(key)) for _, name, kind, must, _, key in found]


def test_the_version_is_that_of_the_newest_script_and_none_is_missing(connection: sqlite3.Connection) -> None:
    numbers = [number for number, _ in migrate.scripts()]
    assert numbers == list(range(1, SCHEMA_VERSION + 1))
    assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert connection.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
    assert APPLICATION_ID.to_bytes(4, "big") == b"csmt"


def test_every_table_is_strict_and_never_gives_an_id_twice(connection: sqlite3.Connection) -> None:
    strict = connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE name IN (SELECT name FROM sqlite_master)"
    )
    kinds = dict(strict.fetchall())
    for table, sql in tables(connection).items():
        assert kinds[table] == 1, table
        assert re.search(r"\bid\s+INTEGER PRIMARY KEY AUTOINCREMENT", sql), table


def test_no_column_is_real_or_blob_since_images_are_json(connection: sqlite3.Connection) -> None:
    for table in tables(connection):
        assert {kind for _, kind, _, _ in columns(connection, table)} <= {"INTEGER", "TEXT"}, table


def test_an_id_is_not_given_again_after_its_row_has_gone(connection: sqlite3.Connection) -> None:
    add = "INSERT INTO account (name, added_on) VALUES ('Gone', '2026-01-01')"
    first = connection.execute(add).lastrowid
    connection.execute("DELETE FROM account WHERE id = ?", (first,))
    assert connection.execute(add).lastrowid == (first or 0) + 1


def test_the_models_and_the_file_have_the_same_columns(connection: sqlite3.Connection) -> None:
    assert set(BY_NAME) == set(tables(connection)) - JOURNAL
    for table, model in BY_NAME.items():
        modelled = [
            (
                column.name,
                "INTEGER" if isinstance(column.type, Integer) else "TEXT",
                not column.nullable and not column.primary_key,
                column.primary_key,
            )
            for column in mapped(model).columns
        ]
        assert modelled == columns(connection, table), table


def test_the_models_and_the_file_have_the_same_defaults(connection: sqlite3.Connection) -> None:
    for table, model in BY_NAME.items():
        for _, name, _, must, default, key in connection.execute(f"PRAGMA table_info({table})").fetchall():
            field = model.model_fields[name]
            if must and not key:
                assert field.is_required() == (default is None), (table, name)
            if default is not None:
                assert default in {f"'{field.default}'", str(field.default)}, (table, name)


def test_every_table_of_facts_is_journalled(connection: sqlite3.Connection) -> None:
    assert set(JOURNALLED) == set(tables(connection)) - NOT_FACTS
    assert len(set(JOURNALLED)) == len(JOURNALLED)


@pytest.mark.parametrize("table", JOURNALLED)
def test_a_journalled_table_has_three_triggers_over_exactly_its_columns(
    connection: sqlite3.Connection, table: str
) -> None:
    found = connection.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = ? AND name LIKE '%_journal'",
        (table,),
    )
    triggers = dict(found.fetchall())
    assert set(triggers) == {f"{table}_{event}_journal" for event in ("insert", "update", "delete")}
    names = [name for name, *_ in columns(connection, table)]
    for event, sides in (("insert", ["NEW"]), ("update", ["OLD", "NEW"]), ("delete", ["OLD"])):
        sql = triggers[f"{table}_{event}_journal"]
        images = re.findall(r"json_object\((.*?)\)", sql)
        assert images == [", ".join(f"'{name}', {side}.{name}" for name in names) for side in sides]


@pytest.mark.parametrize("table", JOURNALLED)
def test_a_change_of_any_one_column_is_journalled_with_both_images(connection: sqlite3.Connection, table: str) -> None:
    connection.execute("PRAGMA ignore_check_constraints=ON")
    connection.execute("PRAGMA defer_foreign_keys=ON")
    for name, kind, _, key in columns(connection, table):
        if key:
            continue
        mark = connection.execute("SELECT max(id) FROM change").fetchone()[0]
        value = "xyz" if kind == "TEXT" else 77
        connection.execute(f"UPDATE {table} SET {name} = ? WHERE id = 1", (value,))
        images = connection.execute(
            f"SELECT before ->> '{name}' IS ?, after ->> '{name}' FROM change WHERE id > ? AND table_name = ?",
            (value, mark, table),
        )
        assert images.fetchall() == [(0, value)], (table, name)
    connection.rollback()


def test_only_one_operation_can_be_open(connection: sqlite3.Connection) -> None:
    begin = (
        "INSERT INTO operation (kind, label, origin, at, open) VALUES ('do', 'x', 'y', '2026-11-21T09:00:00.000Z', 1)"
    )
    connection.execute(begin)
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(begin)


FORBIDDEN = re.compile(r"OR\s+REPLACE|REPLACE\s+INTO|'now'|CURRENT_(DATE|TIME|TIMESTAMP)|'localtime'", re.IGNORECASE)


def statements() -> Iterator[tuple[str, str]]:
    """Every text in the source that may be SQL: the scripts, and all strings of the code but docstrings."""
    for script in SOURCE.rglob("*.sql"):
        yield script.name, script.read_text(encoding="utf-8")
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield f"{file.name}:{node.lineno}", node.value


def test_no_statement_replaces_rows_or_reads_the_clock() -> None:
    """INSERT OR REPLACE deletes without a trigger; the day is told by clock.py and nobody else."""
    found = list(statements())
    assert any("CREATE TABLE account" in text for _, text in found)
    assert [where for where, text in found if FORBIDDEN.search(text)] == []
    assert FORBIDDEN.search("insert or  replace into x")
    assert FORBIDDEN.search("date( 'now' )")
