"""Group C, clocks that jump between two commands: a year back, beyond 2038, to the last day there is, and home."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from pathlib import Path

import pytest

from csm_tui import clock
from csm_tui.cli.main import main
from csm_tui.domain.days import LAST_DAY
from csm_tui.store import backup
from csm_tui.store.connection import opened
from csm_tui.tui.app import CsmApp
from tests.conftest import rounds
from tests.faults.matrix import Tally
from tests.tui.conftest import DAY, kinds, press, screen_text, settle, toasts

__all__ = ["kinds"]

HOME = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
LAST = datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC)
JUMPS = (
    HOME, HOME - timedelta(days=365), datetime(2038, 1, 20, 3, 14, 8, tzinfo=UTC), HOME + timedelta(hours=1),
    LAST, datetime(1970, 1, 1, tzinfo=UTC), HOME + timedelta(hours=2),
)  # fmt: skip
WRITES = (
    ("log", "northwind", "call @jon talked >send it fri"), ("log", "contoso", "#usage half of them"),
    ("account", "edit", "acme", "--seats", "{0}"), ("backup",), ("undo",), ("redo",),
)  # fmt: skip
READS = (
    "today --all", "accounts", "cadence", "onboarding", "reviews", "recovery", "promises", "since", "doctor",
    "account show northwind", "brief contoso", "recover contoso", "plan contoso", "find talked", "history",
)  # fmt: skip
NEGATIVE = re.compile(r"(?<![\w-])-\d+ (?:d\b|days?\b)")


def set_clock(monkeypatch: pytest.MonkeyPatch, at: datetime) -> None:
    """The machine's clock says another moment."""

    class Day(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return date(at.year, at.month, at.day)

    class Moment(datetime):
        @classmethod
        def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
            return at.astimezone(tz) if tz else at

    monkeypatch.delenv("CSM_TODAY", raising=False)
    monkeypatch.setattr(clock, "date", Day)
    monkeypatch.setattr(clock, "datetime", Moment)


class Csm:
    """The shell on one book, in this process; what it says goes through the tally."""

    def __init__(self, path: str, tally: Tally, capsys: pytest.CaptureFixture[str]) -> None:
        self._path, self._tally, self._capsys = path, tally, capsys

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """One command line: how it ended, and all it said. Anything but a sentence is counted."""
        self._tally.tried += 1
        try:
            code = main(["--db", self._path, *arguments])
        except Exception as error:  # noqa: BLE001 - whatever comes is told
            self._tally.crashed.append(f"{' '.join(arguments)} at {clock.moment()}: {error!r}")
            return 1, ""
        said = self._capsys.readouterr()
        if found := NEGATIVE.search(said.out + said.err):
            self._tally.crashed.append(f"{' '.join(arguments)} at {clock.moment()}: “{found[0]}”")
        return code, said.out + said.err


@pytest.mark.fault("C8")
def test_history_and_lists_hold_while_the_clock_jumps(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    csm, told = Csm(kinds, tally, capsys), 0
    for number, at in enumerate(JUMPS, 1):
        set_clock(monkeypatch, at)
        for write in WRITES:
            code, said = csm(*(word.format(number) for word in write))
            told += code == 0 and write[0] != "backup"
            if code and at.year <= LAST_DAY.year:
                tally.crashed.append(f"{write} at {at}: {said}")
        for read in READS:
            csm(*read.split())
    history = json.loads(csm("history", "--json", "--limit", "999")[1])
    ids = [one["id"] for one in history if one["origin"] != "rules"]
    if ids != sorted(ids, reverse=True) or len(ids) != told:
        tally.lost.append(f"history has {len(ids)} of {told}, or not in their order")
    if csm("undo")[0]:
        tally.lost.append("the newest deed is not taken back")


@pytest.mark.fault("C8")
def test_no_jump_of_the_clock_takes_every_backup_away(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the days before the jump outlive any number made after it, and so does the one made last."""
    before = []
    for day in range(5):
        set_clock(monkeypatch, HOME - timedelta(days=day))
        before.append(backup.back_up(kinds))
    for number in range(rounds(40, 2)):
        for at in JUMPS[1:]:
            tally.tried += 1
            set_clock(monkeypatch, at + timedelta(seconds=-number))
            newest = backup.back_up(kinds)
            if not Path(newest).exists():
                tally.lost.append(f"what was just made at {at.year} is gone")
    kept = backup.backups(kinds)
    if not set(before) & set(kept):
        tally.lost.append("none of the days before the jumps is left")
    for path in kept:
        made = opened(path, 1.0, write=False)
        backup.verify(made, path)
        made.close()
    tally.figures["backups kept"] = len(kept)


@pytest.mark.fault("C8")
async def test_a_workspace_that_is_open_goes_with_the_clock_and_not_beyond_reason(
    tally: Tally, kinds: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_clock(monkeypatch, HOME)
    app = CsmApp(kinds, DAY)
    async with app.run_test(size=(132, 44)) as pilot:
        await settle(pilot)
        for number, at in enumerate(JUMPS[1:]):
            set_clock(monkeypatch, at)
            app._tick()
            await settle(pilot)
            if (app.desk.today == at.date()) != (at.year <= LAST_DAY.year):
                tally.crashed.append(f"the workspace stands on {app.desk.today} at {at}")
            for pane in "12345678"[number % 4 :: 4]:
                tally.tried += 1
                await press(pilot, pane)
                if found := NEGATIVE.search(screen_text(app)):
                    tally.crashed.append(f"pane {pane} at {at}: “{found[0]}”")
            await press(pilot, "H", "escape", "u")
        assert toasts(app)
