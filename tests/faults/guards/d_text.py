"""The guards of group D: what makes text from people and files harmless on its way out."""

from __future__ import annotations

from typing import Any

from tests.faults.guards import Guard

HERE = "tests/faults/"


def _nothing_made_harmless() -> None:
    from csm_tui import safe

    safe.shown = str  # type: ignore[assignment]


def _no_last_gate() -> None:
    from csm_tui.tui.harmless import Harmless

    def as_it_is(_self: Harmless, segments: Any, _background: Any) -> Any:
        return segments

    Harmless.apply = as_it_is  # type: ignore[method-assign, assignment]


def _markup_is_read() -> None:
    from textual.app import App

    from csm_tui.tui.app import CsmApp

    def notify(self: App[int], message: str, **more: Any) -> None:
        App.notify(self, message, **{**more, "markup": True})

    CsmApp.notify = notify


def _anything_is_kept() -> None:
    from csm_tui import safe

    def kept(text: str, what: str) -> str:
        return text

    safe.accepted = kept


def _pictures_stay_joined() -> None:
    from csm_tui import safe

    safe._settled = str  # type: ignore[assignment]


def _the_first_mark_ends_a_paste() -> None:
    from csm_tui.tui.incoming import BEGIN, END, Incoming, Piece

    def came(self: Incoming, text: str) -> list[Piece]:
        begun = text.partition(BEGIN)
        pasted = begun[2].partition(END)
        whole = (Piece(begun[0], False), Piece(pasted[0], True), Piece(pasted[2], False))
        return [piece for piece in whole if piece.text]

    Incoming.came = came  # type: ignore[method-assign]


def _a_paste_has_no_end() -> None:
    from csm_tui.tui.widgets.still_input import StillInput

    del StillInput.on_paste


def _everything_is_a_terminal() -> None:
    import sys

    sys.stdout.isatty = lambda: True  # type: ignore[method-assign]


GUARDS = {
    "stored bytes in a terminal": Guard(
        f"{HERE}test_d_terminal.py::test_no_command_writes_a_stored_byte_that_steers", _nothing_made_harmless
    ),
    "stored bytes on a screen": Guard(
        f"{HERE}test_d_terminal.py::test_no_screen_writes_a_stored_byte_that_steers", _no_last_gate
    ),
    "text made harmless": Guard(f"{HERE}test_d_commands.py::test_every_list_and_card[own]", _nothing_made_harmless),
    "last gate": Guard(
        f"{HERE}test_d_screens.py::test_what_is_typed_and_pasted_is_shown_without_harm_and_obeyed_by_nothing",
        _no_last_gate,
    ),
    "toasts are no markup": Guard(
        f"{HERE}test_d_screens.py::test_picker_history_filter_and_toasts", _markup_is_read, "MarkupError"
    ),
    "what cannot be kept": Guard(
        f"{HERE}test_d_text.py::test_what_cannot_be_kept_is_refused_with_a_sentence_at_every_door", _anything_is_kept
    ),
    "signs of one width": Guard(
        f"{HERE}test_d_width.py::test_the_shell_the_screen_and_a_terminal_agree_how_wide_a_name_is",
        _pictures_stay_joined,
    ),
    "the last mark ends a paste": Guard(
        f"{HERE}test_d_paste.py::test_no_key_of_a_paste_is_obeyed", _the_first_mark_ends_a_paste
    ),
    "a paste is cut": Guard(
        f"{HERE}test_d_paste.py::test_five_megabytes_are_taken_and_what_is_left_out_is_said[lines]",
        _a_paste_has_no_end,
    ),
    "plain text for a pipe": Guard(
        f"{HERE}test_d_odd_terminals.py::test_without_a_terminal_every_command_writes_plain_text[forced colour]",
        _everything_is_a_terminal,
    ),
}
