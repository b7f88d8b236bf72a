"""What goes out of the book reads back to the same values, in every format, and a spreadsheet calculates none of it."""

from __future__ import annotations

import importlib
import io
import pkgutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.exchange import exporters
from csm_tui.exchange.demo.book import write_demo
from csm_tui.exchange.exporters import csv_file, json_file, markdown
from csm_tui.exchange.exporters.csv_file import guarded, unguarded
from csm_tui.exchange.exporters.registry import BY_NAME, FORMATS, WHAT
from csm_tui.exchange.written import written
from csm_tui.store.connection import reading
from csm_tui.store.queries.exports import PAGE
from csm_tui.views.exports import LISTS, Column, as_text, rows
from tests.conftest import TODAY
from tests.store.test_every_action import filled

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20) | st.sampled_from(
    [
        "=1+1",
        "+1",
        "-1",
        "@x",
        "\tx",
        "\rx",
        "'=1",
        "''@",
        "'",
        "a | b",
        "|",
        "\\",
        "\\|",
        "<br>",
        " x ",
        '"',
        '"\n',
        "",
    ]
)
COLUMNS = (Column("A", "a"), Column("B", "b"), Column("C", "c"))
TABLES = st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=8)


def test_every_format_is_in_the_registry_and_a_file_of_its_own() -> None:
    modules = {module.name for module in pkgutil.iter_modules(exporters.__path__)} - {"registry"}
    assert {importlib.import_module(f"csm_tui.exchange.exporters.{name}") for name in modules} == set(FORMATS)
    assert sorted(BY_NAME) == ["csv", "json", "md"]
    assert WHAT == ("accounts", "contacts", "touchpoints", "promises", "book")


@given(TABLES)
def test_csv_and_markdown_read_back_to_the_same_texts(table: list[tuple[str, str, str]]) -> None:
    for form in (csv_file, markdown):
        stream = io.StringIO(newline="")
        assert form.write(stream, COLUMNS, table) == len(table)
        stream.seek(0)
        assert form.read(stream) == [["A", "B", "C"], *(list(row) for row in table)]


@given(st.lists(st.tuples(TEXTS | st.none(), st.integers() | st.none(), st.lists(TEXTS).map(tuple)), max_size=6))
def test_json_reads_back_to_the_same_values_and_steers_no_terminal(table: list[tuple[object, ...]]) -> None:
    stream = io.StringIO()
    json_file.write(stream, COLUMNS, table)  # type: ignore[arg-type]
    assert stream.getvalue().replace("\n", "").isprintable() or "\u00ad" in stream.getvalue() or steerless(stream)
    stream.seek(0)
    expected = [{"a": row[0], "b": row[1], "c": list(row[2])} for row in table]  # type: ignore[call-overload]
    assert json_file.read(stream) == expected


def steerless(stream: io.StringIO) -> bool:
    return not any(character in stream.getvalue() for character in "\x1b\x07\x9b\u202e\u2066\r\t")


@given(TEXTS)
def test_a_guard_comes_off_again_and_no_guarded_text_is_a_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}


def test_a_table_shows_money_yes_and_several_values_as_people_write_them() -> None:
    assert as_text(Column("ARR", "arr_cents", "cents"), 4_800_050) == "48000.50"
    assert as_text(Column("ARR", "arr_cents", "cents"), 4_800_000) == "48000"
    assert as_text(Column("Auto-renew", "auto_renew", "yes"), 0) == "no"
    assert as_text(Column("Tags", "tags", "several"), ("a", "b")) == "a; b"


@pytest.mark.parametrize("what", LISTS)
def test_each_list_has_every_row_once_with_a_value_a_column(tmp_path: Path, what: str) -> None:
    path = filled(str(tmp_path / "book.db"))
    table = {"accounts": "account", "contacts": "contact", "touchpoints": "touchpoint", "promises": "promise"}[what]
    with closing(sqlite3.connect(path)) as connection:
        ids = [row[0] for row in connection.execute(f"SELECT id FROM {table} ORDER BY id")]
    with reading(path, TODAY) as book:
        told = list(rows(book, what))
    assert [row[0] for row in told] == ids
    assert {len(row) for row in told} == {len(LISTS[what][0])}


def test_a_long_list_is_read_a_page_at_a_time(tmp_path: Path) -> None:
    path = str(tmp_path / "demo.db")
    write_demo(path, TODAY, 3, PAGE * 2 + 10)
    with reading(path, TODAY) as book:
        told = rows(book, "touchpoints")
        next(told)
        one = book.statements
        assert len(list(told)) == PAGE * 2 + 9
        assert (one, book.statements) == (1, 4)


def test_a_file_is_written_whole_for_its_owner_alone_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(UnicodeEncodeError), written(str(path)) as stream:
        stream.write("half \ud800")
    assert list(tmp_path.iterdir()) == []
    with written(str(path)) as stream:
        stream.write("whole")
        assert not path.exists()
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("whole", 0o600)
    with pytest.raises(Refusal, match="another name"), written(str(path)):
        pass
    with written(str(path), replace=True) as stream:
        stream.write("other")
    assert path.read_text() == "other"
    for odd in (tmp_path, tmp_path / "none" / "x.csv"):
        with pytest.raises(Refusal), written(str(odd), replace=True):
            pass


def test_a_disk_without_links_gets_the_file_whole_too_and_keeps_what_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(self: Path, target: Path) -> None:
        raise PermissionError(1, "Operation not permitted", str(self))

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    path = tmp_path / "out.csv"
    with written(str(path)) as stream:
        stream.write("whole")
    assert (path.read_text(), path.stat().st_mode & 0o777) == ("whole", 0o600)
    with pytest.raises(Refusal, match="another name"), written(str(tmp_path / "late.csv")):
        (tmp_path / "late.csv").write_text("theirs")
    assert sorted(one.name for one in tmp_path.iterdir()) == ["late.csv", "out.csv"]
    assert (tmp_path / "late.csv").read_text() == "theirs"


def test_a_file_that_appears_meanwhile_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    with pytest.raises(Refusal), written(str(path)):
        path.write_text("theirs")
    assert path.read_text() == "theirs"
    assert [one.name for one in tmp_path.iterdir()] == ["out.csv"]
