"""csm brief: Markdown wherever it goes but to a terminal, text there, JSON on request; no name steers any of them."""

from __future__ import annotations

import sqlite3
import sys

import pytest
from markdown_it import MarkdownIt

from csm_tui.exchange.brief_markdown import brief_markdown
from csm_tui.exchange.brief_page import page
from csm_tui.safe import shown, width
from csm_tui.store.connection import reading
from csm_tui.views.brief import brief
from tests.cli.conftest import Csm
from tests.conftest import TODAY
from tests.hostile import CONTROL, OWN

PLAIN = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "bullet_list_open",
         "bullet_list_close", "list_item_open", "list_item_close"}  # fmt: skip
INSIDE = {"text", "strong_open", "strong_close"}


def test_into_a_pipe_it_is_markdown(filled: str, csm: Csm) -> None:
    ran = csm("brief", "northwind")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert lines[0] == "# Northwind Traders"
    assert [line for line in lines if line.startswith("## ")][:2] == ["## Last touches", "## Promises"]
    assert "- **Mon 12 Oct** call: all good (40 d ago)" in lines
    assert "- **we** send usage (Wed 18 Nov, 3 d late)" in lines
    assert "- **Jon Bell** champion (never met)" in lines


def test_a_terminal_gets_it_laid_out_and_markdown_when_asked(
    filled: str, csm: Csm, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    text = csm("brief", "northwind").out
    assert text.splitlines()[0] == "Northwind Traders"
    assert "▲ we    send usage                                          Wed 18 Nov, 3 d late" in text.splitlines()
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.execute("UPDATE touchpoint SET summary = ? WHERE id = 1", ("漢字 " + "漢" * 90,))
    connection.close()
    text = csm("brief", "northwind").out
    assert all(width(line) <= 80 for line in text.splitlines())
    assert text.count("漢") == 91
    piped = csm("brief", "northwind", "--format", "md").out
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False)
    assert csm("brief", "northwind").out == piped


def test_json_has_the_same_by_name(filled: str, csm: Csm) -> None:
    found = csm("brief", "northwind", "--json").json
    assert (found["account"], found["since"], found["next_check_in_on"]) == (
        "Northwind Traders", "2026-10-12", "2026-11-11",
    )  # fmt: skip
    assert [(one["side"], one["what"], one["days_late"]) for one in found["promises"]] == [
        ("ours", "send usage", 3), ("theirs", "their list", 0),
    ]  # fmt: skip
    assert [(one["kind"], one["summary"], one["people"]) for one in found["touches"]] == [("call", "all good", [])]
    assert (found["renewal"]["opt_out_on"], found["renewal"]["opt_out_days"]) == ("2027-05-02", 162)
    assert (found["plans"], found["risk"]) == ([], None)
    assert found["people"][0] == {
        "id": 1, "name": "Jon Bell", "title": "", "role": "champion", "last_two_way_on": None, "silent_days": None,
    }  # fmt: skip


def test_json_has_the_plan_that_runs_and_the_open_risk(filled: str, csm: Csm) -> None:
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.executescript("""
            INSERT INTO template (digest, text) VALUES ('x', '');
            INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on)
              VALUES (1, 'recovery', 'Recovery', 1, '2026-11-01', '2026-11-01');
            INSERT INTO step (plan_id, account_id, n, template_id, code, title, due_on, baseline_on)
              VALUES (1, 1, 1, 1, 'a', 'Call Jon', '2026-11-20', '2026-11-20');
            INSERT INTO risk (account_id, plan_id, opened_on) VALUES (1, 1, '2026-11-01');
            INSERT INTO risk_signal (risk_id, signal, seen_on) VALUES (1, 'value', '2026-11-01');
        """)
    connection.close()
    found = csm("brief", "northwind", "--json").json
    step = {"id": "k1", "account": "Northwind Traders", "plan": "recovery", "n": 1, "title": "Call Jon", "phase": "",
            "owner": "us", "due_on": "2026-11-20", "baseline_on": "2026-11-20", "state": "open", "required": False,
            "gate": None, "waiting_on": None}  # fmt: skip
    assert found["plans"] == [
        {
            "plan": "recovery",
            "name": "Recovery",
            "done": 0,
            "all": 1,
            "next": step,
            "days_late": 1,
            "held_back_by": None,
        }
    ]
    assert found["risk"] == {"opened_on": "2026-11-01", "severity": "medium", "signals": ["value"]}


def test_what_the_rules_open_today_stands_in_it(filled: str, csm: Csm) -> None:
    with sqlite3.connect(filled, isolation_level=None) as connection:
        connection.executescript("DELETE FROM kept_up; UPDATE touchpoint SET day = '2026-07-01' WHERE id = 1")
    connection.close()
    assert csm("brief", "northwind", "--json").json["risk"]["signals"] == ["silence"]


def test_an_ambiguous_and_an_unknown_account_are_refused(filled: str, csm: Csm) -> None:
    assert csm("brief", "north").code == 1
    assert csm("brief", "zzz").code == 1
    assert csm("brief").code == 2


STEP = (
    "INSERT INTO step (plan_id, account_id, n, template_id, code, title, due_on, baseline_on) "
    "VALUES (?, ?, 1, 1, 'a', ?, '2026-11-20', '2026-11-20')"
)


def fill(path: str, texts: list[str]) -> None:
    """Each text as the name of an account, a person, a promise and a summary."""
    with sqlite3.connect(path, isolation_level=None) as connection:
        connection.executescript("PRAGMA foreign_keys = ON; DELETE FROM account; BEGIN")
        connection.execute("INSERT INTO template (id, digest, text) VALUES (1, 'x', '')")
        for number, text in enumerate(texts, 1000):
            connection.execute("INSERT INTO account (id, name, added_on) VALUES (?, ?, '2026-01-05')", (number, text))
            connection.execute("INSERT INTO contact (account_id, name, title) VALUES (?, ?, ?)", (number, text, text))
            for sql in (
                "INSERT INTO promise (account_id, side, what, made_on) VALUES (?, 'ours', ?, '2026-11-01')",
                "INSERT INTO touchpoint (account_id, day, kind, direction, summary) "
                "VALUES (?, '2026-11-01', 'call', 'two-way', ?)",
                "INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on) "
                "VALUES (?, 'own', ?, 1, '2026-11-01', '2026-11-01')",
            ):
                row = connection.execute(sql, (number, text)).lastrowid
            connection.execute(STEP, (row, number, text))
        connection.execute("COMMIT")
    connection.close()


def test_no_name_and_no_word_steers_the_markdown_or_the_terminal(filled: str, csm: Csm) -> None:
    texts = [*(text for text in OWN if text.strip(" ")), "\u00a0"]
    fill(filled, texts)
    reader = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    with reading(filled, TODAY) as book:
        found = [brief(book, number) for number in range(1000, 1000 + len(texts))]
    for number, (text, one) in enumerate(zip(texts, found, strict=True)):
        assert one is not None
        written = brief_markdown(page(one))
        if number % 10 == 0:
            assert csm("brief", f"id:{1000 + number}").out == written
            assert CONTROL.search(csm("brief", f"id:{1000 + number}", "--format", "text").out.replace("\n", "")) is None
        assert CONTROL.search(written.replace("\n", "")) is None, text
        tokens = reader.parse(written)
        inside = [child for token in tokens for child in token.children or ()]
        assert {token.type for token in tokens} <= PLAIN, text
        assert {child.type for child in inside} <= INSIDE, text
        assert sum(token.type == "list_item_open" for token in tokens) == 6, text
        title = next(token for token in tokens if token.type == "inline")
        assert "".join(child.content for child in title.children or ()).strip() == (shown(text).strip() or "–"), text
        strong = [inside[at + 1].content for at, child in enumerate(inside) if child.type == "strong_open"]
        assert "".join(strong[-1].split()) == "".join((shown(text).strip() or "–").split()), text
