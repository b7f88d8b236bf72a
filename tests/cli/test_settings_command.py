"""csm settings says what holds and where it comes from; what is set changes what the commands say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.settings import DEFAULT, settings
from csm_tui.settings_table import TABLE
from tests.cli.conftest import Csm


def set_to(text: str) -> Path:
    path = Path(paths.settings())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def no_editor(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


def test_it_says_what_holds_and_where_each_comes_from(csm: Csm, monkeypatch: pytest.MonkeyPatch) -> None:
    set_to("theme = 'csm-light'\nweekend = ['fri']\n[rates]\nUSD = 0.92\n[cadence]\nvalue = 21\n")
    monkeypatch.setenv("TEXTUAL_THEME", "nord")
    monkeypatch.setenv("EDITOR", "nano")
    found = {one["name"]: (one["value"], one["from"]) for one in csm("settings", "--json").json}
    assert found["cadence.value"] == (21, "line 6")
    assert found["weekend"] == (["fri"], "line 2")
    assert found["rates.USD"] == ("0.92", "line 4")
    assert found["theme"] == ("nord", "TEXTUAL_THEME")
    assert found["editor"] == ("nano", "EDITOR")
    assert found["cadence.adoption"] == (14, "default")
    assert {setting.name for setting in TABLE} < set(found)
    assert ["cadence.value", "21", "line", "6"] in [line.split() for line in csm("settings").out.splitlines()]


def test_the_example_is_a_settings_file(csm: Csm) -> None:
    set_to(csm("settings", "--example").out)
    assert settings()._replace(lines={}) == DEFAULT


def test_what_is_wrong_is_said_on_stderr_and_the_command_goes_on(csm: Csm, filled: str) -> None:
    path = set_to("\nfoo = 1\n")
    ran = csm("accounts", "--json")
    assert ran.code == 0
    assert ran.err.startswith(f"{path}, line 2: there is no setting foo")
    assert len(ran.json) > 0


def test_what_is_set_changes_what_is_due(csm: Csm, filled: str) -> None:
    def rhythms() -> set[int]:
        return {one["interval_days"] for one in csm("cadence", "--json").json}

    before = rhythms()
    set_to("".join(f"cadence.{name} = 17\n" for name in (
        "onboarding", "adoption", "value", "white_glove", "high_touch", "low_touch")))  # fmt: skip
    assert rhythms() == {17} != before


def test_an_editor_needs_a_terminal(csm: Csm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", "nano")
    ran = csm("settings", "--edit")
    assert (ran.code, ran.out) == (1, "")
    assert "needs a terminal" in ran.err
    assert not Path(paths.settings()).exists()


def edit(monkeypatch: pytest.MonkeyPatch, csm: Csm) -> tuple[int, str]:
    from csm_tui.cli.commands import settings as command

    monkeypatch.setattr(command, "is_terminal", lambda: True)
    ran = csm("settings", "--edit")
    return ran.code, ran.err


def test_the_editor_gets_the_example_first_and_its_file_is_private(csm: Csm, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITOR", 'sh -c \'echo "theme = 3" > "$0"\'')
    code, err = edit(monkeypatch, csm)
    path = Path(paths.settings())
    assert code == 0
    assert f"{path}, line 1: theme must be a text" in err
    assert os.stat(path).st_mode & 0o777 == 0o600  # noqa: PTH116
    monkeypatch.setenv("EDITOR", "no-such-editor")
    assert "could not be started" in edit(monkeypatch, csm)[1]
    monkeypatch.delenv("EDITOR")
    assert "No editor is known" in edit(monkeypatch, csm)[1]


def test_new_amounts_get_the_currency_that_was_set(csm: Csm, book_path: str, tmp_path: Path) -> None:
    set_to("currency = 'USD'\n")
    csm("account", "add", "Acme", "--arr", "100")
    csm("account", "add", "Beta", "--arr", "£100")
    sheet = tmp_path / "book.csv"
    sheet.write_text("name,arr,currency\nGamma,100,\nDelta,100,CHF\n")
    assert csm("import", str(sheet)).code == 0
    found = {one["name"]: one["currency"] for one in csm("accounts", "--json").json}
    assert found == {"Acme": "USD", "Beta": "GBP", "Gamma": "USD", "Delta": "CHF"}
