"""People come, change and leave; nobody is there twice, and what they took part in stays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from csm_tui.actions.contacts import (
    AddContact,
    ContactLeft,
    EditContact,
    add_contact,
    contact_left,
    edit_contact,
)
from csm_tui.domain.errors import Refusal
from csm_tui.store.transaction import undo
from tests.conftest import TODAY
from tests.store.deeds import Deed
from tests.store.test_every_action import AT, do, dump, full, full_once, journal_of, rows

__all__ = ["full", "full_once"]


def adding(name: str, account_id: int = 1, **values: Any) -> Deed:
    return Deed(add_contact, lambda _: AddContact(account_id, "Northwind", name, values))


def editing(contact_id: int, **values: Any) -> Deed:
    return Deed(edit_contact, lambda _: EditContact(contact_id, "Jon Bell", "Northwind", values))


def leaving(on: date, contact_id: int = 1) -> Deed:
    return Deed(contact_left, lambda _: ContactLeft(contact_id, "Jon Bell", "Northwind", on))


def refused(book: str, deed: Deed, words: str) -> None:
    before, journal = dump(book), journal_of(book)
    with pytest.raises(Refusal, match=words):
        do(book, deed)
    assert (dump(book), journal_of(book)) == (before, journal)


def test_a_new_person_is_there_with_what_is_known(full: str) -> None:
    contact = do(full, adding(" Ida  Lee ", role="admin", email="ida@x.y", title="CFO", phone="+49 1"))
    assert rows(
        full, "SELECT account_id, name, role, email, title, phone, status FROM contact WHERE id = ?", contact
    ) == [(1, "Ida  Lee", "admin", "ida@x.y", "CFO", "+49 1", "active")]


@pytest.mark.parametrize("name", ["", " ", "\t", "\u3000"])
def test_a_person_needs_a_name(full: str, name: str) -> None:
    refused(full, adding(name), "A contact needs a name")
    refused(full, editing(1, name=name), "A contact needs a name")


@pytest.mark.parametrize("name", ["Jon Bell", "jon bell", " JON  BELL "])
def test_nobody_is_there_twice(full: str, name: str) -> None:
    refused(full, adding(name), "is a contact of Northwind already")
    refused(full, editing(2, name=name), "already")


def test_a_name_may_be_somebody_s_at_another_account_and_one_s_own_is_free(full: str) -> None:
    do(full, adding("Jon Bell", 2))
    do(full, editing(1, name="JON BELL"))
    assert rows(full, "SELECT name FROM contact WHERE name LIKE 'jon bell' ORDER BY id") == [
        ("JON BELL",),
        ("Jon Bell",),
    ]


def test_nothing_to_change_is_said(full: str) -> None:
    refused(full, editing(1), "Nothing to change")


def test_facts_can_be_set_and_taken_away(full: str) -> None:
    do(full, editing(1, role=None, title="VP"))
    assert rows(full, "SELECT role, title, email FROM contact WHERE id = 1") == [(None, "VP", "jon@northwind.com")]


def test_who_left_stays_in_what_was_said(full: str) -> None:
    do(full, leaving(date(2026, 11, 1)))
    assert rows(full, "SELECT status, left_on FROM contact WHERE id = 1") == [("left", "2026-11-01")]
    assert rows(full, "SELECT count(*) FROM touchpoint_contact WHERE contact_id = 1") == [(1,)]
    refused(full, leaving(TODAY), "is marked as left already")


def test_a_year_that_is_a_typing_mistake_is_refused(full: str) -> None:
    refused(full, leaving(date(226, 11, 1)), "The year 226 is out of range")


@pytest.mark.parametrize("light", [True, False])
@pytest.mark.parametrize("what", ["edit", "rename", "left", "add"])
def test_who_is_gone_meanwhile_is_refused_in_a_sentence(full: str, light: bool, what: str) -> None:
    """Another process undid the adding between the look and the write."""
    contact = do(full, adding("Ida"))
    undo(full, "shell", AT)
    deed = {"edit": editing(contact, title="VP"), "rename": editing(contact, name="Ida B"), "left": leaving(TODAY,
    contact),
            "add": adding("Ida", 99)}[what]  # fmt: skip
    with pytest.raises(Refusal):
        do(full, deed, light=light)
