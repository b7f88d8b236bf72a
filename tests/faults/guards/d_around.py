"""The guards of group D around the text: the size of the screen it stands on, and what is said outside the book."""

from __future__ import annotations

from tests.faults.guards import Guard

SIZES, SECRETS = "tests/faults/test_d_sizes.py::", "tests/faults/test_d_secrets.py::"


def _what_was_scrolled_away_stays_away() -> None:
    from csm_tui.tui.widgets.rows import Rows

    def on_resize(self: Rows) -> None:
        self._keep_in_sight()

    Rows.on_resize = on_resize  # type: ignore[method-assign]


def _a_bug_is_told_with_its_values() -> None:
    from csm_tui import bugs

    def report(error: BaseException | None) -> str:
        return f"{type(error).__name__}: {error}\n"

    bugs.report = report


def _keys_after_letters() -> None:
    """Keys that are no letters go the long way that Textual has for them."""
    from csm_tui.tui.widgets.in_order import InOrder

    del InOrder.on_key


def _keys_stay_where_they_went() -> None:
    """A key is not given to another than had it first."""
    from csm_tui.tui import typing_ahead

    setattr(typing_ahead, "getattr", lambda _event, _name, focused: focused)  # noqa: B010 - as Textual has it


GUARDS = {
    "a key begins anew": Guard(
        "tests/faults/test_d_odd_terminals.py::"
        "test_what_comes_in_one_packet_with_the_key_that_opens_a_form_is_meant_for_the_form",
        _keys_stay_where_they_went,
    ),
    "keys in their order": Guard(
        "tests/faults/test_d_odd_terminals.py::test_keys_that_a_slow_line_brings_in_one_packet_are_done_in_their_order",
        _keys_after_letters,
    ),
    "rows begin at the first again": Guard(
        SIZES + "test_any_sizes_and_back_again_give_the_same_screen[list]", _what_was_scrolled_away_stays_away
    ),
    "a bug is told without values": Guard(
        SECRETS + "test_a_workspace_leaves_it_in_no_title_report_or_temporary_file[broken]",
        _a_bug_is_told_with_its_values,
    ),
}
