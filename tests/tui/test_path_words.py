"""A line of paths is read as a shell reads it, and a tab goes on exactly as far as is certain."""

from __future__ import annotations

from pathlib import Path

import pytest

from csm_tui.tui.path_words import completed, paths


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home with files, one of them with a blank, and folders; the working folder too."""
    for name in ("accounts.csv", "accounts old.csv", "contacts.csv", ".hidden.csv", "it's.csv"):
        (tmp_path / name).write_text("Name\n")
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "deals.csv").write_text("Name\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path))
    return tmp_path


@pytest.mark.parametrize(
    ("typed", "becomes", "names"),
    [
        ("con", "contacts.csv", ("contacts.csv",)),
        ("acc", "accounts", ("accounts old.csv", "accounts.csv")),
        ("accounts\\ o", '"accounts old.csv"', ("accounts old.csv",)),
        ('"accounts o', '"accounts old.csv"', ("accounts old.csv",)),
        ("'accounts o", '"accounts old.csv"', ("accounts old.csv",)),
        ("it", '"it\'s.csv"', ("it's.csv",)),
        ("exp", "exports/", ("exports/",)),
        ("exports/", "exports/deals.csv", ("deals.csv",)),
        ("~/exports/d", "~/exports/deals.csv", ("deals.csv",)),
        ("contacts.csv exports/d", "contacts.csv exports/deals.csv", ("deals.csv",)),
        (".h", ".hidden.csv", (".hidden.csv",)),
        ("nothing", "nothing", ()),
        ("no/such/folder", "no/such/folder", ()),
        ('"accounts old.csv"', '"accounts old.csv"', ()),
    ],
)
def test_a_tab_goes_on_as_far_as_is_certain(here: Path, typed: str, becomes: str, names: tuple[str, ...]) -> None:
    assert here.exists()
    assert completed(typed) == (becomes, names)


def test_what_is_hidden_is_not_offered_unless_asked_for(here: Path) -> None:
    assert here.exists()
    assert ".hidden.csv" not in completed("").names
    assert "exports/" in completed("").names


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("a.csv b.csv", ["a.csv", "b.csv"]), ("'a b.csv' c", ["a b.csv", "c"]), ('"a b', ["a b"]), ("it's", ["its"]),
        ("accounts old.csv", ["accounts old.csv"]), ("", []), ("~nobody-at-all/x", ["~nobody-at-all/x"]),
    ],
)  # fmt: skip
def test_paths_are_read_as_a_shell_reads_them(here: Path, typed: str, read: list[str]) -> None:
    assert here.exists()
    assert paths(typed) == read


def test_a_tilde_is_the_home(here: Path) -> None:
    assert paths("~/accounts.csv x") == [str(here / "accounts.csv"), "x"]
