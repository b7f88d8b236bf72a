"""What no file can keep is refused at every door of every table; all other text comes back letter for letter."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from csm_tui.actions.accounts import AddAccount, add_account
from csm_tui.actions.contacts import AddContact, add_contact
from csm_tui.actions.import_accounts import AccountRow, ImportAccounts, import_accounts
from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import parse
from csm_tui.store.journal import Operation
from csm_tui.store.tables import BY_NAME
from csm_tui.store.writing import write
from csm_tui.store.writing_light import write_light
from tests.conftest import TODAY, rounds
from tests.store.deeds import Deed
from tests.store.test_every_action import AT, do, dump, full, full_once, journal_of, rows

__all__ = ["full", "full_once"]

WRITINGS = pytest.mark.parametrize("light", [True, False], ids=["light", "model"])
TEXT = {
    table: [name for name, field in model.model_fields.items() if field.annotation in (str, str | None)]
    for table, model in BY_NAME.items()
}
UNKEEPABLE = ["\x00", "a\x00b", "\ud800", "a\udfff", "\udc80x"]

SOUND: dict[str, dict[str, str | int | None]] = {
    "account": {"name": "A", "added_on": "2026-01-01"},
    "external_id": {"account_id": 1, "source": "s", "value": "v"},
    "contact": {"account_id": 1, "name": "C"},
    "touchpoint": {"account_id": 1, "day": "2026-01-01", "kind": "call", "direction": "two-way"},
    "touchpoint_contact": {"touchpoint_id": 1, "contact_id": 2},
    "touchpoint_signal": {"touchpoint_id": 1, "signal": "nps"},
    "promise": {"account_id": 1, "side": "ours", "what": "w", "made_on": "2026-01-01"},
    "pulse": {"account_id": 1, "value": 3, "given_on": "2026-01-01"},
    "snooze": {
        "account_id": 1,
        "item": "c1",
        "due_on": "2026-01-01",
        "made_on": "2026-01-01",
        "until_on": "2026-01-02",
    },
    "account_tag": {"account_id": 1, "tag": "t"},
    "measure": {"account_id": 1, "name": "tickets", "day": "2026-01-01", "value": 3},
    "saved_filter": {"name": "n", "text": "t"},
    "import_mapping": {"header": "h", "fields": "{}"},
    "last_look": {"id": 1, "at": "2026-11-21T09:00:00.000Z", "change_id": 1},
    "template": {"digest": "e", "text": "t"},
    "plan": {
        "account_id": 1,
        "playbook": "p",
        "name": "P",
        "template_id": 1,
        "anchor_on": "2026-01-01",
        "opened_on": "2026-01-01",
    },
    "step": {
        "plan_id": 1,
        "account_id": 1,
        "n": 9,
        "template_id": 1,
        "code": "c",
        "title": "t",
        "due_on": "2026-01-01",
        "baseline_on": "2026-01-01",
    },
    "risk": {"account_id": 2, "plan_id": 1, "opened_on": "2026-01-01"},
    "risk_signal": {"risk_id": 1, "signal": "nps", "seen_on": "2026-01-01"},
    "escalation": {"account_id": 1, "severity": "high", "opened_on": "2026-01-01"},
    "review_skip": {"account_id": 1, "due_on": "2026-01-01", "skipped_on": "2026-01-01"},
    "kept_up": {"id": 1, "on_day": "2026-01-01"},
}


def test_every_table_has_a_sound_row_here_and_its_texts_are_known() -> None:
    assert set(SOUND) == set(BY_NAME)
    assert sum(map(len, TEXT.values())) > 90


@WRITINGS
@pytest.mark.parametrize("table", [table for table, columns in TEXT.items() if columns])
def test_nul_and_half_pairs_are_refused_in_every_text_by_add_and_by_change(full: str, table: str, light: bool) -> None:
    before = dump(full)
    with (write_light if light else write)(full, Operation("x", "shell", AT), TODAY) as writing:
        for column, text in product(TEXT[table], UNKEEPABLE):
            with pytest.raises(Refusal, match=r"holds a character that cannot be kept .*: take it out\.$") as refused:
                writing.add(table, **{**SOUND[table], column: text})
            assert column.replace("_", " ") in str(refused.value)
            with pytest.raises(Refusal, match="cannot be kept"):
                writing.change(table, 1, **{column: text})
    assert dump(full) == before
    assert rows(full, "SELECT count(*) FROM operation") == [(0,)]


@WRITINGS
def test_every_sound_row_is_taken(full: str, light: bool) -> None:
    with (write_light if light else write)(full, Operation("x", "shell", AT), TODAY) as writing:
        for table in ("import_mapping", "last_look", "kept_up"):  # each may have the row of `SOUND` once
            writing.remove(table, 1)
        for table, row in SOUND.items():
            assert writing.find(table, id=writing.add(table, **row))[0].items() >= row.items()


@pytest.mark.parametrize("text", UNKEEPABLE)
@pytest.mark.parametrize(
    "deed",
    [
        lambda text: Deed(log_touchpoint, lambda _: LogTouchpoint(1, "N", parse(f"call {text}", TODAY))),
        lambda text: Deed(log_touchpoint, lambda _: LogTouchpoint(1, "N", parse("call", TODAY), text)),
        lambda text: Deed(log_touchpoint, lambda _: LogTouchpoint(1, "N", parse(f"call >send {text}", TODAY))),
        lambda text: Deed(
            log_touchpoint, lambda _: LogTouchpoint(1, "N", parse("call", TODAY)._replace(contacts=(text,)))
        ),
        lambda text: Deed(add_account, lambda _: AddAccount(f"A{text}", {})),
        lambda text: Deed(add_account, lambda _: AddAccount("A", {"domain": text})),
        lambda text: Deed(add_contact, lambda _: AddContact(1, "N", f"A{text}", {})),
        lambda text: Deed(import_accounts, lambda _: ImportAccounts("CSV", [AccountRow(2, f"A{text}")])),
        lambda text: Deed(import_accounts, lambda _: ImportAccounts(f"file {text}", [AccountRow(2, "A")])),
    ],
    ids=["line", "notes", "promise", "person", "account", "domain", "contact", "import", "name of the file"],
)
def test_an_action_refuses_it_in_a_sentence(full: str, deed: object, text: str) -> None:
    before, journal = dump(full), journal_of(full)
    assert callable(deed)
    with pytest.raises(Refusal, match="cannot be kept"):
        do(full, deed(text))
    assert (dump(full), journal_of(full)) == (before, journal)


KEEPABLE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), min_size=1)


@WRITINGS
@settings(max_examples=rounds(200), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(KEEPABLE, min_size=1, max_size=20))
def test_any_other_text_comes_back_letter_for_letter(full: str, texts: list[str], light: bool) -> None:
    with (write_light if light else write)(full, Operation(texts[0], "shell", AT), TODAY) as writing:
        ids = [writing.add("touchpoint", **{**SOUND["touchpoint"], "summary": text, "notes": text}) for text in texts]
        assert [writing.find("touchpoint", id=row)[0]["notes"] for row in ids] == texts
    found = rows(full, "SELECT summary, notes FROM touchpoint ORDER BY id DESC LIMIT ?", len(texts))
    assert found[::-1] == [(text, text) for text in texts]
    images = journal_of(full)
    assert [change[4]["notes"] for change in images if change[1] == "touchpoint" and change[0]][-len(texts) :] == texts
