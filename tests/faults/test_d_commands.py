"""Every command of the shell shows every hostile string, in words and as data, and nothing steers the terminal."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from csm_tui import paths
from csm_tui.safe import width
from tests.cli.conftest import Csm
from tests.conftest import rounds
from tests.faults.hostile_book import fill, playbook, some
from tests.faults.shell import rows
from tests.hostile import LONG, OWN, naughty, needs, surnames

LISTS = (
    ("today", "--all"), ("accounts",), ("cadence",), ("promises", "--all"), ("history",), ("paths",), ("onboarding",),
    ("reviews",), ("recovery",), ("since",), ("find", "x"), ("playbooks",),
)  # fmt: skip
CARDS = (("account", "show"), ("brief",), ("recover",), ("plan",))
"""What is asked of one account."""


@pytest.mark.fault("D1")
@pytest.mark.parametrize("which", ["own", "blns"])
def test_every_list_and_card(book: str, csm: Csm, which: str) -> None:
    strings = OWN if which == "own" else some(naughty())
    needs(strings, "the Big List of Naughty Strings")
    fill(book, strings)
    for command in LISTS:
        assert csm(*command).code == 0, command
        ran = csm(*command, "--json")
        assert (ran.code, ran.json is None) == (0, False), command
    names = {one["name"] for one in csm("accounts", "--json").json}
    assert names == {name for (name,) in rows(book, "SELECT name FROM account")}
    for number in range(1, len(strings) + 1, 1 if rounds(10) > 1 else 23):
        for card in CARDS:
            ran = csm(*card, f"id:{number}")
            if "has no open risk" in ran.err:  # an account of the list without a sign that opens one
                continue
            assert ran.code == 0, card
            told = csm(*card, f"id:{number}", "--json")
            assert told.code == 0
            assert _said(strings[number - 1], told.json), (card, strings[number - 1])


def _said(text: str, data: object) -> bool:
    """Whether data hold a text as it was given."""
    return json.dumps(text.strip())[1:-1] in json.dumps(data)


@pytest.mark.fault("D1")
def test_ones_own_playbook_may_say_anything(csm: Csm) -> None:
    folder = Path(paths.playbooks())
    folder.mkdir(parents=True)
    assert csm("account", "add", "Acme", "--start", "2026-11-20").code == 0
    for number, text in enumerate(OWN[:: 1 if rounds(10) > 1 else 7]):
        (folder / f"own-{number}.toml").write_text(playbook(text, f"own-{number}"), encoding="utf-8")
        assert csm("playbook", "check", str(folder / f"own-{number}.toml")).code == 0, ascii(text)
        assert csm("playbook", "show", f"own-{number}").code == 0
        assert _said(text, csm("playbook", "show", f"own-{number}", "--json").json)
        assert csm("plan", "acme", f"own-{number}").code == 0
    for command in (("playbooks",), ("plan", "acme"), ("today", "--all"), ("history",), ("account", "show", "acme")):
        assert csm(*command).code == 0


@pytest.mark.fault("D1")
def test_a_list_stands_in_columns_whatever_the_names(book: str, csm: Csm) -> None:
    strings = tuple(text for text in (*OWN, *surnames(2)) if text.isprintable())
    fill(book, strings)
    lines = [line for line in csm("accounts").out.split("\n") if "high-touch" in line]
    assert len(lines) == len(strings)

    places = {width(line[: line.rindex("high-touch")]) for line in lines}
    assert len(places) == 1


@pytest.mark.fault("D1")
@pytest.mark.parametrize("text", [*LONG, *OWN[::20]], ids=lambda text: f"{len(text)}-{text[:1]!a}")
def test_an_account_that_is_not_there_is_named_without_harm(csm: Csm, text: str) -> None:
    csm("account", "add", "Acme")
    for command in (
        ("account", "show", "--", text), ("log", "--", text, "call ok"), ("accounts", "--", text),
        ("done", "--", text),
        ("move", "--", text, "fri"), ("import", "--", text), ("restore", "--", text), (text,),
        ("snooze", "c1", "--", text),
    ):  # fmt: skip
        if "\x00" not in text:
            ran = csm(*command)
            assert ran.code in {0, 1, 2}
