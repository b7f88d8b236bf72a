"""Accounts come, change and leave, each fact inside its range; what cannot be is refused and nothing is written."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest

from csm_tui.actions.accounts import (
    RANGES,
    AddAccount,
    ChurnAccount,
    EditAccount,
    add_account,
    churn_account,
    edit_account,
)
from csm_tui.domain.errors import Refusal
from csm_tui.store.transaction import undo
from tests.conftest import TODAY
from tests.store.deeds import DEEDS, Deed
from tests.store.test_every_action import AT, do, dump, full, full_once, journal_of, rows

__all__ = ["full", "full_once"]


def add(book: str, name: str, **values: Any) -> int:
    added: int = do(book, Deed(add_account, lambda _: AddAccount(name, values)))
    return added


def edit(book: str, account_id: int, **values: Any) -> None:
    do(book, Deed(edit_account, lambda _: EditAccount(account_id, "It", values)))


def churn(book: str, on: date, reason: str = "") -> None:
    do(book, Deed(churn_account, lambda _: ChurnAccount(1, "Northwind", on, reason)))


def itself(wanted: Any, _: str) -> Any:
    """A command that does not depend on the book."""
    return wanted


def refused(book: str, deed: Deed, words: str) -> None:
    before, journal = dump(book), journal_of(book)
    with pytest.raises(Refusal, match=words):
        do(book, deed)
    assert (dump(book), journal_of(book)) == (before, journal)


def test_a_new_account_has_its_name_its_day_and_the_facts_given(full: str) -> None:
    account = add(full, "  Bolt  GmbH ", tier="low-touch", arr_cents=10**15, domain="bolt.de")
    assert rows(
        full, "SELECT name, added_on, tier, arr_cents, currency, domain FROM account WHERE id = ?", account
    ) == [("Bolt  GmbH", "2026-11-21", "low-touch", 10**15, "EUR", "bolt.de")]


@pytest.mark.parametrize("name", ["", "   ", "\t\n", "\u3000"])
def test_a_blank_name_is_no_name(full: str, name: str) -> None:
    refused(full, Deed(add_account, lambda _: AddAccount(name, {})), "An account needs a name")
    refused(full, Deed(edit_account, lambda _: EditAccount(1, "x", {"name": name})), "An account needs a name")


@pytest.mark.parametrize("name", ["Northwind", "northwind", " NORTHWIND ", "Ｎorthwind", "опто"])
def test_a_name_that_is_taken_is_refused(full: str, name: str) -> None:
    refused(full, Deed(add_account, lambda _: AddAccount(name, {})), "already")


def test_a_name_cannot_be_taken_by_an_edit_either_and_one_s_own_stays(full: str) -> None:
    refused(full, Deed(edit_account, lambda _: EditAccount(2, "Lights", {"name": "northwind "})), "already")
    edit(full, 1, name="NORTHWIND")
    assert rows(full, "SELECT name FROM account WHERE id = 1") == [("NORTHWIND",)]


@pytest.mark.parametrize("name", RANGES)
def test_an_amount_out_of_its_range_is_refused_with_the_range(full: str, name: str) -> None:
    least, most = RANGES[name]
    for value in (least - 1, most + 1, -(2**63), 2**63):
        words = f"out of range for {name.replace('_', ' ')}: use {least:,} to {most:,}"
        adding, editing = AddAccount("Bolt", {name: value}), EditAccount(1, "x", {name: value})
        refused(full, Deed(add_account, partial(itself, adding)), words)
        refused(full, Deed(edit_account, partial(itself, editing)), words)
    edit(full, 1, **{name: least})
    edit(full, 1, **{name: most})
    edit(full, 1, **{name: None})


def test_the_ranges_are_those_of_the_file(full: str) -> None:
    [(sql,)] = rows(full, "SELECT sql FROM sqlite_master WHERE name = 'account'")
    for name, (least, most) in RANGES.items():
        assert f"{name} BETWEEN {least} AND {most}" in sql


def test_nothing_to_change_is_said(full: str) -> None:
    refused(full, Deed(edit_account, lambda _: EditAccount(1, "x", {})), "Nothing to change: say what")


def test_an_account_leaves_on_a_day_that_has_come(full: str) -> None:
    refused(
        full, Deed(churn_account, lambda _: ChurnAccount(1, "Northwind", TODAY + timedelta(days=1))), "still to come"
    )
    refused(full, Deed(churn_account, lambda _: ChurnAccount(1, "Northwind", date(1026, 1, 1))), "out of range")
    churn(full, TODAY - timedelta(days=9), "too dear")
    assert rows(full, "SELECT churned_on, churn_reason FROM account WHERE id = 1") == [("2026-11-12", "too dear")]
    refused(full, DEEDS["churn an account"], "is marked as churned already")


def test_no_reason_is_no_text(full: str) -> None:
    churn(full, TODAY)
    assert rows(full, "SELECT churn_reason FROM account WHERE id = 1") == [(None,)]


@pytest.mark.parametrize("name", DEEDS)
def test_a_command_is_not_changed_by_carrying_it_out(full: str, name: str) -> None:
    wanted = DEEDS[name].wanted(full)
    before = deepcopy(wanted)
    do(full, Deed(DEEDS[name].action, lambda _: wanted))
    assert wanted == before


def test_an_edited_name_is_stripped_in_the_book_and_not_in_the_command(full: str) -> None:
    wanted = EditAccount(1, "Northwind", {"name": " North "})
    do(full, Deed(edit_account, lambda _: wanted))
    assert rows(full, "SELECT name FROM account WHERE id = 1") == [("North",)]
    assert wanted == EditAccount(1, "Northwind", {"name": " North "})


@pytest.mark.parametrize("light", [True, False])
@pytest.mark.parametrize("churning", [True, False])
def test_an_account_that_is_gone_meanwhile_is_refused_in_a_sentence(full: str, light: bool, churning: bool) -> None:
    """Another process undid its adding between the look and the write."""
    account = add(full, "Bolt")
    undo(full, "shell", AT)
    deed = (
        Deed(churn_account, lambda _: ChurnAccount(account, "Bolt", TODAY))
        if churning
        else Deed(edit_account, lambda _: EditAccount(account, "Bolt", {"seats": 3}))
    )
    with pytest.raises(Refusal):
        do(full, deed, light=light)
