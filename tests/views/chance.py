"""Random books of 200 accounts over a year, for whatever looks at Today."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from csm_tui.store import migrate
from tests.views.chance_plans import NONE, YEAR, PlanRows, Row, Value, fill_plans, insert, random_plans

DAYS_OF_YEAR = 365
ACCOUNTS = 200
KINDS = ("call", "meeting", "onsite", "training", "chat", "email", "qbr", "ebr")
NAMES = ("Northwind", "northwind", "Contoso", "Ähre", "Зенит", "O'Neil & Co", "[b]x[/b]", "Zeta")


class Rows(NamedTuple):
    """The rows of a book, before they are written."""

    accounts: list[Row]
    touchpoints: list[tuple[Row, list[str]]]
    promises: list[Row]
    pulses: list[Row]
    plans: PlanRows = NONE


class Chance:
    """Random facts about a book, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.no_arr = seed % 7 == 3

    def day(self, earliest: int, latest: int, near: date = YEAR) -> str:
        return (near + timedelta(days=self.random.randint(earliest, latest))).isoformat()

    def maybe(self, share: float, value: Value) -> Value:
        return value if self.random.random() < share else None

    def amount(self) -> int:
        return self.random.choice((0, 10_000_00, 48_000_00, self.random.randint(1, 90_000_00)))

    def account(self, number: int) -> Row:
        name = self.random.choice(NAMES)
        return {
            "name": name if self.random.random() < 0.3 else f"{name} {number}",
            "tier": self.random.choice(("white-glove", "high-touch", "low-touch")),
            "started_on": self.maybe(0.75, self.day(-400, 380)),
            "renewal_on": self.maybe(0.75, self.day(-30, 600)),
            "notice_days": self.maybe(0.6, self.random.choice((0, 1, 30, 60, 90, 400))),
            "notice_served_on": self.maybe(0.1, self.day(-30, 365)),
            "auto_renew_off_on": self.maybe(0.1, self.day(-30, 365)),
            "arr_cents": None if self.no_arr else self.maybe(0.8, self.amount()),
            "interval_days": self.maybe(0.25, self.random.choice((1, 2, 3, 5, 7, 10, 14, 45, 91, 365))),
            "added_on": self.day(-200, 100),
            "churned_on": self.maybe(0.12, self.day(-20, 380)),
            "archived_on": self.maybe(0.08, self.day(-20, 380)),
        }

    def touchpoint(self, account: int) -> tuple[Row, list[str]]:
        state = self.random.choice(("held",) * 6 + ("booked",) * 3 + ("missed",))
        direction = self.random.choice(("two-way",) * 6 + ("out", "in", "internal"))
        kind = "note" if direction == "internal" else self.random.choice(KINDS)
        row: Row = {
            "account_id": account,
            "day": self.day(-90, 380),
            "kind": kind,
            "state": state,
            "direction": direction,
        }
        share = self.random.random()
        return row, ["renewal"] if share < 0.06 else ["termination"] if share < 0.09 else [
            "usage"
        ] if share < 0.2 else []

    def promise(self, account: int) -> Row:
        state = self.random.choice(("open", "open", "open", "kept", "broken", "released"))
        return {
            "account_id": account,
            "side": self.random.choice(("ours", "theirs")),
            "what": "send the numbers",
            "due_on": self.maybe(0.85, self.day(-20, 380)),
            "state": state,
            "made_on": self.day(-60, 0),
            "closed_on": None if state == "open" else self.day(0, 100),
        }

    def pulse(self, account: int) -> Row:
        return {"account_id": account, "value": self.random.randint(1, 5), "given_on": self.day(-30, 365)}


def random_rows(seed: int) -> Rows:
    """Accounts with touchpoints, promises, pulses and plans; one book in seven has no ARR at all."""
    chance = Chance(seed)
    rows = Rows([chance.account(number) for number in range(1, ACCOUNTS + 1)], [], [], [])
    for account in range(1, ACCOUNTS + 1):
        rows.touchpoints.extend(chance.touchpoint(account) for _ in range(chance.random.choice((0, 0, 1, 2, 4, 8))))
        rows.promises.extend(chance.promise(account) for _ in range(chance.random.choice((0, 0, 0, 1, 3))))
        rows.pulses.extend(chance.pulse(account) for _ in range(chance.random.choice((0, 1, 2))))
    chance.random.shuffle(rows.touchpoints)
    return rows._replace(plans=random_plans(seed, ACCOUNTS))


def fill(connection: sqlite3.Connection, rows: Rows) -> None:
    for row in rows.accounts:
        insert(connection, "account", row)
    for row, signals in rows.touchpoints:
        number = insert(connection, "touchpoint", row)
        for signal in signals:
            insert(connection, "touchpoint_signal", {"touchpoint_id": number, "signal": signal})
    for row in rows.promises:
        insert(connection, "promise", row)
    for row in rows.pulses:
        insert(connection, "pulse", row)
    fill_plans(connection, rows.plans)


def written(path: Path, rows: Rows) -> str:
    migrate.build(str(path), lambda connection: fill(connection, rows))
    return str(path)
