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

    CsmApp.notify = notify  # type: ignore[method-assign]


def _anything_is_kept() -> None:
    from csm_tui import safe

    def kept(text: str, what: str) -> str:
        return text

    safe.accepted = kept


GUARDS = {
    "text made harmless": Guard(f"{HERE}test_d_commands.py::test_every_list_and_card[own]", _nothing_made_harmless),
    "last gate": Guard(
        f"{HERE}test_d_screens.py::test_what_is_typed_and_pasted_is_shown_without_harm_and_obeyed_by_nothing",
        _no_last_gate,
    ),
    "toasts are no markup": Guard(f"{HERE}test_d_screens.py::test_picker_history_filter_and_toasts", _markup_is_read),
    "what cannot be kept": Guard(
        f"{HERE}test_d_text.py::test_what_cannot_be_kept_is_refused_with_a_sentence_at_every_door", _anything_is_kept
    ),
}
