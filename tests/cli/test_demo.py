"""csm demo shows a made-up book and leaves nothing behind, or writes one to a new file and says where."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from csm_tui.cli.main import main


@pytest.fixture(autouse=True)
def a_pinned_day_and_an_empty_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    monkeypatch.setattr(tempfile, "tempdir", None)


def left_behind(tmp_path: Path) -> list[Path]:
    return list((tmp_path / "tmp").iterdir())


def test_without_a_terminal_it_prints_today(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo"]) == 0
    shown = capsys.readouterr()
    assert [line.split()[0] for line in shown.out.splitlines() if line[0] != " "] == [
        "MUST",
        "OVERDUE",
        "TODAY",
        "THIS",
    ]
    assert shown.err == ""
    assert left_behind(tmp_path) == []


def test_it_prints_what_today_prints_for_the_same_book(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "demo.db")
    assert main(["demo", "--write", path]) == 0
    capsys.readouterr()
    assert main(["--db", path, "today"]) == 0
    expected = capsys.readouterr().out
    assert main(["demo"]) == 0
    assert capsys.readouterr().out == expected


def test_json_is_today_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["demo", "--json"]) == 0
    items = json.loads(capsys.readouterr().out)
    assert items[0]["must_do"] is True
    assert {"account", "due_on", "why"} <= set(items[0])
    assert left_behind(tmp_path) == []


def test_one_s_own_book_is_neither_read_nor_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_DB", str(tmp_path / "own.db"))
    assert main(["demo"]) == 0
    assert not (tmp_path / "own.db").exists()


def test_write_says_where_it_is_how_big_and_how_to_look(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "a book.db")
    assert main(["demo", "--write", path, "--accounts", "300", "--touchpoints", "5000"]) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"at {path}: 300 accounts, 5,000 touchpoints, " in shown.err
    assert f"csm --db '{path}'" in shown.err


def test_write_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(tmp_path / "book.db")
    assert main(["--json", "demo", "--write", path, "--accounts", "3", "--touchpoints", "9"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"path": path, "accounts": 3, "touchpoints": 9, "bytes": Path(path).stat().st_size}


def test_a_file_that_is_there_stays_as_it_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "notes"
    path.write_bytes(b"mine")
    assert main(["demo", "--write", str(path)]) == 1
    assert "left as it is" in capsys.readouterr().err
    assert path.read_bytes() == b"mine"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--accounts", "0"], "1 to 1,000,000 accounts"),
        (["--accounts", "1000001"], "1 to 1,000,000 accounts"),
        (["--touchpoints", "20000001"], "0 to 20,000,000 touchpoints"),
    ],
)
def test_sizes_out_of_range_are_refused_in_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    assert main(["demo", *arguments]) == 1
    assert said in capsys.readouterr().err
    assert left_behind(tmp_path) == []


@pytest.mark.parametrize("arguments", [["--accounts", "many"], ["--days", "3"], ["--all"], ["--db", "x.db"]])
def test_wrong_usage(capsys: pytest.CaptureFixture[str], arguments: list[str]) -> None:
    assert main(["demo", *arguments]) == 2
    assert "csm demo" in capsys.readouterr().err


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGHUP])
def test_nothing_stays_behind_when_it_is_ended_from_outside(tmp_path: Path, ending: signal.Signals) -> None:
    command = [sys.executable, "-m", "csm_tui", "demo", "--accounts", "1000000"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) as running:
        while not list((tmp_path / "tmp").glob("csm-demo-*/.new-*")):
            with suppress(subprocess.TimeoutExpired):
                running.wait(0.02)
                pytest.fail("it ended by itself")
        running.send_signal(ending)
        assert running.wait(60) == 128 + ending
        assert running.stderr is not None
        assert running.stderr.read() == b""
    assert left_behind(tmp_path) == []
