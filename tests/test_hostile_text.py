# ruff: noqa: E501 - tables of commands
"""Hostile text through every field and door: kept byte for byte, shown without harm, and never obeyed."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import pytest
from rich.cells import cell_len
from textual.color import Color

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.cli.main import main
from csm_tui.domain.errors import Refusal
from csm_tui.store import journal, migrate
from csm_tui.store.writing import write
from csm_tui.tui import drafts
from csm_tui.tui.app import CsmApp
from csm_tui.tui.harmless import Harmless
from tests.conftest import TODAY, rounds
from tests.hostile import CONTROL, LONG, OWN, UNKEEPABLE, naughty, needs, surnames
from tests.tui.conftest import press, screen_lines, settle, toasts

if TYPE_CHECKING:
    from collections.abc import Callable

WIDE, NARROW = (132, 36), (80, 24)
SAMPLE = OWN[:: max(1, 100 // rounds(100))] if rounds(10) == 1 else OWN
"""Where each string costs several commits or screens: every tenth string, all of them in the long rounds."""


def some(strings: tuple[str, ...]) -> tuple[str, ...]:
    """Every fourth string; all of them in the long rounds."""
    return strings if rounds(10) > 1 else strings[::4]


def in_turn(number: int, *keys: str) -> tuple[str, ...]:
    """One of the keys, another for each number; all of them in the long rounds."""
    return keys if rounds(10) > 1 else (keys[number % len(keys)],)


class Ran(NamedTuple):
    """What a command line came to."""

    code: int
    out: str
    err: str


Csm: TypeAlias = "Callable[..., Ran]"


@pytest.fixture
def csm(book: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Csm:
    """One command line on the book, in this process; nothing that it writes may steer a terminal."""
    monkeypatch.setenv("CSM_DB", book)
    monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())

    def run(*arguments: str, stdin: str = "") -> Ran:
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode()), encoding="utf-8"))
        capsys.readouterr()
        code = main(list(arguments))
        ran = Ran(code, *capsys.readouterr())
        for stream in (ran.out, ran.err):
            found = CONTROL.search(stream.replace("\n", ""))
            assert found is None, (arguments, found, stream[:300])
        return ran

    return run


def rows(path: str, sql: str) -> list[tuple[Any, ...]]:
    """What stands in the file."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(sql).fetchall()


def told(label: str) -> journal.Operation:
    """The journal's word for what a test writes."""
    return journal.Operation(label, "shell", "2026-11-21T10:00:00.000Z")


def fill(path: str, strings: tuple[str, ...]) -> None:
    """Each string in every field of an account of its own: name, owner, domain, person, talk, notes, promise, reasons."""
    with write(path, told(f"Add {strings[0]}"), TODAY) as book:
        for number, text in enumerate(strings):
            name = text if text.strip() else f"blank {number}"
            account = book.add(
                "account", name=f"{name}", added_on="2026-01-05", started_on="2025-11-01", owner=text, domain=text,
                renewal_on="2027-01-01", notice_days=20, arr_cents=number * 1000,
            )  # fmt: skip
            person = book.add("contact", account_id=account, name=name, title=text, email=text, phone=text)
            touch = book.add(
                "touchpoint",
                account_id=account,
                day="2026-10-01",
                kind="call",
                direction="two-way",
                summary=text,
                notes=text,
            )
            book.add("touchpoint_contact", touchpoint_id=touch, contact_id=person)
            book.add("promise", account_id=account, side="ours", what=name, due_on="2026-11-20", made_on="2026-10-01")
            book.add(
                "promise", account_id=account, side="theirs", what=name, due_on="2026-11-19", made_on="2026-10-01",
                state="broken", closed_on="2026-11-19", reason=text,
            )  # fmt: skip
            book.add(
                "snooze", account_id=account, item=f"c{account}", due_on="2026-10-30", made_on="2026-11-20",
                until_on="2026-11-23", reason=text,
            )  # fmt: skip
            book.add("pulse", account_id=account, value=1 + number % 5, given_on="2026-10-01", reason=text)


class TestDoors:
    """Every way in keeps the bytes, or refuses with a sentence."""

    def test_an_account_by_the_shell_in_every_field(self, book: str, csm: Csm) -> None:
        for number, text in enumerate(SAMPLE):
            ran = csm(
                "account", "add", f"--owner={text}", f"--domain=d{text}", "--start=2026-01-01", "--", f"{number} {text} x"
            )  # fmt: skip
            assert ran.code == 0, (text, ran.err)
        found = rows(book, "SELECT name, owner, domain FROM account ORDER BY id")
        for number, (text, (name, owner, domain)) in enumerate(zip(SAMPLE, found, strict=True)):
            assert name == f"{number} {text} x"
            if text.strip().lower() != "none":
                assert owner in {text, text.strip(), None}, text
                assert domain in {f"d{text}", f"d{text}".strip()}, text

    def test_a_log_with_its_notes_promise_and_person_by_the_shell(self, book: str, csm: Csm) -> None:
        assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
        for text in SAMPLE:
            note = f"\n{text}\nend"
            ran = csm(
                "log", f"--notes={note}", f"--promise=send {text} x", "--by=fri", "acme", f"call talked about ¦{text}¦"
            )  # fmt: skip
            assert ran.code in {0, 1}, (text, ran.err)
            if ran.code == 0:
                kept = rows(book, "SELECT notes FROM touchpoint ORDER BY id DESC LIMIT 1")[0][0]
                assert text in kept, text
                what = rows(book, "SELECT what FROM promise ORDER BY id DESC LIMIT 1")[0][0]
                assert "".join(text.split()) in "".join(what.split()), text
            else:
                assert len(ran.err.strip()) > 10, text

    def test_notes_by_standard_input_are_kept_to_the_byte(self, book: str, csm: Csm) -> None:
        assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
        everything = "\n".join(f"<{text}>" for text in OWN)
        assert csm("log", "acme", "-", stdin=f"note all of them\n{everything}\n").code == 0
        assert rows(book, "SELECT notes FROM touchpoint") == [(everything,)]

    def test_a_person_by_the_shell_in_every_field(self, book: str, csm: Csm) -> None:
        assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
        kept = 0
        for number, text in enumerate(SAMPLE):
            wanted = f"P{number} {text} x"
            ran = csm("contact", "add", f"--title=t{text}", f"--phone=p{text}", "--", "acme", wanted)
            assert ran.code in {0, 1}, (text, ran.err)
            if ran.code == 0:
                kept += 1
                found = rows(book, "SELECT name, title, phone FROM contact ORDER BY id DESC LIMIT 1")[0]
                assert found == (wanted, f"t{text}".strip(), f"p{text}".strip()), text
            else:
                assert len(ran.err.strip()) > 10
        assert kept > len(SAMPLE) // 2

    def test_reasons_by_the_shell(self, book: str, csm: Csm) -> None:
        assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
        for text in SAMPLE:
            assert csm("snooze", "c1", "tomorrow", "--", f"because {text} x").code == 0, text
            assert rows(book, "SELECT reason FROM snooze ORDER BY id DESC LIMIT 1") == [(f"because {text} x",)]
            assert csm("account", "churn", f"--reason=w {text} x", "acme").code == 0
            assert rows(book, "SELECT churn_reason FROM account") == [(f"w {text} x",)]
            assert csm("undo", "--yes").code == 0

    def test_a_csv_keeps_every_cell_or_refuses_its_row_with_a_reason(self, book: str, csm: Csm, tmp_path: Path) -> None:
        file = tmp_path / "book.csv"
        with file.open("w", encoding="utf-8", newline="") as out:
            writer = csv.writer(out)
            writer.writerow(["Account name", "Owner", "Start date"])
            for number, text in enumerate(OWN):
                writer.writerow([f"{number:03} {text} x", f"o {text} x", "2026-01-01"])
        ran = csm("import", str(file), "--json")
        assert ran.code == 0, ran.err
        data = json.loads(ran.out)
        assert data["new"] + len(data["refused"]) == len(OWN)
        assert all(refused["reason"] for refused in data["refused"])
        found = dict(rows(book, "SELECT name, owner FROM account"))
        whole = [text for number, text in enumerate(OWN) if found.get(f"{number:03} {text} x") == f"o {text} x"]
        for number, text in enumerate(OWN):
            if text not in whole:
                kept = [name for name in found if name.startswith(f"{number:03} ")]
                assert not kept or "\r" in text or "\n" in text or any(c.isspace() or ord(c) < 32 for c in text), (
                    text,
                    kept,
                )
        assert len(whole) > len(OWN) * 3 // 4

    @pytest.mark.parametrize("text", UNKEEPABLE, ids=ascii)
    def test_what_cannot_be_kept_is_refused_with_a_sentence_at_every_door(self, book: str, csm: Csm, text: str) -> None:
        assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
        before = rows(book, "SELECT count(*) FROM change")
        for arguments in (
            ("account", "add", f"New {text}"), ("account", "edit", "acme", "--owner", f"x{text}"),
            ("account", "edit", "acme", "--domain", f"x{text}"), ("account", "edit", "acme", "--name", f"x{text}"),
            ("account", "churn", "acme", "--reason", f"x{text}"), ("contact", "add", "acme", f"Jo {text}"),
            ("contact", "add", "acme", "Jo", "--title", f"x{text}"), ("contact", "add", "acme", "Jo", "--email", f"x{text}"),
            ("log", "acme", f"call {text} x"), ("log", "--notes", f"n {text}", "acme", "call ok"),
            ("log", "acme", f"call ok >send {text} x fri"), ("snooze", "c1", "tomorrow", f"x{text}"),
        ):  # fmt: skip
            ran = csm(*arguments)
            assert ran.code == 1, arguments
            assert len(ran.err.split()) > 4, ran.err
            assert "Traceback" not in ran.err
        assert rows(book, "SELECT count(*) FROM change") == before

    @pytest.mark.parametrize("text", UNKEEPABLE, ids=ascii)
    def test_the_store_refuses_it_too(self, book: str, text: str) -> None:
        with pytest.raises(Refusal), write(book, told("Add"), TODAY) as writing:
            add_account(writing, AddAccount(f"New {text}", {}))
        with pytest.raises(Refusal), write(book, told("Add"), TODAY) as writing:
            add_account(writing, AddAccount("New", {"owner": f"x{text}"}))
        assert rows(book, "SELECT 1 FROM account") == []

    def test_a_draft_brings_every_string_back(self, book: str) -> None:
        for text in (*OWN, *LONG, *UNKEEPABLE):
            drafts.keep(book, "log-1", f"call {text}")
            assert drafts.kept(book, "log-1") == f"call {text}"


class TestCommands:
    """Every command shows every string, in words and as data, and nothing steers the terminal."""

    @pytest.mark.parametrize("which", ["own", "blns"])
    def test_every_list_and_card(self, book: str, csm: Csm, which: str) -> None:
        strings = OWN if which == "own" else some(naughty())
        needs(strings, "the Big List of Naughty Strings")
        fill(book, strings)
        for command in (
            ("today", "--all"), ("accounts",), ("cadence",), ("promises", "--all"), ("history",), ("paths",),
        ):  # fmt: skip
            assert csm(*command).code == 0, command
            ran = csm(*command, "--json")
            assert ran.code == 0, command
            assert json.loads(ran.out) is not None
        names = {one["name"] for one in json.loads(csm("accounts", "--json").out)}
        assert names == {name for (name,) in rows(book, "SELECT name FROM account")}
        for number in range(1, len(strings) + 1, 1 if rounds(10) > 1 else 23):
            assert csm("account", "show", f"id:{number}").code == 0
            card = csm("account", "show", f"id:{number}", "--json")
            assert card.code == 0
            assert strings[number - 1] in card.out or json.loads(card.out)

    def test_a_list_stands_in_columns_whatever_the_names(self, book: str, csm: Csm) -> None:
        strings = tuple(text for text in (*OWN, *surnames(2)) if text.isprintable())
        fill(book, strings)
        lines = [line for line in csm("accounts").out.split("\n") if "high-touch" in line]
        assert len(lines) == len(strings)
        from csm_tui.safe import width

        places = {width(line[: line.rindex("high-touch")]) for line in lines}
        assert len(places) == 1

    @pytest.mark.parametrize("text", [*LONG, *OWN[::20]], ids=lambda text: f"{len(text)}-{text[:1]!a}")
    def test_an_account_that_is_not_there_is_named_without_harm(self, csm: Csm, text: str) -> None:
        csm("account", "add", "Acme")
        for command in (
            ("account", "show", "--", text), ("log", "--", text, "call ok"), ("accounts", "--", text), ("done", "--", text),
            ("move", "--", text, "fri"), ("import", "--", text), ("restore", "--", text), (text,), ("snooze", "c1", "--", text),
        ):  # fmt: skip
            if "\x00" not in text:
                ran = csm(*command)
                assert ran.code in {0, 1, 2}
                assert "Traceback" not in ran.err


def harmless(app: CsmApp, width: int) -> None:
    """The screen as it stands holds nothing that steers, and every line is as wide as the terminal."""
    for line in screen_lines(app):
        found = CONTROL.search(line)
        assert found is None, (found, line)
        if "\u200d" not in line:  # half a family beside a border is measured as one with it
            assert cell_len(line) == width, line


def every_row(app: CsmApp, pane: Any) -> None:
    """Every row of a list, painted and filtered as the screen would; none steers, all are equally wide."""
    gate, height = Harmless(), pane.size.height
    for top in range(0, len(pane.rows), height):
        pane.scroll_rows_to(top)
        for y in range(height):
            strip = pane.render_line(y).apply_filter(gate, Color(0, 0, 0))
            assert CONTROL.search(strip.text) is None, strip.text
            if "\u200d" not in strip.text:
                assert cell_len(strip.text) == pane.size.width, strip.text
    pane.scroll_rows_to(0)


class TestScreens:
    """Every screen of the workspace with every string in it."""

    @pytest.fixture(autouse=True)
    def pinned(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The day of the tests."""
        monkeypatch.setenv("CSM_TODAY", TODAY.isoformat())

    @pytest.mark.parametrize("which", ["own", "blns", "names"])
    async def test_every_row_of_every_pane_and_board(self, book: str, which: str) -> None:
        strings = {"own": OWN, "blns": some(naughty()), "names": some(surnames(2))}[which]
        needs(strings, which)
        fill(book, strings)
        for size in (WIDE, NARROW):
            app = CsmApp(book, TODAY)
            async with app.run_test(size=size) as pilot:
                await settle(pilot)
                for pane in app.workspace.panes:
                    await press(pilot, str(pane.NUMBER))
                    for zoomed in (False, True):
                        harmless(app, size[0])
                        every_row(app, pane)
                        await press(pilot, "z")
                        assert pane.zoomed is not zoomed
                assert app.is_running

    async def test_context_account_form_why_and_small_forms_with_each_string(self, book: str) -> None:
        fill(book, OWN)
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, "2")
            pane = app.workspace.panes[1]
            for number, text in enumerate(OWN, 1):
                if text not in SAMPLE and number % (8 if rounds(10) == 1 else 1):
                    continue
                pane.select(str(number))
                await settle(pilot)
                harmless(app, WIDE[0])
                if text not in SAMPLE:
                    continue
                drafts.keep(book, f"log-{number}", f"call @{text} {text} >send {text} fri\n{text}")
                for key in ("l", *in_turn(number, "enter", "w", "b")):
                    await press(pilot, key)
                    assert app.screen is not app.workspace
                    harmless(app, WIDE[0])
                    await press(pilot, "escape")
                    while app.screen is not app.workspace:
                        await press(pilot, "escape")
            await press(pilot, "1")
            pane = app.workspace.panes[0]
            for number, key in enumerate([row.key for row in pane.rows if row.key][:: 24 if rounds(10) == 1 else 1]):
                pane.select(key)
                for form in in_turn(number, "s", "m", "x", "w"):
                    await press(pilot, form)
                    harmless(app, WIDE[0])
                    await press(pilot, "escape")

    async def test_picker_history_filter_and_toasts(self, book: str) -> None:
        fill(book, OWN)
        for text in SAMPLE:
            with write(book, told(f"Log {text}"), TODAY) as writing:
                writing.add("pulse", account_id=1, value=3, given_on="2026-11-01")
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, "u")
            harmless(app, WIDE[0])
            await press(pilot, "n", "H")
            harmless(app, WIDE[0])
            await press(pilot, "escape", "f")
            for _ in range(12):
                harmless(app, WIDE[0])
                await press(pilot, "pagedown")
            await press(pilot, "escape", "slash")
            bar: Any = app.workspace.query_one("#filter-input")
            for text in SAMPLE:
                bar.value = text
                app.tell(f"Done: {text}")
                app.tell(text, "error")
                await pilot.pause()
                harmless(app, WIDE[0])
                app.clear_notifications()
            assert app.is_running
            assert toasts(app) == []

    async def test_very_long_text_is_cut_and_costs_no_time(self, book: str) -> None:
        fill(book, LONG)
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, "2")
            for number in range(1, len(LONG) + 1):
                app.workspace.panes[1].select(str(number))
                for key in ("enter", "w", "escape", "l", "escape", "b", "escape", "escape"):
                    await press(pilot, key)
                    harmless(app, WIDE[0])
                assert app.screen is app.workspace
            for key in ("z", "z", "f", "escape", "1", "s", "escape", "z"):
                await press(pilot, key)
                harmless(app, WIDE[0])

    async def test_what_is_typed_and_pasted_is_shown_without_harm_and_obeyed_by_nothing(self, book: str) -> None:
        from textual import events

        fill(book, ("Acme",))
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            for opener in ("l", "f", "slash"):
                await press(pilot, "2", opener)
                screen, field = app.screen, app.focused
                for text in (*SAMPLE, *UNKEEPABLE):
                    app.post_message(events.Paste(text))
                    await settle(pilot)
                    harmless(app, WIDE[0])
                    assert (app.screen, app.focused) == (screen, field)
                    await press(pilot, "home", "shift+end", "delete")
                await press(pilot, "escape")
            assert app.is_running

    async def test_what_cannot_be_kept_is_refused_with_a_toast_and_the_line_stays_a_draft(self, book: str) -> None:
        from csm_tui.tui.forms.line_input import LineInput

        fill(book, ("Acme",))
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, "2")
            for text in UNKEEPABLE:
                app.clear_notifications()
                await press(pilot, "l")
                app.screen.query_one(LineInput).load_text(f"call {text} x")
                await press(pilot, "enter")
                assert app.is_running
                assert toasts(app), ascii(text)
                assert drafts.kept(book, "log-1") == f"call {text} x"
                drafts.forget(book, "log-1")
        assert len(rows(book, "SELECT 1 FROM touchpoint")) == 1

    async def test_a_click_on_text_that_looks_like_an_action_runs_nothing(self, book: str) -> None:
        live = tuple(text for text in OWN if "@click" in text or "link=" in text)
        fill(book, live)
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            for text in live:
                app.tell(text)
            await settle(pilot)
            for y in range(1, 35, 2):
                for x in (8, 30, 70, 100):
                    app.screen.get_widget_at(x, y)
                    assert not app.screen.get_style_at(x, y).meta.get("@click"), (x, y)
            for x, y in ((8, 2), (8, 3), (70, 1), (70, 3), (110, 32), (105, 33)):
                await pilot.click(offset=(x, y))
            for key in ("enter", "w", "l", "f", "H"):
                await press(pilot, key)
                for y in range(1, 35, 3):
                    assert not app.screen.get_style_at(40, y).meta.get("@click"), (key, y)
                await pilot.click(offset=(40, 12))
                while app.screen is not app.workspace:
                    await press(pilot, "escape")
            assert app.is_running
            assert app.return_code is None

    async def test_columns_of_the_boards_stand_straight_whatever_the_names(self, book: str) -> None:
        strings = (*OWN, *surnames(1))
        fill(book, strings)
        app = CsmApp(book, TODAY)
        async with app.run_test(size=WIDE) as pilot:
            await settle(pilot)
            await press(pilot, "2", "z")
            pane, places = app.workspace.panes[1], []
            for row in pane.rows:
                text = "".join(cell.text for cell in row.paint(126))
                if "high-touch" in text:
                    places.append(cell_len(text[: text.rindex("high-touch")]))
            assert len(places) == len(strings)
            assert len(set(places)) == 1


@pytest.fixture
def book(tmp_path: Path) -> str:
    """The path of an empty book; the drafts of these tests go with it."""
    path = str(tmp_path / "book.db")
    migrate.ready(path)
    return path
