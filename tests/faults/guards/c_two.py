"""The guards of group C."""

from __future__ import annotations

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


ROOT, EDITS = "tests/faults/test_c_two.py", "tests/faults/test_c_edits.py"

GUARDS: dict[str, Guard] = {
    "patience": Guard(f"{ROOT}::test_eight_processes_at_once_lose_nothing_and_count_right", _no_patience),
    "as it was seen": Guard(f"{EDITS}::test_who_writes_second_is_told_and_sees_both", _write_over),
    "one writer": Guard(f"{ROOT}::test_writes_from_many_threads_go_through_one_writer", _many_writers),
}
