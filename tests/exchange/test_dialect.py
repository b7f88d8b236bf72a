"""Bytes as a table: whatever a spreadsheet saves is read, and what is no table is refused in one sentence."""

from __future__ import annotations

import io
import tracemalloc

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.dialect import table


def stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data), 1 << 16)


def read(data: bytes) -> list[tuple[int, list[str]]]:
    with table(stream(data), "book.csv") as found:
        return [(line.number, line.cells) for line in (found.header, *found.lines)]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_delimiter_line_end_and_mark_gives_the_same_table(delimiter: str, end: str, bom: bytes) -> None:
    text = end.join([delimiter.join(row) for row in (["Name", "City"], ["Ácme", "Köln"], ["Bolt", ""])])
    assert read(bom + text.encode()) == [(1, ["Name", "City"]), (2, ["Ácme", "Köln"]), (3, ["Bolt", ""])]


def test_the_separator_that_excel_declares_is_believed() -> None:
    assert read(b"sep=;\r\nName;a,b\r\nAcme;1,5\r\n") == [(2, ["Name", "a,b"]), (3, ["Acme", "1,5"])]


def test_rows_keep_the_number_of_the_line_on_which_they_begin() -> None:
    data = b'\nName,Notes\n\nAcme,"two\nlines, with ""quotes"""\n,\nBolt,x\n'
    assert read(data) == [
        (2, ["Name", "Notes"]),
        (4, ["Acme", 'two\nlines, with "quotes"']),
        (7, ["Bolt", "x"]),
    ]


def test_a_header_with_a_line_end_in_it_is_one_header() -> None:
    assert read(b'Name;"ARR\n(EUR)"\nAcme;5\n')[0] == (1, ["Name", "ARR\n(EUR)"])


def test_a_quotation_mark_that_is_never_closed_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal, match="line 3: a quotation mark"):
        read(b'Name,City\nAcme,Rome\n"Bolt,Oslo\nCorax,Bern\n')


def test_a_quotation_mark_that_swallows_rows_up_to_the_next_is_refused_with_its_line() -> None:
    with pytest.raises(Refusal, match="line 3: a quotation mark"):
        read(b'Name,City\nAcme,Rome\n"Bolt,Oslo\n"Corax",Bern\n')


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"Name,City\n", "a header and no rows"),
        (b"Name,City\n\n , \n", "a header and no rows"),
        ("Name\nAcme".encode("utf-16"), "UTF-16"),
        ("Name\nAcme".encode("utf-32"), "UTF-32"),
        ("Name\nAcme".encode("utf-16-le"), "UTF-16"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"<html><table><tr><td>Name", "web page"),
        ("名前,住所\nアクメ株式会社,東京\n".encode("shift-jis"), "not UTF-8"),
        ("Имя,Город\nПривет,Москва\n".encode("cp1251"), "not UTF-8"),
        (bytes(range(256)) * 40, "not text"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, what: str) -> None:
    with pytest.raises(Refusal, match=what) as refused:
        read(data)
    assert str(refused.value).startswith("book.csv ")
    assert str(refused.value).endswith(".")


def test_western_european_letters_of_windows_are_read_and_the_encoding_is_told() -> None:
    with table(stream("Name\nCrédit Foncier\nPébéo\n".encode("cp1252")), "book.csv") as found:
        assert found.encoding == "cp1252"
        assert [line.cells for line in found.lines] == [["Crédit Foncier"], ["Pébéo"]]


def test_a_single_nul_is_left_to_the_row_that_holds_it() -> None:
    assert read(b"Name\nA\x00B\nBolt\n")[1:] == [(2, ["A\x00B"]), (3, ["Bolt"])]


def test_a_cell_of_a_million_characters_is_a_cell() -> None:
    assert len(read(b"Name\n" + b"x" * 1_000_000 + b"\n")[1][1][0]) == 1_000_000


def test_a_line_without_end_is_no_table() -> None:
    with pytest.raises(Refusal, match="line 2: the line has no end"):
        read(b"Name\n" + b"x" * 5_000_000)


def test_memory_does_not_grow_with_the_file() -> None:
    data = b"Name,City\n" + b"Acme,Rome\n" * 50_000
    raw = stream(data)
    tracemalloc.start()
    with table(raw, "book.csv") as found:
        count = sum(1 for _ in found.lines)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 50_000
    assert peak < 1_000_000
