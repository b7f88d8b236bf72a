"""The guards of group C."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from tests.faults.guards import Guard


def _no_patience() -> None:
    """A writer that gives up at once where another one writes."""
    from csm_tui.store import transaction

    opened = vars(transaction)["opened"]
    vars(transaction)["opened"] = lambda path, _busy_s, *, write: opened(path, 0.0, write=write)


def _many_writers() -> None:
    from csm_tui.tui import desk

    pool = vars(desk)["ThreadPoolExecutor"]
    vars(desk)["ThreadPoolExecutor"] = lambda _count, name: pool(4, name)


def _write_over() -> None:
    from csm_tui.actions import meanwhile

    meanwhile.as_seen.__code__ = (lambda row, seen, values: None).__code__  # noqa: ARG005 - its parameters


def _move_over() -> None:
    from csm_tui.actions import meanwhile

    meanwhile.stands_as_seen.__code__ = (lambda stands_on, seen_on, to, what: None).__code__  # noqa: ARG005 - as above


def _write_on_the_screens_thread() -> None:
    from csm_tui.tui.desk import Desk

    def at_once(self: Any, deed: Any, *arguments: Any) -> str:
        self._writing += 1
        self._carry_out("now", deed, arguments)
        return "now"

    setattr(Desk, "_submit", at_once)  # noqa: B010 - the checker of types would not have it


def _gone_before_it_is_written() -> None:
    """A form that leaves as soon as it has said what it wants."""
    from csm_tui.tui.widgets.dialog import SavingDialog

    setattr(SavingDialog, "wait_for", lambda self, _slot: self.answer(True))  # noqa: B010 - as above


def _any_clock() -> None:
    """Whatever day the machine says is believed."""
    from datetime import date

    from csm_tui import clock

    vars(clock)["LAST_DAY"] = date.max


def _newer_is_ours() -> None:
    from csm_tui.store import backup, connection, transaction

    for module in (backup, connection, transaction):
        vars(module)["check"] = lambda *_: None


def _no_backup_before() -> None:
    from csm_tui.store import backup

    vars(backup)["back_up"] = lambda path: path


def _commit_within_a_script() -> None:
    """What `executescript` would do: the work so far is kept, before its version is."""
    from csm_tui.store import migrate

    statements = vars(migrate)["_statements"]

    def torn(script: str) -> Iterator[str]:
        for statement in statements(script):
            yield statement
            yield "COMMIT"
            yield "BEGIN IMMEDIATE"

    vars(migrate)["_statements"] = torn


VERSIONS = "tests/faults/test_c_versions.py"
ROOT, EDITS = "tests/faults/test_c_two.py", "tests/faults/test_c_edits.py"
HELD, CLOCKS = "tests/faults/test_c_held.py", "tests/faults/test_c_clocks.py"
KEEPS = "test_a_small_question_keeps_what_was_typed_until_it_is_written"
HOLDS = "test_a_writer_that_holds_the_file_holds_up_nothing_but_writing"

GUARDS: dict[str, Guard] = {
    "patience": Guard(f"{ROOT}::test_eight_processes_at_once_lose_nothing_and_count_right", _no_patience),
    "as it was seen": Guard(f"{EDITS}::test_who_writes_second_is_told_and_sees_both", _write_over),
    "a question stays until it is written": Guard(f"{HELD}::{KEEPS}", _gone_before_it_is_written),
    "where it was seen to stand": Guard(
        f"{EDITS}::test_who_moves_what_another_moved_is_told_and_may_move_it_then", _move_over
    ),
    "no write on the screen's thread": Guard(f"{HELD}::{HOLDS}", _write_on_the_screens_thread),
    "a clock to be believed": Guard(f"{CLOCKS}::test_history_and_lists_hold_while_the_clock_jumps", _any_clock),
    "newer books": Guard(
        f"{VERSIONS}::test_a_newer_book_is_refused_by_both_versions_and_left_as_it_is", _newer_is_ours
    ),
    "a backup before a migration": Guard(
        f"{VERSIONS}::test_a_book_of_each_version_comes_up_to_date_with_its_rows_equal", _no_backup_before
    ),
    "one transaction a script": Guard(
        f"{VERSIONS}::test_a_statement_that_fails_leaves_old_or_new_and_a_second_run_goes_on", _commit_within_a_script
    ),
    "one writer": Guard(f"{ROOT}::test_writes_from_many_threads_go_through_one_writer", _many_writers),
}
