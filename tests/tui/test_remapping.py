"""Keys can be changed and switched off in the settings; what cannot work is refused by name and stays as it was."""

from __future__ import annotations

import pytest
from textual.keys import Keys

from csm_tui.settings import Settings
from csm_tui.tui import keys
from csm_tui.tui.app import CsmApp
from csm_tui.tui.forms.log import LogForm
from csm_tui.tui.keys_in_use import InUse
from csm_tui.tui.remapping import KNOWN, remapped
from csm_tui.tui.widgets.picker import Picker

from .conftest import DAY, press, screen_text, settle, toasts

REFUSED = {
    ("lgo", "x"): "did you mean log?",
    ("nothing.like.it", "x"): "docs/keys.md",
    ("log", "alt+l"): "does not come through every terminal",
    ("log", "super+l"): "does not come through every terminal",
    ("log", "ctrl+shift+l"): "does not come through every terminal",
    ("log", "ctrl+1"): "does not come through every terminal",
    ("log", "ctrl+i"): "sends it as tab",
    ("log", "Ctrl+M"): "sends it as enter",
    ("log", "ctrl+h"): "sends it as backspace",
    ("log", "ctrl+j"): "sends it as enter",
    ("log", "ctrl+q"): "always quits",
    ("log", "shift+l"): "is written “L”",
    ("log", "pagedwon"): "did you mean pagedown?",
    ("log", "<any>"): "does not come through",
    ("log", "\x07"): "no key types that sign",
    ("log", "d"): "is done on the workspace",
    ("log", "j"): "is list.down on the workspace",
    ("history.close", "home"): "is list.top on the history",
    ("quit", ""): "cannot be switched off",
    ("keys", ""): "cannot be switched off",
    ("back", " "): "cannot be switched off",
    ("back", ", ,"): "cannot be switched off",
    ("picker.down", "n"): "is typed there",
    ("log.save", "slash"): "is typed there",
}


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_wish_that_cannot_work_is_refused_by_name_and_nothing_changes(name: str, text: str) -> None:
    found = remapped({name: text})
    assert found.keys == {}
    assert len(found.problems) == 1
    assert found.problems[0].startswith(f"keys.{name}: ")
    assert REFUSED[(name, text)] in found.problems[0]


@pytest.mark.parametrize(
    ("text", "keys_"),
    [("Q", "Q"), ("ctrl+L", "ctrl+l"), ("&, f5", "ampersand,f5"), (",", "comma"), ("é", "é"), ("", ""),
     ("esc", "escape"), ("question_mark", "question_mark")],
)  # fmt: skip
def test_a_key_may_be_written_as_people_write_it(text: str, keys_: str) -> None:
    found = remapped({"zoom": text, "back": "f9", "keys": "f8"})
    assert found.problems == ()
    assert found.keys["zoom"] == keys_


def test_two_ids_may_change_places_and_a_key_that_was_given_up_is_free() -> None:
    assert remapped({"log": "d", "done": "l"}) == ({"log": "d", "done": "l"}, ())
    assert remapped({"skip": "", "log": "x"}) == ({"skip": "", "log": "x"}, ())


def test_of_three_wishes_that_hang_together_none_is_left_half_done() -> None:
    """`done` may not have `s`; so `d` is not free, and `log` may not have it either."""
    found = remapped({"done": "s", "log": "d"})
    assert found.keys == {}
    assert [problem.split(":")[0] for problem in found.problems] == ["keys.done", "keys.log"]


def test_each_default_would_be_accepted_as_a_wish() -> None:
    """So no default is a key that a terminal cannot send, and no two clash on a screen."""
    found = remapped({name: key.keys for name, key in KNOWN.items()})
    assert found.problems == ()
    assert {key.value for key in Keys} >= {"pagedown", "f5", "enter"}


def test_every_binding_of_our_own_is_in_the_table() -> None:
    from csm_tui.tui.forms.confirm import Confirm
    from csm_tui.tui.forms.line_input import LineInput
    from csm_tui.tui.screens.history import HistoryScreen
    from csm_tui.tui.screens.why import WhyScreen
    from csm_tui.tui.widgets.dialog import Dialog

    for owner in (CsmApp, Picker, Confirm, LineInput, HistoryScreen, WhyScreen, Dialog):
        for binding in owner.BINDINGS:
            assert not isinstance(binding, tuple)
            assert binding.id in KNOWN


def test_a_switched_off_key_is_told_to_textual_as_one_that_nobody_can_press() -> None:
    assert InUse({"zoom": "", "log": "Q"}).keymap == {"zoom": "no-key", "log": "Q"}
    assert [label for label, word in keys.bar(InUse({"log": "ctrl+l", "done": ""}).of(keys.WORK))][:2] == ["^l", "s"]


async def test_bars_question_mark_palette_and_keys_themselves_follow_the_settings(demo: str) -> None:
    settings = Settings(keys={"log": "Q", "zoom": "", "done": "ctrl+m", "keys": "f2", "undo": "ctrl+z", "redo": ""})
    app = CsmApp(demo, DAY, settings=settings)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        assert any(told.startswith("keys.done: “ctrl+m” cannot be used") for told in toasts(app))
        bar = screen_text(app).split("\n")[-1]
        assert " Q log " in bar
        assert " zoom " not in bar
        assert " f2 keys" in bar
        await press(pilot, "l", "z")
        assert app.screen is app.workspace
        assert not app.workspace._zoomed
        await press(pilot, "f2")
        assert isinstance(app.screen, Picker)
        notes = {choice.value: choice.note for choice in app.screen.choices.all}
        assert (notes["log"], notes["zoom"], notes["done"], notes["keys"]) == ("Q", "", "d", "f2")
        await press(pilot, "escape", "Q")
        assert isinstance(app.screen, LogForm)
        await press(pilot, *"call", "enter")
        await settle(pilot)
        assert toasts(app)[-1].endswith(" · ^z undoes")
        await press(pilot, "ctrl+z")
        await settle(pilot)
        assert toasts(app)[-1].startswith("Undone: ")
        assert " · " not in toasts(app)[-1], "the key that does it again is switched off"
