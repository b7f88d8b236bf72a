"""On a terminal of 60 by 20 nothing that a key works on, or asks about, is out of sight."""

from __future__ import annotations

from tests.tui.conftest import press, screen_text, settle, type_in, workspace

SMALL = (60, 20)


async def test_the_cursor_the_question_and_the_last_line_can_be_seen(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=SMALL) as pilot:
        await settle(pilot)
        await press(pilot, "6", "j", "enter", "tab")
        assert "[✓] Decided with your manager" in screen_text(app)  # the check under the cursor
        await press(pilot, "escape", "f")
        await type_in(pilot, "northw\n")
        top = screen_text(app).splitlines()[0]
        assert "Northwind Traders  high-touch  " in top  # what has no room is left out whole
        await press(pilot, "shift+tab", "G")
        assert "Kickoff: goals, people" in screen_text(app)
        assert "and the first four weeks" in screen_text(app)  # how the last touchpoint goes on
        await press(pilot, "escape", "escape", "2", "home", "M")
        await type_in(pilot, "trey\n")
        assert "Merge Contoso Retail into Trey Research?" in screen_text(app)
        assert "parts them again" not in screen_text(app)
        await press(pilot, "G", *["j"] * 8)
        assert "One undo parts them" in screen_text(app)
        await press(pilot, "escape", "3", "z", "w", *["ctrl+d"] * 4)
        assert "customer confirmed it" in " ".join(screen_text(app).replace("│", " ").split())


async def test_below_the_board_of_recoveries_every_column_can_be_read(demo: str) -> None:
    app = workspace(demo)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "6", "z", "j")
        lines = screen_text(app).splitlines()
        assert any("NEXT STEPS" in line for line in lines)
        assert not any(line.rstrip(" │▐").endswith("……") or line.rstrip(" │▐").endswith(" …") for line in lines[12:])
