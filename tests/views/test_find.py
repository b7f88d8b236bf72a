"""Finding answers the same with the index of the file and without, the newest first."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.domain.finding import UNSPACED
from csm_tui.store import migrate
from csm_tui.store.connection import reading
from csm_tui.views import find as views
from csm_tui.views.find import Found, find
from tests.conftest import TODAY, rounds

ALPHABET = "aAbBéÉe\u0301ßøłоОйΩάñ1٣ .,-_'\"()*:^+@#/\n会议カが한ประ🎉\u200b½"
TEXTS = st.text(ALPHABET, max_size=24)


def book(path: str, talks: Sequence[tuple[str, str | None]]) -> str:
    """A book whose touchpoints say so, on days that go up and down."""
    migrate.make(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01'), ('B', '2026-01-01')")
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO touchpoint (account_id, day, kind, direction, summary, notes) "
            "VALUES (?, ?, 'call', 'two-way', ?, ?)",
            [(1 + at % 2, f"2026-{1 + at * 7 % 12:02}-{1 + at * 5 % 28:02}", *talk) for at, talk in enumerate(talks)],
        )
        connection.execute("COMMIT")
    return path


def found(path: str, words: str, account_id: int | None = None, limit: int = 50) -> list[Found]:
    with reading(path, TODAY) as opened:
        return find(opened, words, account_id, limit).lines


def without_index(path: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%find%'")
        for (name,) in names.fetchall():
            connection.execute(f"DROP TRIGGER {name}")
        connection.execute("DROP TABLE touchpoint_find")


def test_with_the_index_and_without_it_the_same_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever is written and looked for: neither a syntax error nor a difference."""
    count = iter(range(10_000))
    monkeypatch.setattr(views, "FIRST_LOOK", 1)  # so that the index itself is asked

    @settings(max_examples=rounds(300, 20), deadline=None)
    @given(st.lists(st.tuples(TEXTS, st.none() | TEXTS), max_size=12), st.lists(TEXTS, min_size=1, max_size=6))
    def law(talks: list[tuple[str, str | None]], searches: list[str]) -> None:
        path = book(str(tmp_path / f"{next(count)}.db"), talks)
        asked = [*searches, *(text[:3] for text, _ in talks), *(text[1:4] for _, text in talks if text)]
        told = [answer(path, words) for words in asked]
        without_index(path)
        assert [answer(path, words) for words in asked] == told

    law()


def answer(path: str, words: str) -> list[Found] | str:
    try:
        return found(path, words)
    except Refusal as refusal:
        return str(refusal)


def test_the_newest_come_first_however_many_answer(tmp_path: Path) -> None:
    often = [("the price is high" if at % 3 else "all well", None) for at in range(5000)]
    rare = [("a rarity", None) if at in (7, 2500, 4999) else talk for at, talk in enumerate(often)]
    path = book(str(tmp_path / "many.db"), rare)
    for words, count in (("pri", 20), ("rarity", 3), ("well", 20)):
        lines = found(path, words, limit=20)
        keys = [(line.day, line.touchpoint_id) for line in lines]
        assert (len(lines), keys) == (count, sorted(keys, reverse=True)), words
        without = found(path, words, 2, 20)
        assert {line.account for line in without} <= {"B"}


def test_notes_of_accounts_and_people_come_after_the_touchpoints(tmp_path: Path) -> None:
    path = book(str(tmp_path / "notes.db"), [("price talk", None), ("other", "the Price")])
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE account SET notes = 'Price list 2025' WHERE id = 2")
        connection.execute("INSERT INTO contact (account_id, name, notes) VALUES (1, 'Jon', 'knows the price')")
    lines = found(path, "price")
    assert [(line.account, line.touchpoint_id, line.contact) for line in lines] == [
        ("B", 2, None), ("A", 1, None), ("A", None, "Jon"), ("B", None, None),
    ]  # fmt: skip
    assert [line.touchpoint_id for line in found(path, "price", 2)] == [2, None]
    with reading(path, TODAY) as opened:
        assert find(opened, "price", None, 1).more
        assert not find(opened, "price", None, 2).more


def test_the_index_marks_the_same_letters_as_finding_does(tmp_path: Path) -> None:
    letters = [chr(code) for code in range(1, 0x30000, 7) if not 0xD800 <= code < 0xE000]
    edges = [chr(end + step) for end in (0xE00, 0x109F, 0x1780, 0x17FF, 0x3040, 0x30FF, 0x3400, 0x9FFF, 0xAC00, 0xD7A3,
                                         0xF900, 0xFAFF, 0x20000, 0x3FFFD) for step in (-1, 0, 1)
             if not 0xD800 <= end + step < 0xE000]  # fmt: skip
    path = book(str(tmp_path / "letters.db"), [(letter, None) for letter in letters + edges])
    with closing(sqlite3.connect(path)) as connection:
        told = connection.execute("SELECT summary, mark = 'every unspaced' FROM touchpoint_words").fetchall()
    assert [letter for letter, marked in told if bool(marked) != bool(UNSPACED.search(letter))] == []
