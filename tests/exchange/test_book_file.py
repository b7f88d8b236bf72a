"""An exported book read into an empty one is the same book, row for row; anything else is refused in a sentence."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.book_file import CHUNK, TakeBook, is_book, read_book, take_book, write_book
from csm_tui.exchange.demo.book import write_demo
from csm_tui.exchange.given import Given
from csm_tui.store.connection import SCHEMA_VERSION, reading
from csm_tui.store.journal import JOURNALLED, Operation
from csm_tui.store.queries.exports import tables
from csm_tui.store.transaction import misfits_refused, undo
from csm_tui.store.writing_light import write_light
from tests.blank import empty_book
from tests.conftest import TODAY, rounds
from tests.store.deeds import DEEDS
from tests.store.test_every_action import AT, attempt, dump, filled, rows, run

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=30)


def exported(path: str, target: str) -> str:
    with reading(path, TODAY) as book, Path(target).open("w", encoding="utf-8", newline="") as stream:
        write_book(stream, book)
    return target


def taken(source: str, path: str) -> str:
    """A new book with what the file holds."""
    empty_book(path)
    with reading(path, TODAY) as book:
        wanted = TakeBook(Given(source), tables(book))
    with misfits_refused(source), write_light(path, Operation(wanted.label, "shell", AT), TODAY) as writing:
        take_book(writing, wanted)
    return path


def again(path: str) -> str:
    return taken(exported(path, f"{path}.json"), f"{path}.again.db")


def test_a_book_with_a_row_in_every_table_comes_back_equal_and_undo_empties_it(tmp_path: Path) -> None:
    path = filled(str(tmp_path / "book.db"))
    assert all(dump(path).values())
    other = again(path)
    assert dump(other) == dump(path)
    assert Path(exported(other, f"{other}.json")).read_bytes() == Path(f"{path}.json").read_bytes()
    undo(other, "shell", AT)
    assert not any(dump(other).values())


def test_the_demo_book_comes_back_equal(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    write_demo(path, TODAY)
    assert dump(again(path)) == dump(path)


def test_any_book_comes_back_equal(tmp_path: Path) -> None:
    numbers = count()
    template = filled(str(tmp_path / "template.db"))

    @settings(max_examples=rounds(100), deadline=None)
    @given(st.lists(st.sampled_from(sorted(DEEDS)), max_size=3), TEXTS, TEXTS | st.none(), st.integers(0, 10**15))
    def law(deeds: list[str], summary: str, notes: str | None, cents: int) -> None:
        path = str(tmp_path / f"{next(numbers)}.db")
        Path(path).write_bytes(Path(template).read_bytes())
        for name in deeds:
            attempt(path, DEEDS[name])
        with closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("UPDATE touchpoint SET summary = ?, notes = ?", (summary, notes))
            connection.execute("UPDATE account SET arr_cents = ?, notes = ?", (cents, notes))
        assert dump(again(path)) == dump(path)

    law()


def test_a_book_however_it_is_laid_out_is_read_and_rows_larger_than_what_is_read_at_once(tmp_path: Path) -> None:
    path = filled(str(tmp_path / "book.db"))
    run(path, f"UPDATE touchpoint SET notes = '{'é“' * CHUNK}'")
    source = Path(exported(path, f"{path}.json"))
    for laid in (json.dumps(json.loads(source.read_text()), indent=4), json.dumps(json.loads(source.read_text()))):
        other = tmp_path / f"{len(laid)}.json"
        other.write_text("\ufeff" + laid, encoding="utf-8")
        assert is_book(Given(str(other)))
        assert dump(taken(str(other), f"{other}.db")) == dump(path)


def test_a_book_of_an_older_version_lacks_columns_and_tables_and_is_read(tmp_path: Path) -> None:
    source = tmp_path / "old.json"
    account = {"id": 7, "name": "Old", "added_on": "2026-01-01"}
    source.write_text(json.dumps({"csm_book": 1, "account": [account], "contact": []}))
    path = taken(str(source), str(tmp_path / "new.db"))
    assert rows(path, "SELECT id, name, tier, currency, archived_on FROM account") == [
        (7, "Old", "high-touch", "EUR", None)
    ]


def a_book(**given: Any) -> str:
    return json.dumps({"csm_book": SCHEMA_VERSION, **given})


ACCOUNT = {"id": 1, "name": "A", "added_on": "2026-01-01"}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (json.dumps({"csm_book": SCHEMA_VERSION + 1}), "newer csm"), ('{"csm_book": "x"}', "not an exported"),
        ('{"csm_book": true}', "not an exported"), ('{"csm_book": 0}', "not an exported book"), ("{}", "exported book"),
        ('{"account": []}', "which version"), (a_book(thing=[]), "does not know"), (a_book()[:-1], "breaks off"),
        (a_book(account=[ACCOUNT])[:-9], "breaks off"), (a_book(account={}), "stands where"), ("", "breaks off"),
        (a_book(account=[{**ACCOUNT, "nmae": "x"}]), "account 1: this is not a row"),
        (a_book(account=[ACCOUNT, {"name": "x"}]), "account 2: this is not a row"), (a_book(account=[5]), "not a row"),
        (a_book(account=[{**ACCOUNT, "name": 1.5}]), "name is neither"),
        (a_book(account=[{**ACCOUNT, "name": True}]), "name is neither"),
        (a_book(account=[{**ACCOUNT, "seats": 1 << 70}]), "seats is neither"),
        (a_book(account=[{**ACCOUNT, "tier": "x"}]), "book cannot keep"),
        (a_book(account=[ACCOUNT, ACCOUNT]), "cannot keep"),
        (a_book(account=[{**ACCOUNT, "seats": "x"}]), "book cannot keep"),
        (a_book(account=[{**ACCOUNT, "name": "\x00"}]), "cannot be kept"),
        (a_book(account=[{**ACCOUNT, "name": "\ud800"}]), "cannot be kept"),
        (a_book(contact=[{"id": 1, "account_id": 4, "name": "x"}]), "book cannot keep"),
        ('{"csm_book": ' + "[" * 100_000, "breaks off"),
    ],
)  # fmt: skip
def test_what_is_no_whole_book_is_refused_and_nothing_is_written(tmp_path: Path, text: str, said: str) -> None:
    source = tmp_path / "odd.json"
    source.write_text(text)
    path = str(tmp_path / "book.db")
    with pytest.raises(Refusal, match=said):
        taken(str(source), path)
    assert not any(dump(path).values())
    assert rows(path, "SELECT * FROM operation") == []


def test_bytes_that_are_no_text_are_refused(tmp_path: Path) -> None:
    source = tmp_path / "odd.json"
    source.write_bytes(a_book(account=[ACCOUNT]).encode().replace(b'"A"', b'"\xff"'))
    with pytest.raises(Refusal, match="UTF-8"):
        taken(str(source), str(tmp_path / "book.db"))


def test_a_book_that_is_not_empty_takes_no_other(tmp_path: Path) -> None:
    path = filled(str(tmp_path / "book.db"))
    before = dump(path)
    with pytest.raises(Refusal, match="not empty"):
        taken(exported(path, f"{path}.json"), path)
    assert dump(path) == before


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    source = tmp_path / "long.json"
    source.write_text(a_book(account=[{**ACCOUNT, "id": number} for number in range(20_000)])[:-5])
    columns = {table: ("id", "name", "added_on") for table in JOURNALLED}
    found = read_book(Given(str(source)), columns)
    assert [next(found)[1]["id"] for _ in range(9)] == list(range(9))  # though its end is broken
    with pytest.raises(Refusal):
        list(found)


def test_a_list_is_not_taken_for_a_book(tmp_path: Path) -> None:
    for number, text in enumerate(["Account,Tier\nA,high-touch\n", "[]", '{"a": 1}', ""]):
        (tmp_path / f"{number}").write_text(text)
        assert not is_book(Given(str(tmp_path / f"{number}")))
