"""The made-up book of forty accounts has on any day what one CSM carries."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from csm_tui.domain.accounts import Phase
from csm_tui.domain.days import STANDARD
from csm_tui.domain.due import Group, Item, ItemKind
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import opt_out_on, phase
from csm_tui.store import journal
from csm_tui.store.connection import reading
from csm_tui.store.queries.accounts import account_facts
from tests.exchange.test_demo import DAYS, demo, due, in_group, number, rows


def kinds(items: list[Item]) -> Counter[ItemKind]:
    return Counter(item.kind for item in items)


@pytest.mark.parametrize("today", DAYS, ids=str)
class TestTheBookOfFortyOnAnyDay:
    def test_has_must_dos_of_four_sorts_but_not_too_many(self, tmp_path: Path, today: date) -> None:
        found = due(demo(tmp_path, today), today)
        urgent = in_group(found, Group.MUST_DO)
        assert kinds(urgent) == {
            ItemKind.PROMISE: 1, ItemKind.MEETING: 1, ItemKind.RENEWAL: 1, ItemKind.STEP: 1,
        }  # fmt: skip
        assert not found.too_many
        assert found.accounts == 40

    def test_has_late_check_ins_some_of_them_breached(self, tmp_path: Path, today: date) -> None:
        late = in_group(due(demo(tmp_path, today), today), Group.OVERDUE)
        check_ins = [item for item in late if item.kind is ItemKind.CHECK_IN]
        assert 5 <= len(check_ins) <= 8
        assert 2 <= sum(item.latest_on is not None and item.latest_on < today for item in check_ins) <= 4
        assert kinds(late)[ItemKind.PROMISE] == 1
        assert kinds(late)[ItemKind.REVIEW] in {1, 2}
        assert kinds(late)[ItemKind.STEP] == 5
        assert len(late) <= 16

    def test_has_something_for_today(self, tmp_path: Path, today: date) -> None:
        found = kinds(in_group(due(demo(tmp_path, today), today), Group.TODAY))
        assert found[ItemKind.STEP] <= 12
        del found[ItemKind.STEP]
        assert 4 <= found.total() <= 7
        assert found[ItemKind.ESCALATION] == STANDARD.works(today)
        assert found[ItemKind.MEETING] == 1
        assert found[ItemKind.PROMISE] >= 1
        assert (found[ItemKind.CHECK_IN] > 0) == STANDARD.works(today)

    def test_has_a_week_with_meetings_and_promises_of_both_sides(self, tmp_path: Path, today: date) -> None:
        week = in_group(due(demo(tmp_path, today), today), Group.THIS_WEEK)
        what = Counter(item.what.split(":")[0] for item in week)
        assert 8 <= sum(not item.of_plan for item in week) <= 12
        assert 35 <= sum(item.of_plan for item in week) <= 60
        assert 2 <= what["check-in, booked"] <= 4
        assert what["promise"] >= 1
        assert what["they owe"] >= 1
        assert sum(item.snoozed is not None for item in week) == 1

    def test_has_the_mix_that_one_csm_carries(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        with reading(path, today) as book:
            accounts = list(account_facts(book).values())
        assert Counter(one.tier for one in accounts) == {"white-glove": 5, "high-touch": 18, "low-touch": 17}
        bands = Counter(band_by_hand(one.pulse) for one in accounts)
        assert bands == {"at risk": 4, "watch": 9, "healthy": 21, "none": 6}
        phases = Counter(phase(one.started_on, one.renewal_on, one.notice_days, None, today) for one in accounts)
        assert min(phases[early] for early in (Phase.ONBOARDING, Phase.ADOPTION, Phase.VALUE, Phase.RENEWING)) >= 2
        amounts = [one.arr_cents for one in accounts if one.arr_cents is not None]
        assert (len(amounts), min(amounts), max(amounts)) == (39, 900_000, 21_000_000)
        assert {one.currency for one in accounts} == {"EUR"}
        assert all(one.seats for one in accounts)

    def test_has_few_renewals_near_and_one_opt_out_that_nobody_talked_of(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        with reading(path, today) as book:
            accounts = list(account_facts(book).values())
        away = [(one.renewal_on - today).days for one in accounts if one.renewal_on]
        assert len(away) == 40
        assert min(away) > 0
        assert 2 <= sum(days <= 90 for days in away) <= 3
        near = [
            one
            for one in accounts
            if (on := opt_out_on(one.renewal_on, one.notice_days)) and 0 <= (on - today).days <= 30
        ]
        assert [(one.name, one.renewal_talk_on) for one in near] == [("Datum Corporation", None)]

    def test_puts_nothing_ahead_but_meetings_and_nothing_before_the_start(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        day = today.isoformat()
        assert number(path, f"SELECT count(*) FROM touchpoint WHERE state <> 'booked' AND day > '{day}'") == 0
        assert number(path, f"SELECT count(*) FROM pulse WHERE given_on > '{day}'") == 0
        assert number(path, f"SELECT count(*) FROM promise WHERE made_on > '{day}' OR closed_on > '{day}'") == 0
        early = "SELECT t.kind FROM touchpoint t JOIN account a ON a.id = t.account_id WHERE t.day < a.started_on"
        assert rows(path, early) == [("note",)]
        before = "SELECT count(*) FROM promise p JOIN account a ON a.id = account_id "
        before += "WHERE made_on < started_on AND step_id IS NULL"
        assert number(path, before) == 0

    def test_works_in_working_hours(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        weekend = "SELECT DISTINCT day FROM touchpoint WHERE strftime('%w', day) IN ('0', '6')"
        assert rows(path, weekend) == ([] if STANDARD.works(today) else [(today.isoformat(),)])
        assert number(path, "SELECT count(*) FROM touchpoint WHERE time NOT BETWEEN '08:00' AND '18:00'") == 0

    def test_is_a_whole_file_with_an_empty_journal(self, tmp_path: Path, today: date) -> None:
        path = demo(tmp_path, today)
        assert rows(path, "PRAGMA integrity_check") == [("ok",)]
        assert rows(path, "PRAGMA foreign_key_check") == []
        assert number(path, "SELECT (SELECT count(*) FROM operation) + (SELECT count(*) FROM change)") == 0
        with reading(path, today) as book:
            assert journal.next_undo(book) is None
