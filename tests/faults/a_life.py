"""A life of a book: the file beside a plain model of it, which undo, redo, copies and restores go back and forth in."""

from __future__ import annotations

import copy
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.domain.errors import Refusal
from csm_tui.store import backup, migrate
from csm_tui.store.journal import Operation
from csm_tui.store.transaction import redo, undo
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY
from tests.store.test_every_action import AT, rows

ANY = st.integers(0, 97)
Facts = dict[str, Any]


@dataclass
class Book:
    """What must stand in the file: rows of facts by their ids, and who was at which touchpoint."""

    accounts: dict[int, Facts] = field(default_factory=dict)
    contacts: dict[int, Facts] = field(default_factory=dict)
    touchpoints: dict[int, Facts] = field(default_factory=dict)
    promises: dict[int, Facts] = field(default_factory=dict)
    steps: dict[int, Facts] = field(default_factory=dict)
    risks: dict[int, Facts] = field(default_factory=dict)
    people: set[tuple[int, int]] = field(default_factory=set)

    def at(self, table: str, account_id: int) -> dict[int, Facts]:
        """The rows of a table that belong to an account."""
        return {key: row for key, row in getattr(self, table).items() if row["account_id"] == account_id}


TABLES = {
    "accounts": (("name", "seats", "owner", "archived"),
                 "SELECT id, name, seats, owner, archived_on IS NOT NULL FROM account"),
    "contacts": (("account_id", "name", "title"), "SELECT id, account_id, name, title FROM contact"),
    "touchpoints": (("account_id", "summary"), "SELECT id, account_id, summary FROM touchpoint"),
    "promises": (("account_id", "what", "touchpoint_id"),
                 "SELECT id, account_id, what, touchpoint_id FROM promise WHERE step_id IS NULL"),
    "steps": (("account_id", "title", "state", "notes"),
              "SELECT s.id, s.account_id, s.title, s.state, s.notes FROM step s JOIN plan p ON p.id = s.plan_id "
              "WHERE p.playbook = 'renewal'"),
    "risks": (("account_id", "closed"), "SELECT id, account_id, closed_on IS NOT NULL FROM risk"),
}  # fmt: skip


def found(path: str) -> Book:
    """What stands in the file."""
    with closing(sqlite3.connect(path)) as file:
        book = Book(people=set(file.execute("SELECT touchpoint_id, contact_id FROM touchpoint_contact")))
        for name, (columns, sql) in TABLES.items():
            setattr(book, name, {row[0]: dict(zip(columns, row[1:], strict=True)) for row in file.execute(sql)})
    return book


@dataclass
class Life:
    """A book with what can be taken back and done again: each time its name, and the book on the other side of it."""

    book: Book = field(default_factory=Book)
    done: list[tuple[str, Book]] = field(default_factory=list)
    undone: list[tuple[str, Book]] = field(default_factory=list)


def has(table: str) -> Callable[[Any], Any]:
    """Only where there is a row of that table."""
    return precondition(lambda life: bool(getattr(life.book, table)))


class Living(RuleBasedStateMachine):
    """A book beside its model, with what goes back and forth; the deeds are those of who inherits it."""

    tried = 0

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="csm-life-")
        self.path = str(Path(self.folder) / "book.db")
        self.life, self.saved, self.count, self.light = Life(), dict[str, Life](), 0, True

    @initialize()
    def begin(self) -> None:
        migrate.ready(self.path)
        self.new("Firm 0", None)

    @property
    def book(self) -> Book:
        return self.life.book

    def word(self, what: str) -> str:
        """Words that were never used before."""
        self.count += 1
        return f"{what} {self.count}"

    def do(self, action: Callable[[Any, Any], Any], wanted: Any) -> Any:
        """Carry a command out, over one backing or the other; it can be taken back from here on."""
        type(self).tried += 1
        before, operations = copy.deepcopy(self.book), self.operations()
        with (write_light if self.light else write)(self.path, Operation(wanted.label, "shell", AT), TODAY) as writing:
            result = action(writing, wanted)
        self.light = not self.light
        if self.operations() > operations:
            self.life.done.append((wanted.label, before))
            self.life.undone.clear()
        return result

    def operations(self) -> int:
        return int(rows(self.path, "SELECT count(*) FROM operation")[0][0])

    def account(self, pick: int, *, active: bool = True) -> tuple[int, str]:
        """An account of the book, that takes part if that is wished."""
        fit = [key for key, row in self.book.accounts.items() if not (active and row["archived"])]
        return fit[pick % len(fit)], str(self.book.accounts[fit[pick % len(fit)]]["name"])

    def one(self, table: str, pick: int) -> tuple[int, Facts]:
        """A row of a table."""
        every = getattr(self.book, table)
        key = sorted(every)[pick % len(every)]
        return key, every[key]

    def named(self, row: Facts) -> str:
        return str(self.book.accounts[row["account_id"]]["name"])

    def new(self, name: str, seats: int | None) -> None:
        account_id = self.do(add_account, AddAccount(name, {} if seats is None else {"seats": seats}))
        self.book.accounts[account_id] = {"name": name, "seats": seats, "owner": None, "archived": 0}

    @rule()
    def undo(self) -> None:
        self.revert(undo, self.life.done, self.life.undone)

    @rule()
    def redo(self) -> None:
        self.revert(redo, self.life.undone, self.life.done)

    def revert(self, act: Any, here: list[tuple[str, Book]], there: list[tuple[str, Book]]) -> None:
        """Go back or forth by one; where there is nothing, a sentence says so."""
        type(self).tried += 1
        if not here:
            with pytest.raises(Refusal):
                act(self.path, "shell", AT)
            return
        label, book = here.pop()
        assert act(self.path, "shell", AT).label == label
        there.append((label, self.book))
        self.life.book = book

    @rule()
    def backup(self) -> None:
        self.saved[backup.back_up(self.path)] = copy.deepcopy(self.life)

    @precondition(lambda self: any(map(os.path.exists, self.saved)))
    @rule(pick=ANY)
    def restore(self, pick: int) -> None:
        there = sorted(path for path in self.saved if Path(path).exists())
        source = there[pick % len(there)]
        kept = backup.restore(self.path, source)
        assert kept is not None
        self.saved[kept], self.life = self.life, copy.deepcopy(self.saved[source])

    @rule()
    def reopen(self) -> None:
        migrate.ready(self.path)
        assert rows(self.path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(self.path, "PRAGMA foreign_key_check") == []
        assert rows(self.path, "SELECT * FROM operation WHERE open = 1") == []

    @invariant()
    def the_book_is_as_the_model_says(self) -> None:
        if self.book.accounts:
            assert found(self.path) == self.book

    def teardown(self) -> None:
        shutil.rmtree(self.folder)
