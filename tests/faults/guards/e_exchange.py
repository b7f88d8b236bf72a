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
    "formulas": Guard(f"{HERE}test_e_round.py::test_no_cell_that_goes_out_is_a_formula", _formulas_go_out),
    "moments": Guard(f"{HERE}test_e_days.py::test_a_moment_is_the_same_wherever_it_is_read", _moments_are_local),
    "every table": Guard(
        f"{HERE}test_e_round.py::test_a_book_goes_out_in_and_out_again_the_same_to_the_byte", _a_table_stays_behind
    ),
}
