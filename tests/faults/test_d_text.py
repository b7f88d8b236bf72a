"""Hostile text through every field and door of the shell: kept byte for byte, or refused with a sentence."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.domain.errors import Refusal
from csm_tui.store.writing import write
from csm_tui.tui import drafts
from tests.cli.conftest import Csm
from tests.conftest import TODAY
from tests.faults.hostile_book import SAMPLE, told
from tests.faults.matrix import Tally
from tests.faults.shell import rows
from tests.hostile import LONG, OWN, UNKEEPABLE


@pytest.mark.fault("D1")
def test_an_account_by_the_shell_in_every_field(book: str, csm: Csm) -> None:
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


@pytest.mark.fault("D1")
def test_a_log_with_its_notes_promise_and_person_by_the_shell(book: str, csm: Csm) -> None:
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


@pytest.mark.fault("D1")
def test_notes_by_standard_input_are_kept_to_the_byte(book: str, csm: Csm) -> None:
    assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
    everything = "\n".join(f"<{text}>" for text in OWN)
    assert csm("log", "acme", "-", stdin=f"note all of them\n{everything}\n").code == 0
    assert rows(book, "SELECT notes FROM touchpoint") == [(everything,)]


@pytest.mark.fault("D1")
def test_a_person_by_the_shell_in_every_field(book: str, csm: Csm) -> None:
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


@pytest.mark.fault("D1")
def test_reasons_by_the_shell(book: str, csm: Csm) -> None:
    assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
    for text in SAMPLE:
        assert csm("snooze", "c1", "tomorrow", "--", f"because {text} x").code == 0, text
        assert rows(book, "SELECT reason FROM snooze ORDER BY id DESC LIMIT 1") == [(f"because {text} x",)]
        assert csm("account", "churn", f"--reason=w {text} x", "acme").code == 0
        assert rows(book, "SELECT churn_reason FROM account") == [(f"w {text} x",)]
        assert csm("undo", "--yes").code == 0


@pytest.mark.fault("D1")
def test_a_csv_keeps_every_cell_or_refuses_its_row_with_a_reason(book: str, csm: Csm, tmp_path: Path) -> None:
    file = tmp_path / "book.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["Account name", "Owner", "Start date"])
        for number, text in enumerate(OWN):
            writer.writerow([f"{number:03} {text} x", f"o {text} x", "2026-01-01"])
    ran = csm("import", str(file), "--json")
    assert ran.code == 0, ran.err
    data = ran.json
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


@pytest.mark.fault("D1")
@pytest.mark.parametrize("text", UNKEEPABLE, ids=ascii)
def test_what_cannot_be_kept_is_refused_with_a_sentence_at_every_door(book: str, csm: Csm, text: str) -> None:
    assert csm("account", "add", "Acme", "--start", "2026-01-01").code == 0
    before = rows(book, "SELECT count(*) FROM change")
    for arguments in (
        ("account", "add", f"New {text}"), ("account", "edit", "acme", "--owner", f"x{text}"),
        ("account", "edit", "acme", "--domain", f"x{text}"), ("account", "edit", "acme", "--name", f"x{text}"),
        ("account", "churn", "acme", "--reason", f"x{text}"), ("contact", "add", "acme", f"Jo {text}"),
        ("contact", "add", "acme", "Jo", "--title", f"x{text}"),
        ("contact", "add", "acme", "Jo", "--email", f"x{text}"),
        ("log", "acme", f"call {text} x"), ("log", "--notes", f"n {text}", "acme", "call ok"),
        ("log", "acme", f"call ok >send {text} x fri"), ("snooze", "c1", "tomorrow", f"x{text}"),
    ):  # fmt: skip
        ran = csm(*arguments)
        assert ran.code == 1, arguments
        assert len(ran.err.split()) > 4, ran.err
        assert "Traceback" not in ran.err
    assert rows(book, "SELECT count(*) FROM change") == before


@pytest.mark.fault("D1")
@pytest.mark.parametrize("text", UNKEEPABLE, ids=ascii)
def test_the_store_refuses_it_too(tally: Tally, book: str, text: str) -> None:
    tally.tried += 1
    with pytest.raises(Refusal), write(book, told("Add"), TODAY) as writing:
        add_account(writing, AddAccount(f"New {text}", {}))
    with pytest.raises(Refusal), write(book, told("Add"), TODAY) as writing:
        add_account(writing, AddAccount("New", {"owner": f"x{text}"}))
    assert rows(book, "SELECT 1 FROM account") == []


@pytest.mark.fault("D1")
def test_a_draft_brings_every_string_back(tally: Tally, book: str) -> None:
    for text in (*OWN, *LONG, *UNKEEPABLE):
        tally.tried += 1
        drafts.keep(book, "log-1", f"call {text}")
        assert drafts.kept(book, "log-1") == f"call {text}"
