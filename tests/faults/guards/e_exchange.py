"""The guards of group E: what keeps a list from being misread, and a sheet from calculating."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from tests.faults.guards import Guard

HERE = "tests/faults/"


def _quotation_marks_are_believed() -> None:
    from csm_tui.exchange.records import Records

    def never(_self: Records, _row: list[str]) -> bool:
        return False

    Records._swallowed = never  # type: ignore[method-assign, assignment]


def _lines_have_no_end() -> None:
    from csm_tui.exchange import records

    records.LONGEST_LINE = 1 << 40


def _the_day_stands_first() -> None:
    from csm_tui.exchange.cells import DayColumn, Order

    def order(_self: DayColumn, _header: str) -> Order:
        return Order.DMY

    DayColumn.order = order  # type: ignore[method-assign, assignment]


def _letters_are_supposed_in_silence() -> None:
    from csm_tui.exchange import letters

    real = letters._scanned

    def scanned(*given: Any) -> letters.Letters:
        return real(*given)._replace(remarks=())

    letters._scanned = scanned  # type: ignore[assignment]


def _each_row_is_kept_as_it_comes() -> None:
    from csm_tui.store.writing_light import LightWriting

    real = LightWriting.add

    def add(self: LightWriting, table: str, **values: Any) -> int:
        made = real(self, table, **values)
        # What was written so far is committed before a script begins.
        self._connection.executescript("PRAGMA synchronous = OFF; BEGIN IMMEDIATE")
        return made

    LightWriting.add = add  # type: ignore[method-assign]


def _cents_are_floats() -> None:
    from csm_tui.domain import money

    def cents(digits: str, scale: int, text: str) -> int:
        whole, fraction = money._split(digits, text)
        return int(float(f"{whole}.{fraction or 0}") * scale * 100)

    money._cents = cents


def _ids_are_numbers() -> None:
    from csm_tui.exchange import cells

    def number(text: str) -> str:
        return f"{int(text)}" if text.isdecimal() else text

    cells.external_id = number


def _formulas_go_out() -> None:
    from csm_tui.exchange.exporters import csv_file

    csv_file.guarded = str  # type: ignore[assignment]


def _moments_are_local() -> None:
    from csm_tui import clock

    def as_it_stands(local_time: datetime) -> str:
        return local_time.strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"

    clock.utc = as_it_stands


def _a_table_stays_behind() -> None:
    from csm_tui.store.queries import exports

    tables: Any = exports.tables

    def fewer(*given: Any) -> Any:
        return {name: columns for name, columns in tables(*given).items() if name != "snooze"}

    exports.tables = fewer  # type: ignore[assignment]


GUARDS = {
    "quotation marks": Guard(
        f"{HERE}test_e_dialects.py::test_two_lone_quotation_marks_do_not_make_one_cell_of_the_rows_between",
        _quotation_marks_are_believed,
    ),
    "the longest line": Guard(
        f"{HERE}test_e_endless.py::test_what_has_no_end_is_refused_soon_and_with_little_memory[one cell]",
        _lines_have_no_end,
    ),
    "days in two readings": Guard(
        f"{HERE}test_e_cells.py::test_a_column_in_two_readings_asks_and_is_never_guessed_row_by_row",
        _the_day_stands_first,
    ),
    "letters that were supposed": Guard(
        f"{HERE}test_e_letters.py::test_an_encoding_that_was_supposed_is_told_and_one_that_is_sure_is_not",
        _letters_are_supposed_in_silence,
    ),
    "an import is one transaction": Guard(
        f"{HERE}test_e_cut_off.py::test_a_kill_in_the_middle_leaves_the_book_as_it_was", _each_row_is_kept_as_it_comes
    ),
    "cents are whole": Guard(f"{HERE}test_e_cells.py::test_amounts_are_read_to_the_cent", _cents_are_floats),
    "ids are text": Guard(f"{HERE}test_e_cells.py::test_ids_stay_the_text_they_are", _ids_are_numbers),
    "formulas": Guard(f"{HERE}test_e_round.py::test_no_cell_that_goes_out_is_a_formula", _formulas_go_out),
    "moments": Guard(f"{HERE}test_e_days.py::test_a_moment_is_the_same_wherever_it_is_read", _moments_are_local),
    "every table": Guard(
        f"{HERE}test_e_round.py::test_a_book_goes_out_in_and_out_again_the_same_to_the_byte", _a_table_stays_behind
    ),
}
