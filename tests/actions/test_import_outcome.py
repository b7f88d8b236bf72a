"""What became of the lines: in the order of the file, counted in full, told in part."""

from __future__ import annotations

from csm_tui.actions.import_outcome import MOST_NEW, MOST_REMARKS, Outcome, Refusals, Remark


def test_refusals_come_in_the_order_of_the_file_whatever_the_order_of_refusing() -> None:
    refusals = Refusals([Remark(9, "b"), Remark(3, "a"), Remark(5, "b")])
    refusals.sort()
    assert list(refusals) == [(3, "a"), (5, "b"), (9, "b")]


def test_the_first_new_lines_of_the_file_are_told_and_all_are_counted() -> None:
    outcome = Outcome()
    for line in reversed(range(2, 102)):
        outcome.add(line, f"Customer {line}")
    assert (outcome.new, [new.line for new in outcome.first_new]) == (100, list(range(2, 2 + MOST_NEW)))


def test_remarks_end_in_how_many_more_there_are() -> None:
    outcome = Outcome()
    for line in range(MOST_REMARKS + 2345):
        outcome.remark(line, "look")
    assert outcome.remarks[:2] == ["Line 0: look.", "Line 1: look."]
    assert outcome.remarks[MOST_REMARKS:] == ["There is as much to say about 2,345 more lines."]
