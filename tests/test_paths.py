"""Where things lie: the quick answer is platformdirs', CSM_DB goes first, and what is made is private."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from platformdirs import PlatformDirs

from csm_tui import paths

KINDS = {
    "data": ("XDG_DATA_HOME", "user_data_dir"),
    "state": ("XDG_STATE_HOME", "user_state_dir"),
    "config": ("XDG_CONFIG_HOME", "user_config_dir"),
}
XDG = [None, "", " ", "\t", "/x/data", "/x/with blank ", " /x/leading", "relative", "./here", "../up", "~/own", "~",
    "~nobody/x",
       "~nosuchuser/x", "/x/../y", "/x//y", "/", "//", "$HOME/x", "/x/ü😀", "/x/a\nb", "/x:/y"]  # fmt: skip
HOME = [None, "", "/home/ida", "/home/ida/", "relative", "/home/with blank", " ", "/", "/home/../ida"]

linux = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the quick answer is Linux' own")


def set_to(monkeypatch: pytest.MonkeyPatch, name: str, value: str | None) -> None:
    if value is None:
        monkeypatch.delenv(name, raising=False)
    else:
        monkeypatch.setenv(name, value)


def same(monkeypatch: pytest.MonkeyPatch, xdg: str | None, home: str | None) -> bool:
    """Whether both give one answer for each of the three folders."""
    set_to(monkeypatch, "HOME", home)
    answers = []
    for kind, (variable, name) in KINDS.items():
        set_to(monkeypatch, variable, xdg)
        answers.append((paths._usual(kind), getattr(PlatformDirs(paths.NAME, appauthor=False), name)))
    return all(quick in {None, slow} for quick, slow in answers)


@linux
def test_in_a_plain_environment_there_is_a_quick_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ida")
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert paths._usual("data") == "/home/ida/.local/share/csm-tui"


@linux
@pytest.mark.parametrize("xdg", XDG)
def test_the_quick_answer_is_that_of_platformdirs(xdg: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(monkeypatch, xdg, "/home/ida")


@linux
@pytest.mark.parametrize("xdg", [None, "relative"])
@pytest.mark.parametrize("home", HOME)
def test_it_is_without_a_home_too(xdg: str | None, home: str | None, monkeypatch: pytest.MonkeyPatch) -> None:
    assert same(monkeypatch, xdg, home)


@linux
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(KINDS)),
    xdg=st.text(st.sampled_from("/~. x$\t:"), max_size=8),
    home=st.text(st.sampled_from("/. x"), max_size=6),
)
def test_it_is_for_any_environment(kind: str, xdg: str, home: str) -> None:
    variable, name = KINDS[kind]
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(variable, xdg)
        environment.setenv("HOME", home)
        assert paths._usual(kind) in {None, getattr(PlatformDirs(paths.NAME, appauthor=False), name)}


@pytest.mark.parametrize("there", [False, True])
def test_the_book_lies_in_the_user_s_data_folder_whether_it_is_there_or_not(tmp_path: Path, there: bool) -> None:
    folder = tmp_path / "data" / "csm-tui"
    if there:
        folder.mkdir(parents=True)
    assert paths.database() == str(folder / "book.db")
    assert there or not folder.exists()


def test_csm_db_goes_before_it_and_an_empty_one_does_not(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("CSM_DB", "/somewhere/else.db")
    assert paths.database() == "/somewhere/else.db"
    monkeypatch.setenv("CSM_DB", "")
    assert paths.database() == str(tmp_path / "data" / "csm-tui" / "book.db")


def test_drafts_and_settings_lie_in_their_own_folders(tmp_path: Path) -> None:
    assert paths.drafts() == str(tmp_path / "state" / "csm-tui" / "drafts")
    assert paths.settings() == str(tmp_path / "config" / "csm-tui" / "settings.toml")


def test_backups_lie_beside_their_book(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert paths.backups("/a/b/book.db") == "/a/b/book.db.backups"
    monkeypatch.chdir(tmp_path)
    assert paths.backups("book.db") == str(tmp_path / "book.db.backups")
    assert paths.backups("../book.db") == str(tmp_path.parent / "book.db.backups")


@pytest.mark.parametrize("there", [True, False])
def test_platformdirs_is_loaded_only_where_the_usual_folder_is_missing(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "data" / "csm-tui").mkdir(parents=True)
    code = "import sys; from csm_tui import paths; paths.database(); print('platformdirs' in sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.stdout.strip() == str(not there)


def test_looking_makes_nothing(tmp_path: Path) -> None:
    paths.database(), paths.drafts(), paths.settings(), paths.backups("book.db")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_a_private_folder_and_those_above_it_are_the_user_s_alone(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        assert paths.private_folder(str(tmp_path / "a" / "b")) == str(tmp_path / "a" / "b")
    finally:
        os.umask(before)
    assert [(tmp_path / name).stat().st_mode & 0o777 for name in ("a", "a/b")] == [0o700, 0o700]


def test_a_folder_that_is_there_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir(mode=0o755)
    paths.private_folder(str(tmp_path / "a"))
    assert (tmp_path / "a").stat().st_mode & 0o777 == 0o755


def test_a_file_in_the_way_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "a").touch()
    with pytest.raises(OSError, match=r"exists|directory"):
        paths.private_folder(str(tmp_path / "a" / "b"))
