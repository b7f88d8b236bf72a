"""Sums over several currencies: by the rates of the settings where there are some, apart where there are none."""

from __future__ import annotations

import sqlite3

import pytest

from csm_tui.domain.due import ItemKind
from csm_tui.domain.policy import POLICY, MoneyPolicy, Policy
from csm_tui.domain.reasons import why
from csm_tui.domain.touchpoints import Signal
from csm_tui.store.connection import reading
from csm_tui.views.accounts import Totals, account_glance, account_list, totals
from csm_tui.views.cadence import CadenceBoard, cadence_board
from csm_tui.views.today import TodayList, today_list
from tests.conftest import TODAY
from tests.views.test_recovery import begun
from tests.views.test_recovery import board as recoveries

RATED = POLICY._replace(money=MoneyPolicy("EUR", {"USD": (1, 2)}))


@pytest.fixture
def three(book: str) -> str:
    connection = sqlite3.connect(book, isolation_level=None)
    connection.executescript("""
        INSERT INTO account (name, added_on, arr_cents, currency) VALUES ('Euro', '2025-01-05', 10000, 'EUR'),
          ('Dollar', '2025-01-05', 50000, 'USD'), ('Dime', '2025-01-05', 70000, 'USD'),
          ('Yen', '2025-01-05', 900000, 'JPY'), ('None', '2025-01-05', NULL, 'EUR');""")
    connection.close()
    return book


def looked(path: str, policy: Policy) -> tuple[Totals, CadenceBoard, TodayList]:
    with reading(path, TODAY, policy=policy) as one:
        return totals(one), cadence_board(one), today_list(one, None)


def test_sums_by_rates_and_what_has_none_apart(three: str) -> None:
    found, board, _ = looked(three, RATED)
    assert found.arr == (("JPY", 900000), ("EUR", 70000))
    assert found.by_rates
    assert (board.left_out, sum(row.arr_cents for row in board.effort)) == (("JPY",), 70000)
    found, board, _ = looked(three, POLICY)
    assert found.arr == (("JPY", 900000), ("USD", 120000), ("EUR", 10000))
    assert not found.by_rates
    assert (board.left_out, sum(row.arr_cents for row in board.effort)) == (("EUR", "JPY"), 120000)


def test_the_largest_amount_is_what_is_worth_most(three: str) -> None:
    """In the list, and in its folded pane, which asks the file."""
    sql = "UPDATE account SET archived_on = '2026-11-01' WHERE name = 'Yen'"
    connection = sqlite3.connect(three, isolation_level=None)
    connection.execute(sql)
    for rates, first in (({"USD": (1, 2)}, "Dime"), ({"USD": (1, 10)}, "Euro"), ({}, "Dime")):
        policy = POLICY._replace(money=MoneyPolicy("EUR", rates))
        with reading(three, TODAY, policy=policy) as one:
            found = [account_list(one), account_glance(one)]
        assert [lines.lines[0].facts.name for lines in found] == [first, first]
    connection.close()


def test_work_ranks_by_what_an_amount_is_worth_and_says_so(three: str) -> None:
    items = {item.account.name: item for item in looked(three, RATED)[2].items if item.kind is ItemKind.CHECK_IN}
    assert items["Dollar"].value_cents == 25000
    assert items["Dollar"].score == items["Euro"].score * 5 // 2
    told = " ".join(why(items["Dollar"], TODAY))
    assert "Its $500 a year are €250 by your rate." in told
    assert "= €250 a year" in told
    assert items["None"].value_cents == 25000, "the median of 100, 250 and 350 euros; yen are left out"
    plain = {item.account.name: item for item in looked(three, POLICY)[2].items}
    assert plain["Dollar"].value_cents == 50000
    assert plain["None"].value_cents == 60000, "most amounts are in dollars"
    assert "rate" not in " ".join(why(plain["Dollar"], TODAY))


def test_the_median_is_an_amount_of_the_currency_it_was_taken_over(three: str) -> None:
    """Not of the account for which it stands in, by whose rate it was converted again."""
    connection = sqlite3.connect(three, isolation_level=None)
    connection.execute("UPDATE account SET currency = 'USD' WHERE name = 'None'")
    connection.close()
    begun(three, 5, Signal.USAGE)
    *_, listed = looked(three, RATED)
    stakes = {(item.value_cents, item.currency) for item in listed.items if item.account.name == "None"}
    assert stakes == {(25000, "EUR")}
    board = recoveries(three, RATED)
    assert [(line.value_cents, line.currency) for line in board.lines] == [(25000, "EUR")]
    assert board.sums == (("EUR", 25000),)
