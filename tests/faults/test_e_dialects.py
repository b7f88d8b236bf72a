"""Bytes as a table: whatever a spreadsheet saves is read, and what is no table is refused in one sentence."""

from __future__ import annotations

import contextlib
import csv
import io
import os
import tracemalloc
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.dialect import Dialect, table
from csm_tui.exchange.letters import Letters
from tests.faults.matrix import Tally


@pytest.fixture(autouse=True)
def counted(tally: Tally) -> None:
    """Each test here is one try, of some the examples are more."""
    tally.tried += 1


def stream(data: bytes) -> io.BufferedReader:
    return io.BufferedReader(io.BytesIO(data), 1 << 16)


def read(data: bytes) -> list[tuple[int, list[str]]]:
    with table(stream(data), "book.csv") as found:
        return [(line.number, line.cells) for line in (found.header, *found.lines)]


def told(data: bytes) -> str:
    with table(stream(data), "book.csv") as found:
        list(found.lines)
    return " ".join(found.remarks)


@pytest.mark.fault("E2")
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_every_delimiter_line_end_and_mark_gives_the_same_table(delimiter: str, end: str, bom: bytes) -> None:
    text = end.join([delimiter.join(row) for row in (["Name", "City"], ["Ácme", "Köln"], ["Bolt", ""])])
    assert read(bom + text.encode()) == [(1, ["Name", "City"]), (2, ["Ácme", "Köln"]), (3, ["Bolt", ""])]


@pytest.mark.fault("E2")
def test_the_separator_that_excel_declares_is_believed() -> None:
    assert read(b"sep=;\r\nName;a,b\r\nAcme;1,5\r\n") == [(2, ["Name", "a,b"]), (3, ["Acme", "1,5"])]


@pytest.mark.fault("E2")
def test_rows_keep_the_number_of_the_line_on_which_they_begin() -> None:
    data = b'\nName,Notes\n\nAcme,"two\nlines, with ""quotes"""\n,\nBolt,x\n'
    assert read(data) == [
        (2, ["Name", "Notes"]),
        (4, ["Acme", 'two\nlines, with "quotes"']),
        (7, ["Bolt", "x"]),
    ]


@pytest.mark.fault("E2")
def test_a_header_with_a_line_end_in_it_is_one_header() -> None:
    assert read(b'Name;"ARR\n(EUR)"\nAcme;5\n')[0] == (1, ["Name", "ARR\n(EUR)"])


@pytest.mark.fault("E2")
@pytest.mark.parametrize(
    ("data", "below"),
    [
        (b'Name,City\nAcme,Rome\n"Bolt,Oslo\nCorax,Bern\n', [["Corax", "Bern"]]),
        (b'Name,City\nAcme,Rome\n"Bolt,Oslo\n"Corax",Bern\n', [["Corax", "Bern"]]),
        (b'Name,City\nAcme,Rome\nBolt,"a letter\nthat goes on\nCorax,Bern\n', [["Corax", "Bern"]]),
        (b'Name,City\nAcme,Rome\n"Bolt"x,Oslo\n', []),
    ],
)
def test_a_lone_quotation_mark_costs_its_own_row_and_no_other(data: bytes, below: list[list[str]]) -> None:
    with table(stream(data), "book.csv") as found:
        lines = list(found.lines)
    assert [line.cells for line in lines if not line.fault] == [["Acme", "Rome"], *below]
    (astray,) = [line for line in lines if line.fault]
    assert astray.number == 3
    assert "quotation mark" in astray.fault


@pytest.mark.fault("E2")
def test_two_lone_quotation_marks_do_not_make_one_cell_of_the_rows_between() -> None:
    data = b'Name,City,ARR\n"Bolt,Oslo,5\nCorax,Bern,6\nDelta",Kiel,7\n'
    assert [cells[0] for _, cells in read(data)[2:]] == ["Corax", 'Delta"']


@pytest.mark.fault("E2")
def test_the_lines_behind_a_lone_quotation_mark_keep_their_numbers() -> None:
    data = b'Name,City\nBolt,"a letter\nthat goes on\nCorax,Bern\n\nDelta,Kiel\n'
    assert [number for number, _ in read(data)] == [1, 2, 4, 6]


@pytest.mark.fault("E2")
def test_a_cell_of_many_lines_with_commas_is_a_cell() -> None:
    note = "met Ada, Bo, Cy\nagreed:\n- a, b\n- c"
    assert read(f'Name,City,Notes\nAcme,Rome,"{note}"\n'.encode())[1] == (2, ["Acme", "Rome", note])


@pytest.mark.fault("E3")
def test_a_quotation_mark_open_for_longer_than_any_cell_refuses_the_file_at_once() -> None:
    endless: Any = io.BufferedReader(Endless(b'Name,City\n"Bolt,Oslo\n', b"and so on, and on\n"), 1 << 16)
    with pytest.raises(Refusal, match="line 2: a quotation mark"), table(endless, "x", PLAIN) as found:
        list(found.lines)


class Endless(io.RawIOBase):
    """A file that begins with something and goes on with the same for ever."""

    def __init__(self, begin: bytes, then: bytes) -> None:
        self._rest = begin
        self._then = then

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        return offset + whence

    def tell(self) -> int:
        return 0

    def readinto(self, buffer: Any) -> int:
        view = memoryview(buffer)
        while len(self._rest) < len(view):
            self._rest += self._then * 1000
        view[:], self._rest = self._rest[: len(view)], self._rest[len(view) :]
        return len(view)


PLAIN = Dialect(Letters("utf-8", 0), ",", 0)


REPORT = (
    b'My accounts\nAs of 21 November, all of them\n\n"Account Name","ARR","Renewal"\n'
    b"Acme,5,2027-01-01\nBolt,6,2027-01-02\n"
)
FOOTER = (
    b"\nMy accounts\nCopyright (c) 2000-2026 salesforce.com, inc. All rights reserved.\n"
    b"Confidential Information - Do Not Distribute\nGenerated By:  Jane Doe\n"
)


@pytest.mark.fault("E2")
def test_titles_above_and_footers_below_are_no_rows_and_are_told() -> None:
    assert [number for number, _ in read(REPORT + FOOTER)] == [4, 5, 6]
    assert told(REPORT + FOOTER) == (
        "Lines 1 to 2 are titles and were passed over. Lines 8 to 11 are footers and were passed over."
    )


@pytest.mark.fault("E2")
@pytest.mark.parametrize(
    "line",
    [
        b"Grand Total,11,\n",
        b'"Grand Totals (2 records)","",""\n',
        b"Total,,\n",
        b"TOTAL:,,\n",
        b"Total,11,\n",
        b'Total,"EUR 1.234,50",2\n',
        b'Gesamt,"\xe2\x82\xac 11,00",2\n',
        b"Sum,1 234,$5\n",
    ],
)
def test_a_total_at_the_end_is_no_row(line: bytes) -> None:
    assert [number for number, _ in read(REPORT + line)] == [4, 5, 6]


@pytest.mark.fault("E2")
@pytest.mark.parametrize(
    "rows",
    [b"Total Energies,5,2027-01-01\n", b"Total,5,2027-01-01\n", b"Total,5,21.11.2026\n",
     b"Total,,\nCorax,7,2027-01-01\n", b"\nCorax\n",
     b"Copyright (c) 2000- Ltd,5,2027-01-01\n"],
)  # fmt: skip
def test_what_only_looks_like_a_footer_stays_a_row(rows: bytes) -> None:
    assert len(read(REPORT + rows)) == 3 + sum(bool(line) for line in rows.split(b"\n"))


@pytest.mark.fault("E2")
def test_a_second_reading_needs_no_second_look() -> None:
    data = REPORT + FOOTER
    with table(stream(data), "book.csv") as first:
        rows = list(first.lines)
    with table(stream(data), "book.csv", first.dialect) as again:
        assert list(again.lines) == rows


@pytest.mark.fault("E2")
def test_a_pipe_is_read_like_a_file() -> None:
    reader, writer = os.pipe()
    os.write(writer, REPORT)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe, table(pipe, "-") as found:
        assert len(list(found.lines)) == 2


@pytest.mark.fault("E2")
@given(st.binary(max_size=300) | st.text(alphabet='aÁ€,;"\n\r\t|=\0 \ufeff', max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    with contextlib.suppress(Refusal):
        numbers = [number for number, _ in read(data)]
        assert numbers == sorted(set(numbers))


@pytest.mark.fault("E2")
def test_a_single_nul_is_left_to_the_row_that_holds_it() -> None:
    assert read(b"Name\nA\x00B\nBolt\n")[1:] == [(2, ["A\x00B"]), (3, ["Bolt"])]


@pytest.mark.fault("E3")
def test_a_cell_of_a_million_characters_is_a_cell() -> None:
    assert len(read(b"Name\n" + b"x" * 1_000_000 + b"\n")[1][1][0]) == 1_000_000


@pytest.mark.fault("E3")
def test_a_line_without_end_is_no_table() -> None:
    with pytest.raises(Refusal, match="line 2: the line has no end"):
        read(b"Name\n" + b"x" * 5_000_000)


@pytest.mark.fault("E3")
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


CELLS = st.text(alphabet='aÁ€,;\n\r\t|=" 0', max_size=8).map(str.strip)


@pytest.mark.fault("E2")
@given(
    st.lists(st.tuples(CELLS.filter(bool), CELLS, CELLS), min_size=3, max_size=8),
    st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
)
def test_rows_that_were_written_by_the_rules_are_read_as_they_were(
    rows: list[tuple[str, str, str]], quoting: Literal[0, 1, 2]
) -> None:
    text = io.StringIO()
    csv.writer(text, quoting=quoting).writerows([("Name", "City", "Notes"), *rows])
    with table(stream(text.getvalue().encode()), "book.csv", PLAIN) as found:
        lines = list(found.lines)
    if not any(line.fault for line in lines) and not found.remarks:  # a cell of rows, and a footer, are not told apart
        assert [tuple(line.cells) for line in lines] == rows
