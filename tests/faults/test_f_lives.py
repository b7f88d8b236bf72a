"""Group F, lives of a book: whatever is done, taken back, copied and brought back, it is as a plain model says."""

from __future__ import annotations

import os
from datetime import date

import pytest
from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import rule

from csm_tui.actions.accounts import EditAccount, edit_account
from csm_tui.actions.archive import ArchiveAccount, archive_account
from csm_tui.actions.contacts import AddContact, DeleteContact, EditContact, add_contact, delete_contact, edit_contact
from csm_tui.actions.correct import DeleteTouchpoint, delete_touchpoint
from csm_tui.actions.import_accounts import AccountRow, ImportAccounts, import_accounts
from csm_tui.actions.merge import MergeAccounts, merge_accounts
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.actions.promises import DeletePromise, delete_promise
from csm_tui.actions.recovery import CloseRisk, OpenRisk, Seen, close_risk, open_risk
from csm_tui.actions.steps import DoneStep, NoteStep, SkipStep, done_step, note_step, skip_step
from csm_tui.domain.errors import Refusal
from csm_tui.domain.risks import How
from csm_tui.domain.touchpoints import Signal
from csm_tui.playbooks import load
from tests.conftest import TODAY
from tests.faults.a_life import ANY, Living, has
from tests.faults.matrix import Tally
from tests.faults.spoil import ASKED
from tests.store.deeds import logging
from tests.store.test_every_action import rows


class Lives(Living):
    """What one person may do to a book in a life, one deed after another."""

    @rule(seats=st.none() | st.integers(0, 9))
    def add(self, seats: int | None) -> None:
        self.new(self.word("Firm"), seats)

    @has("accounts")
    @rule(pick=ANY, seats=st.none() | st.integers(0, 9))
    def edit(self, pick: int, seats: int | None) -> None:
        account_id, name = self.account(pick, active=False)
        self.do(edit_account, EditAccount(account_id, name, {"seats": seats, "owner": "Ida"}))
        self.book.accounts[account_id].update(seats=seats, owner="Ida")

    @has("accounts")
    @rule(pick=ANY)
    def archive(self, pick: int) -> None:
        account_id, name = self.account(pick, active=False)
        row = self.book.accounts[account_id]
        if not row["archived"] and sum(not one["archived"] for one in self.book.accounts.values()) == 1:
            return  # one is always left to go on with
        self.do(archive_account, ArchiveAccount(account_id, name, back=bool(row["archived"])))
        row["archived"] = 1 - row["archived"]

    @has("accounts")
    @rule(pick=ANY)
    def person(self, pick: int) -> None:
        account_id, account = self.account(pick)
        name = self.word("Person")
        contact_id = self.do(add_contact, AddContact(account_id, account, name, {}))
        self.book.contacts[contact_id] = {"account_id": account_id, "name": name, "title": None}

    @has("contacts")
    @rule(pick=ANY, title=st.none() | st.sampled_from(["VP", "\x1b[31m", "田中"]))
    def title(self, pick: int, title: str | None) -> None:
        contact_id, row = self.one("contacts", pick)
        self.do(edit_contact, EditContact(contact_id, row["name"], self.named(row), {"title": title}, dict(row)))
        row["title"] = title

    @has("contacts")
    @rule(pick=ANY)
    def person_deleted(self, pick: int) -> None:
        contact_id, row = self.one("contacts", pick)
        self.do(delete_contact, DeleteContact(contact_id, row["name"], self.named(row)))
        del self.book.contacts[contact_id]
        self.book.people = {pair for pair in self.book.people if pair[1] != contact_id}

    @has("accounts")
    @rule(pick=ANY, who=ANY, owed=st.booleans())
    def log(self, pick: int, who: int, owed: bool) -> None:
        account_id, account = self.account(pick)
        known = sorted(self.book.at("contacts", account_id))
        there = [known[who % len(known)]] if known and who % 3 else []
        said, what = self.word("said"), self.word("send list")
        names = "".join(f"@{str(self.book.contacts[one]['name']).replace(' ', '.').lower()} " for one in there)
        deed = logging(f"chat {names}{said}{f' >{what}' if owed else ''}", "", account_id, account)
        logged = self.do(deed.action, deed.wanted(self.path))
        self.book.touchpoints[logged.touchpoint_id] = {"account_id": account_id, "summary": said}
        self.book.people |= {(logged.touchpoint_id, one) for one in there}
        for promise_id in logged.promise_ids:
            row = {"account_id": account_id, "what": what, "touchpoint_id": logged.touchpoint_id}
            self.book.promises[promise_id] = row
        for row in self.book.at("steps", account_id).values():
            if logged.step and row["title"] == logged.step and row["state"] == "open":
                row["state"] = "done"
                break

    @has("touchpoints")
    @rule(pick=ANY)
    def touchpoint_deleted(self, pick: int) -> None:
        touchpoint_id, row = self.one("touchpoints", pick)
        self.do(delete_touchpoint, DeleteTouchpoint(touchpoint_id, row["account_id"], self.named(row)))
        del self.book.touchpoints[touchpoint_id]
        self.book.people = {pair for pair in self.book.people if pair[0] != touchpoint_id}
        for promise in self.book.promises.values():
            if promise["touchpoint_id"] == touchpoint_id:
                promise["touchpoint_id"] = None

    @has("promises")
    @rule(pick=ANY)
    def promise_deleted(self, pick: int) -> None:
        promise_id, row = self.one("promises", pick)
        self.do(delete_promise, DeletePromise(promise_id, row["account_id"], self.named(row)))
        del self.book.promises[promise_id]

    @has("accounts")
    @rule(pick=ANY, into=ANY)
    def merge(self, pick: int, into: int) -> None:
        (gone, name), (stays, other) = self.account(pick), self.account(into)
        if gone == stays or any(
            self.book.at(table, gone) and self.book.at(table, stays) for table in ("steps", "risks")
        ):
            return  # two plans become one by rules of their own
        self.do(merge_accounts, MergeAccounts(stays, other, gone, name))
        lost, kept = self.book.accounts.pop(gone), self.book.accounts[stays]
        kept.update({key: lost[key] for key in ("seats", "owner") if kept[key] is None})
        for table in ("contacts", "touchpoints", "promises", "steps", "risks"):
            for row in self.book.at(table, gone).values():
                row["account_id"] = stays

    @has("accounts")
    @rule(pick=ANY, seats=st.integers(1, 9))
    def imported(self, pick: int, seats: int) -> None:
        known, fresh = self.account(pick)[1], self.word("Firm")
        lines = (AccountRow(2, known, seats=seats), AccountRow(3, fresh, seats=seats))
        self.do(import_accounts, ImportAccounts("Own list", lines))
        for key, name in rows(self.path, "SELECT id, name FROM account"):
            if name == fresh:
                self.book.accounts[key] = {"name": fresh, "seats": seats, "owner": None, "archived": 0}
            elif name == known:
                self.book.accounts[key]["seats"] = seats

    @has("accounts")
    @rule(pick=ANY)
    def plan(self, pick: int) -> None:
        account_id, name = self.account(pick)
        if self.book.at("steps", account_id):
            return
        plan_id = self.do(start_plan, StartPlan(account_id, name, load("renewal"), date(2027, 3, 1)))
        sql = "SELECT id, title, state, notes FROM step WHERE plan_id = ?"
        for key, title, state, notes in rows(self.path, sql, plan_id):
            self.book.steps[key] = {"account_id": account_id, "title": title, "state": state, "notes": notes}

    @has("steps")
    @rule(pick=ANY, done=st.booleans())
    def step(self, pick: int, done: bool) -> None:
        step_id, row = self.one("steps", pick)
        if row["state"] != "open":
            return
        name = (step_id, str(row["title"]), self.named(row))
        try:
            if done:
                self.do(done_step, DoneStep(*name))
            else:
                self.do(skip_step, SkipStep(*name, "not now"))
        except Refusal:
            return  # a gate, or the step that ends it: nothing is changed
        row["state"] = "done" if done else "skipped"

    @has("steps")
    @rule(pick=ANY)
    def step_noted(self, pick: int) -> None:
        step_id, row = self.one("steps", pick)
        text = self.word("“noted”")
        self.do(note_step, NoteStep(step_id, str(row["title"]), self.named(row), text, {"notes": row["notes"]}))
        row["notes"] = text

    @has("accounts")
    @rule(pick=ANY)
    def recover(self, pick: int) -> None:
        account_id, name = self.account(pick)
        self.do(open_risk, OpenRisk(account_id, name, (Seen(Signal.NPS, self.word("seen"), TODAY),)))
        for (key,) in rows(self.path, "SELECT id FROM risk WHERE account_id = ? AND closed_on IS NULL", account_id):
            self.book.risks[key] = {"account_id": account_id, "closed": 0}

    @has("risks")
    @rule(pick=ANY)
    def recovered(self, pick: int) -> None:
        _, row = self.one("risks", pick)
        if row["closed"]:
            return
        self.do(close_risk, CloseRisk(row["account_id"], self.named(row), How.NOT_A_RISK, "other"))
        row["closed"] = 1


def lives() -> tuple[int, int]:
    """How many lives of how many deeds: few in CI, 200 of 50 in full, 2,000 of 100 before a release."""
    if os.environ.get("CSM_RELEASE"):
        return 2000, 100
    return (200, 50) if os.environ.get("CSM_ALL_ROUNDS") else (8, 25)


@pytest.mark.slow
@pytest.mark.fault("F1")
def test_a_book_is_as_a_model_says_whatever_is_done_to_it(tally: Tally) -> None:
    most, steps = lives()
    Lives.tried = 0
    # Without a guard it is enough to fail: making the failure small takes minutes.
    phases = [Phase.generate] if os.environ.get(ASKED) else list(Phase)
    Lives.TestCase.settings = settings(max_examples=most, stateful_step_count=steps, deadline=None, phases=phases)
    Lives.TestCase("runTest").runTest()
    tally.tried, tally.figures["lives"] = Lives.tried, most
