"""How things look as was set: themes that can be read, signs in ASCII cell for cell, a compact account."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.color import Color
from textual.theme import BUILTIN_THEMES, Theme

import csm_tui
from csm_tui.glyphs import ASCII, plain
from csm_tui.settings import DEFAULT
from csm_tui.tui.app import CsmApp
from csm_tui.tui.context import Context
from csm_tui.tui.themes import CONTRAST, THEMES, wanted_theme
from csm_tui.tui.widgets.sheet import BLANK
from tests.conftest import rounds
from tests.tui.conftest import DAY, press, screen_text, settle, toasts, workspace

SOURCE = Path(csm_tui.__file__).parent
CURRENCIES = set("€£¥₹ł")
TEXTS = (
    "foreground", "border", "text-muted", "text-disabled", "text-error", "text-warning", "text-success", "text-accent",
)  # fmt: skip
GROUNDS = ("background", "surface", "panel", "block-cursor-background", "block-cursor-blurred-background")
COLOURED = [theme.name for theme in THEMES if not theme.ansi]


def contrast(one: Color, other: Color) -> float:
    """The contrast of two colours as WCAG 2 has it, 1 to 21."""

    def light(colour: Color) -> float:
        parts = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in colour.normalized]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    dark, bright = sorted((light(one), light(other)))
    return (bright + 0.05) / (dark + 0.05)


def hues(theme: Theme) -> dict[str, Color]:
    """The colours of a theme by the names that the style sheets use, put together as Textual does."""
    made = {**theme.to_color_system().generate(), **theme.variables}
    return {name: Color.parse(made[name]) for name in (*TEXTS, *GROUNDS)}


@pytest.mark.parametrize("name", sorted({*COLOURED, *BUILTIN_THEMES} - {"textual-ansi", "ansi-dark", "ansi-light"}))
def test_every_text_of_a_theme_can_be_read_on_every_ground(name: str) -> None:
    theme, doubts = wanted_theme(name)
    colours, least = hues(theme), 7.0 if theme is CONTRAST else 4.5
    assert doubts == ()
    for text in TEXTS:
        for ground in GROUNDS:
            assert contrast(colours[ground], colours[text]) >= least, (text, ground)


async def unreadable(app: CsmApp) -> dict[str, float]:
    """The words on the screen, or in the box on top of it, that have less than 4.5 against what they stand on."""
    box = next(iter(app.screen.query(".dialog")), None) if app.screen.is_modal else None
    place = box.region if box is not None else app.screen.region
    found = {}
    for strip in app.screen._compositor.render_strips()[place.y : place.bottom]:
        for text, style, _ in strip.crop(place.x, place.right):
            if style is None or style.color is None or style.bgcolor is None or not re.search(r"\w", text):
                continue
            one, other = (Color.from_rich_color(hue) for hue in (style.color, style.bgcolor))
            if contrast(one, other) < 4.5:
                found[text] = contrast(one, other)
    return found


SHOWN = (
    (), ("3", "z", "j"), ("z", "4", "z"), ("z", "6", "j", "enter", "tab"), ("escape", "escape", "1", "enter", "tab"),
    ("escape", "l", "c", "a", "l", "l", "space", "colon", "left_parenthesis"), ("escape", "w"),
    ("escape", "question_mark"), ("escape", "e", "tab"), ("escape", "H"), ("escape", "s", "space", "x"),
    ("escape", "slash", "t", "i", "e", "r"),
)  # fmt: skip
"""Keys, one after another, that bring every role of a text onto every ground: lists, boards, boxes, fields, notices."""


@pytest.mark.parametrize("name", ["csm-light", "csm-dark"][: rounds(2)])
async def test_every_word_that_is_drawn_can_be_read(demo: str, name: str) -> None:
    app = CsmApp(demo, DAY, settings=DEFAULT._replace(theme=name))
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        for keys in SHOWN:
            await press(pilot, *keys)
            assert await unreadable(app) == {}, keys


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_a_theme_is_the_one_that_was_set(demo: str, name: str) -> None:
    app = CsmApp(demo, DAY, settings=DEFAULT._replace(theme=name))
    assert app.theme == name
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "j", "l", "escape", "H", "escape")
        assert "MUST DO" in screen_text(app)


def test_the_environment_goes_before_the_settings(demo: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEXTUAL_THEME", "textual-light")
    assert CsmApp(demo, DAY, settings=DEFAULT._replace(theme="nord")).theme == "csm-light"
    monkeypatch.delenv("TEXTUAL_THEME")
    assert CsmApp(demo, DAY, settings=DEFAULT._replace(theme="nord")).theme == "nord"


async def test_the_environment_may_ask_for_our_dark_theme(demo: str) -> None:
    """Textual reads the name when it is loaded, and would take it for shown already."""
    held, CsmApp.theme._default = CsmApp.theme._default, "csm-dark"
    try:
        app = workspace(demo)
    finally:
        CsmApp.theme._default = held
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        assert app.screen.styles.background.hex == "#1A1B26"


async def test_a_theme_that_is_none_is_told_and_ours_is_shown(empty: str) -> None:
    app = CsmApp(empty, DAY, settings=DEFAULT._replace(theme="nrod"))
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        assert app.theme == "csm-dark"
        assert "There is no theme 'nrod': use csm-dark, csm-light, csm-contrast, csm-ansi" in toasts(app)[0]


FIELDS = (("2", "slash"), ("escape", "f"), ("escape", "2", "j", "e", "end"))
"""Keys to a filter, a list to choose from and a form."""


@pytest.mark.parametrize("name", [theme.name for theme in THEMES])
async def test_where_the_next_letter_goes_can_be_seen(demo: str, name: str) -> None:
    app = CsmApp(demo, DAY, settings=DEFAULT._replace(theme=name))
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        for keys in FIELDS:
            await press(pilot, *keys)
            assert app.focused is not None
            place = app.focused.region
            strip = app.screen._compositor.render_strips()[place.y].crop(place.x, place.right)
            styles = [style for text, style, _ in strip if text and style is not None]
            if app.current_theme.ansi:  # any hue could be the ground's own
                assert any(style.reverse and (style.color is None or style.color.is_default) for style in styles), keys
            else:
                assert len({style.bgcolor for style in styles}) == 2, keys


async def test_without_colours_the_cursor_is_reversed_and_what_presses_is_as_bright_as_the_rest(
    demo: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        await press(pilot, "3", "z", "tab")
        board, panel = app.workspace.panes[2], app.workspace.panes[2].below
        assert panel is not None
        assert panel._style("", on=True).reverse
        assert not board._style("", on=True).reverse
        assert board._style("", on=True).underline
        assert board._style("error", on=False).color == board._style("", on=False).color


def test_every_sign_that_the_code_draws_has_an_ascii_one() -> None:
    drawn = set()
    for file in [*(SOURCE / "tui").rglob("*.py"), *(SOURCE / "cli").rglob("*.py"), SOURCE / "words.py"]:
        drawn |= set(re.findall(r"[^\x00-\x7f]", file.read_text(encoding="utf-8")))
    assert drawn - {chr(sign) for sign in ASCII} - CURRENCIES == set()
    assert all(len(one) == 1 and one.isascii() for one in ASCII.values())
    assert plain("● Ærø · 3 €") == "O Ærø - 3 €"


async def test_in_ascii_nothing_else_is_drawn(demo: str) -> None:
    app = CsmApp(demo, DAY, settings=DEFAULT._replace(glyphs="ascii"))
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        for keys in (
            (),
            ("4", "z"),
            ("z", "1", "l"),
            ("escape", "question_mark"),
            ("escape", "H"),
            ("escape", "enter"),
        ):
            await press(pilot, *keys)
            strange = {one for one in screen_text(app) if not one.isascii() and not one.isalpha()}
            assert strange <= CURRENCIES, (keys, strange)


async def test_unicode_is_the_default(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(132, 36)) as pilot:
        await settle(pilot)
        assert "╭" in screen_text(app)


async def test_compact_leaves_out_blank_lines(demo: str) -> None:
    shown = []
    for density in ("comfortable", "compact"):
        app = CsmApp(demo, DAY, settings=DEFAULT._replace(density=density))
        async with app.run_test(size=(132, 36)) as pilot:
            await settle(pilot)
            context = app.workspace.query_one(Context)
            shown.append([row is BLANK for row in context.rows].count(True))
            assert context.rows
    assert shown[0] > 0
    assert shown[1] == 0
