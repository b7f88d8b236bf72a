"""The guards of group A."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

from tests.faults.guards import Guard


def _pragma(wanted: str) -> Callable[[], None]:
    """Every connection that writes says one pragma otherwise, or more."""

    def take_out() -> None:
        from csm_tui.store import connection

        agree = connection._agree

        def otherwise(made: object, *, write: bool) -> None:
            agree(made, write=write)  # type: ignore[arg-type]
            if write:
                made.execute(f"PRAGMA {wanted}").fetchall()  # type: ignore[attr-defined]

        connection._agree = otherwise  # type: ignore[assignment]

    return take_out


def _two_transactions() -> None:
    """An action is committed before it is marked as done, which takes a moment longer."""
    import time

    from csm_tui.store import journal

    finish = journal.finish

    def later(connection: sqlite3.Connection, operation_id: int) -> bool:
        connection.execute("COMMIT")
        time.sleep(0.02)
        connection.execute("BEGIN IMMEDIATE")
        return finish(connection, operation_id)

    journal.finish = later


def _signals_unheard() -> None:
    """Only Textual's own handlers are there."""
    from csm_tui.tui import driver

    spoilt: Any = driver.TerminalDriver
    spoilt._listen = lambda _self: None


def _taken_twice() -> None:
    """Each SIGCONT is taken for the end of a pause of our own."""
    from csm_tui.tui import driver

    spoilt: Any = driver.TerminalDriver
    spoilt._go_on = spoilt.start_application_mode


def _drafts_when_left() -> None:
    """What is typed is not kept as it is typed."""
    from csm_tui.tui import drafts

    drafts.keep = lambda *_: ""


def _one_thread_writes() -> None:
    """A draft waits behind what is written into the book."""
    from csm_tui.tui.desk import Desk

    spoilt: Any = Desk
    made = Desk.__init__

    def less(self: Any, *given: Any, **named: Any) -> None:
        made(self, *given, **named)
        self._keeper = self._writer

    spoilt.__init__ = less


def _pythons_own_words() -> None:
    """A bug is told as Python tells it, with the values that it names."""
    import traceback

    from csm_tui import bugs

    bugs.report = lambda error: "".join(traceback.format_exception(error))


FILE = "tests/faults/test_a_crash.py::"
A1 = f"{FILE}test_a_kill_at_a_random_moment_loses_nothing_and_leaves_nothing_half_done"
A2 = f"{FILE}test_a_kill_between_any_two_writes_leaves_the_action_whole_or_undone"
ENDS = "tests/faults/test_a_ends.py::"
TYPING = "tests/faults/test_a_typing.py::"
TYPED = f"{TYPING}test_a_kill_while_typing_a_long_note_leaves_it_to_the_next_start"
BUSY = f"{TYPING}test_what_is_typed_while_another_csm_writes_is_kept_before_it_is_done"
BUGS = "tests/faults/test_a_bugs.py::test_a_bug_ends_with_a_status_and_a_place_and_names_nobody"
SIGNALS = f"{ENDS}test_a_signal_puts_the_terminal_back_and_keeps_what_was_typed"
STOPS = f"{ENDS}test_it_stops_and_goes_on_with_the_terminal_its_threads_and_every_key"
A3 = f"{FILE}test_a_power_cut_loses_nothing_that_was_saved"

GUARDS: dict[str, Guard] = {
    "one transaction an action": Guard(A1, _two_transactions),
    "a journal on the disk": Guard(A2, _pragma("journal_mode=MEMORY")),
    "synchronous=EXTRA, not FULL": Guard(A3, _pragma("synchronous=FULL")),
    "synchronous=EXTRA, not OFF": Guard(A3, _pragma("synchronous=OFF")),
    "signals heard by the loop": Guard(SIGNALS, _signals_unheard),
    "drafts as one types": Guard(TYPED, _drafts_when_left),
    "drafts do not wait for the book": Guard(BUSY, _one_thread_writes),
    "a bug told without values": Guard(f"{BUGS}[handler]", _pythons_own_words),
    "one reader of keys": Guard(STOPS, _taken_twice),
}
