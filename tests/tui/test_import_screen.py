"""The import is looked at first, mended in place, and taken or left; only enter writes, and one undo takes it back."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input

from csm_tui.exchange import looking, taking
from csm_tui.exchange.cells import Order
from csm_tui.exchange.looking import Left, Progress, Watched, looked, take_watched
from csm_tui.exchange.survey import Said
from csm_tui.store.connection import reading
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.tui import import_lines
from csm_tui.tui.forms.import_path import ImportPath
from csm_tui.tui.screens.import_file import ImportScreen
from csm_tui.tui.widgets.picker import Picker
from csm_tui.tui.widgets.rows import Rows

from .conftest import DAY, on_screen_thread, press, rows, screen_text, settle, toasts, workspace

WIDE = (132, 44)
OPEN = "Client,Net Revenue,Renewal date,Mood\nNorthwind,50000,03/04/2027,fine\nTailspin,7000,05/06/2027,\n,1,,\n"


@pytest.fixture
def sheet(tmp_path: Path) -> str:
    """A file whose days can be read in two ways, and whose money has a header that nobody knows."""
    path = tmp_path / "the clients.csv"
    path.write_text(OPEN, encoding="utf-8")
    return str(path)


async def test_from_the_empty_book_through_mending_into_the_book_and_back_out(
    empty: str, sheet: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    threads = []
    real = taking.prepared

    def watched(*arguments: object) -> object:
        threads.append(on_screen_thread())
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(looking, "prepared", watched)
    app = workspace(empty)
    async with app.run_test(size=WIDE) as pilot:
        await settle(pilot)
        assert "I   imports the lists" in screen_text(app)
        await press(pilot, "I")
        assert isinstance(app.screen, ImportPath)
        line = app.screen.query_one(Input)
        line.value = str(Path(sheet).parent / "the cl").replace(" ", "\\ ")
        await press(pilot, "tab")
        assert line.value == f'"{sheet}"'
        await press(pilot, "enter")
        assert isinstance(app.screen, ImportScreen)
        text = screen_text(app)
        assert "can be read in two ways" in text
        assert "name           ← Client" in text, "the columns stand there even so"
        await press(pilot, "enter")
        assert isinstance(app.screen, ImportScreen)
        assert rows(empty, "SELECT count(*) FROM account") == [(0,)]
        await press(pilot, "D")
        text = screen_text(app)
        assert "2 new   0 changed   0 unchanged   1 refused" in text
        assert "line 4      has no name" in text
        assert "Net Revenue, Mood" in text
        app.screen.query_one(Rows).select("column 0 arr")
        await press(pilot, "e")
        assert isinstance(app.screen, Picker)
        await press(pilot, *"reven", "enter")
        assert isinstance(app.screen, ImportScreen)
        assert "ARR            ← Net Revenue" in screen_text(app)
        assert rows(empty, "SELECT count(*) FROM account") == [(0,)]
        await press(pilot, "enter")
        assert app.screen is app.workspace
        assert toasts(app)[-1].endswith("accounts from your own CSV · u undoes")
        expected = [("Northwind", "2027-04-03", 5_000_000), ("Tailspin", "2027-06-05", 700_000)]
        assert rows(empty, "SELECT name, renewal_on, arr_cents FROM account ORDER BY name") == expected
        assert len(list(Path(f"{empty}.backups").glob("*.db"))) == 1, "a copy was made before"
        assert "Northwind" in screen_text(app)
        await press(pilot, "u")
        assert rows(empty, "SELECT count(*) FROM account") == [(0,)]
    assert threads
    assert not any(threads)


async def test_changes_show_old_and_new_and_escape_writes_nothing(kinds: str, tmp_path: Path) -> None:
    path = tmp_path / "accounts.csv"
    path.write_text("Account,Seats\nNorthwind Traders,150\nAcme,\n", encoding="utf-8")
    app = workspace(kinds)
    async with app.run_test(size=(80, 24)) as pilot:
        await settle(pilot)
        await press(pilot, "colon", *"import", "enter")
        assert isinstance(app.screen, ImportPath)
        app.screen.query_one(Input).value = f"{path} {path}x"
        await press(pilot, "enter")
        assert isinstance(app.screen, ImportPath)
        assert "There is no file" in screen_text(app)
        app.screen.query_one(Input).value = str(path)
        await press(pilot, "enter")
        text = screen_text(app)
        assert "0 new   1 changed   1 unchanged   0 refused" in text
        assert "seats 120 → 150" in text
        await press(pilot, "escape")
        assert len(app.screen_stack) == 1
        assert rows(kinds, "SELECT seats FROM account WHERE id = 1") == [(120,)]
        assert rows(kinds, "SELECT count(*) FROM operation") == [(0,)]


def test_looking_stops_once_nobody_waits(book: str, sheet: str) -> None:
    progress = Progress()
    files = (Watched(sheet, progress),)
    with reading(book, DAY) as open_book:
        seen = looked(open_book, files, Said(order=Order.DMY), progress)
        assert seen is not None
        assert seen.wanted is not None
        assert progress.read >= 2 * len(OPEN) - 2, "both passes are counted"
        progress.left = True
        assert looked(open_book, files, Said(order=Order.DMY), progress) is None
    with pytest.raises(Left):
        progress.count(1)


def test_whoever_leaves_while_it_is_written_finds_nothing_written(book: str, sheet: str) -> None:
    progress = Progress()
    with reading(book, DAY) as open_book:
        seen = looked(open_book, (Watched(sheet, progress),), Said(order=Order.DMY), progress)
    assert seen is not None
    assert seen.wanted is not None
    assert progress.rows == 2
    operation = Operation("Import", "test", "2026-11-21T12:00:00.000Z")
    progress.rows, real = 0, progress.count

    def leave_at_the_second(size: int, rows: int = 0) -> None:
        progress.left = progress.rows == 1
        real(size, rows)

    progress.count = leave_at_the_second  # type: ignore[method-assign]
    with pytest.raises(Left, match="nothing was written"), write_light(book, operation, DAY) as writing:
        take_watched(progress)(writing, seen.wanted)
    assert progress.rows == 1, "one row had gone in"
    assert rows(book, "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM operation)") == [(0, 0)]


def test_a_file_that_cannot_be_taken_is_told_with_its_columns(book: str, tmp_path: Path) -> None:
    path = tmp_path / "odd.csv"
    path.write_text("Wer,Wieviel\nNorthwind,1\n", encoding="utf-8")
    with reading(book, DAY) as open_book:
        seen = looked(open_book, (Watched(str(path), Progress()),), Said(), Progress())
        assert seen is not None
        assert seen.wanted is None
        assert "no column that names accounts" in seen.problem
        assert seen.files[0].headers == ("Wer", "Wieviel")
        mended = looked(open_book, (Watched(str(path), Progress()),), Said(mapped={"name": "Wer"}), Progress())
        assert mended is not None
        assert mended.files[0].preview is not None
        assert mended.files[0].preview.new == 1
        assert dict(mended.files[0].mapping)["name"] == "Wer"
        missing = looked(open_book, (Watched(str(tmp_path / "no.csv"), Progress()),), Said(), Progress())
        assert missing is not None
        assert "There is no file" in missing.problem


@pytest.mark.parametrize(
    ("text", "kind", "told"),
    [
        (OPEN, None, "(“03/04/2027”): D says which."),
        ("Whom,Mood\nNorthwind,fine\n", None, "or choose it with e."),
        ("Account,Mood\nNorthwind,fine\n", "contacts", "or choose one with e."),
    ],
)
def test_a_file_that_cannot_be_read_yet_is_told_in_keys(
    empty: str, tmp_path: Path, text: str, kind: str | None, told: str
) -> None:
    path = tmp_path / "some.csv"
    path.write_text(text, encoding="utf-8")
    progress = Progress()
    with reading(empty, DAY) as book:
        seen = looked(book, (Watched(str(path), progress),), Said(kind=kind), progress)
    assert seen is not None
    shown = ["".join(cell.text for cell in row.paint(400)) for row in import_lines.rows(seen, 400)]
    assert shown[0].endswith(told)
    assert "--" not in "".join(shown)
    assert import_lines.REMEDY not in "".join(shown)
