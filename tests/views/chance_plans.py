"""Random plans, risks, escalations and reviews let go, for the accounts of a random book."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

Value = str | int | None
Row = dict[str, Value]
YEAR = date(2026, 1, 1)
GATES = ("all checks ticked", "two-way talk held", "review held", "half the seats active")
OWNERS = ("us", "us", "us", "both", "them", "AE", "support")
DONE_BY = ("",) * 6 + ("two-way", "training", "qbr", "ebr")


class Planned(NamedTuple):
    """One plan with its steps, and the risk whose recovery it is, if it is one."""

    plan: Row
    steps: list[Row]
    risk: Row | None


class PlanRows(NamedTuple):
    """The rows of the plans of a book, before they are written."""

    plans: list[Planned]
    escalations: list[Row]
    skips: list[Row]
    reviews: dict[int, Row]


NONE = PlanRows([], [], [], {})


def random_plans(seed: int, accounts: int) -> PlanRows:
    """Plans for about half of the accounts, with gates, others' steps, risks open and closed, and escalations."""
    chance, rows = _Chance(seed), PlanRows([], [], [], {})
    for account in range(1, accounts + 1):
        rows.plans.extend(chance.plan(account) for _ in range(chance.random.choice((0, 0, 1, 1, 2))))
        if chance.random.random() < 0.2:
            rows.plans.extend(chance.recovery(account))
        rows.escalations.extend(chance.escalation(account) for _ in range(chance.random.choice((0,) * 8 + (1, 2))))
        days = {chance.day(-20, 380) for _ in range(chance.random.choice((0, 0, 0, 1, 2)))}
        rows.skips.extend({"account_id": account, "due_on": on, "skipped_on": on} for on in sorted(days))
        if chance.random.random() < 0.3:
            kind = chance.random.choice((None, "qbr", "ebr"))
            rows.reviews[account] = {
                "review_days": chance.random.choice((None, 0, 1, 30, 91, 365)),
                "review_kind": kind,
            }
    return rows


class _Chance:
    """Random facts about plans, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(f"plans {seed}")

    def day(self, earliest: int, latest: int) -> str:
        return (YEAR + timedelta(days=self.random.randint(earliest, latest))).isoformat()

    def maybe(self, share: float, value: Value) -> Value:
        return value if self.random.random() < share else None

    def plan(self, account: int) -> Planned:
        opened = self.day(-60, 330)
        plan: Row = {
            "account_id": account, "playbook": "mine", "name": "Mine", "template_id": 1, "anchor_on": opened,
            "opened_on": opened, "closed_on": self.maybe(0.2, self.day(330, 360)),
        }  # fmt: skip
        phases = sorted(self.random.choice("ABC") for _ in range(self.random.randint(1, 8)))
        if self.random.random() < 0.3:
            self.random.shuffle(phases)
        return Planned(plan, [self.step(account, n, phase) for n, phase in enumerate(phases, 1)], None)

    def step(self, account: int, n: int, phase: str) -> Row:
        due, state = self.day(-40, 390), self.random.choice(("open",) * 5 + ("done", "skipped", "passed"))
        party = self.random.choice((None, None, "us", "them", "third party"))
        return {
            "account_id": account, "n": n, "template_id": 1, "phase": phase, "title": f"Step {n}", "state": state,
            "code": "month-1" if self.random.random() < 0.1 else f"s{n}", "owner": self.random.choice(OWNERS),
            "required": self.random.randint(0, 1), "gate": self.maybe(0.2, self.random.choice(GATES)),
            "done_by": self.random.choice(DONE_BY), "due_on": due, "baseline_on": due,
            "closed_on": self.day(0, 300) if state in {"done", "skipped"} else None,
            "waiting_on": party, "waiting_since": party and self.day(-40, 300),
        }  # fmt: skip

    def recovery(self, account: int) -> list[Planned]:
        """A risk that is over, or one that is open, or one after the other."""
        found = []
        for is_open in self.random.choice(((True,), (True,), (False,), (False, True))):
            plan, steps, _ = self.plan(account)
            opened = str(plan["opened_on"])
            closed = None if is_open else self.day(330, 360)
            how = None if is_open else "recovered"
            risk: Row = {"account_id": account, "opened_on": opened, "closed_on": closed, "how": how}
            found.append(Planned({**plan, "playbook": "recovery", "closed_on": closed}, steps, risk))
        return found

    def escalation(self, account: int) -> Row:
        opened = self.random.randint(-30, 360)
        return {
            "account_id": account, "severity": self.random.choice(("critical", "high", "medium", "low")),
            "opened_on": self.day(opened, opened), "updated_on": self.maybe(0.5, self.day(opened, opened + 30)),
            "closed_on": self.maybe(0.3, self.day(360, 370)),
        }  # fmt: skip


def fill_plans(connection: sqlite3.Connection, rows: PlanRows) -> None:
    """Write them; an open step of another's carries the promise that stands for it."""
    insert(connection, "template", {"digest": "x", "text": "x"})
    for planned in rows.plans:
        plan = insert(connection, "plan", planned.plan)
        for row in planned.steps:
            step = insert(connection, "step", {**row, "plan_id": plan})
            if row["owner"] not in {"us", "both"} and row["state"] == "open":
                insert(connection, "promise", _promise(row, step))
        if planned.risk is not None:
            risk = insert(connection, "risk", {**planned.risk, "plan_id": plan})
            insert(
                connection, "risk_signal", {"risk_id": risk, "signal": "usage", "seen_on": planned.risk["opened_on"]}
            )
    for row in rows.escalations:
        insert(connection, "escalation", row)
    for row in rows.skips:
        insert(connection, "review_skip", row)
    for account, values in rows.reviews.items():
        marks = ", ".join(f"{name} = ?" for name in values)
        connection.execute(f"UPDATE account SET {marks} WHERE id = ?", (*values.values(), account))


def _promise(step: Row, step_id: int) -> Row:
    return {
        "account_id": step["account_id"], "side": "theirs", "what": step["title"], "due_on": step["due_on"],
        "made_on": "2026-01-01", "step_id": step_id,
    }  # fmt: skip


def insert(connection: sqlite3.Connection, table: str, row: Row) -> int:
    marks = ", ".join("?" for _ in row)
    cursor = connection.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", tuple(row.values()))
    return int(cursor.lastrowid or 0)
