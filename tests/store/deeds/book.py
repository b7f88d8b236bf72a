"""Deeds on accounts, people, touchpoints, promises and due items."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.accounts import (
    AddAccount,
    ChurnAccount,
    EditAccount,
    add_account,
    churn_account,
    edit_account,
)
from csm_tui.actions.contacts import (
    AddContact,
    ContactLeft,
    EditContact,
    add_contact,
    contact_left,
    edit_contact,
)
from csm_tui.actions.import_accounts import AccountRow, ImportAccounts, import_accounts
from csm_tui.actions.items import (
    DoneItem,
    DropItem,
    MoveItem,
    SnoozeItem,
    done_item,
    drop_item,
    move_item,
    snooze_item,
)
from csm_tui.domain.accounts import Tier
from csm_tui.domain.logline import parse
from tests.conftest import TODAY
from tests.store.deeds import Deed, item, logging

IMPORTED = (
    AccountRow(2, "Acme Inc", "salesforce", "001x0000002xLCVAA2", "acme.com", "Jane", Tier.LOW_TOUCH,
               date(2025, 1, 1), date(2027, 1, 1), 90, 1_200_000, "USD", 25, 5, date(2026, 11, 21), "Ada Lovelace"),
    AccountRow(3, "New & Sons", "salesforce", "001x0000002xLCWAA2", pulse=1, last_touch_on=date(2026, 1, 2)),
    AccountRow(4, "Lights", arr_cents=5),
)  # fmt: skip

DEEDS: dict[str, Deed] = {
    "log all there is": logging(
        "-3d call 25m @jon @new.face @田中 it went well :) pulse:4 #value #nps >send deck fri <reply by 3.12."
    ),
    "log with notes": logging("email> sent \\>it", "# Notes\n“quoted”\ttab\r\n\x1b[31m"),
    "answer a booking": logging("19.11 call @jon held after all", "more"),
    "book": logging("27.11 14:00 meeting @jon"),
    "log signals alone": logging("#usage #usage #champion"),
    "log a promise alone": logging(">write the plan"),
    "log a pulse alone": logging("pulse:1"),
    "add an account": Deed(add_account, lambda _: AddAccount(" Bolt ", {"tier": "low-touch", "arr_cents": 0})),
    "edit an account": Deed(edit_account, lambda _: EditAccount(1, "Northwind", {"arr_cents": 1, "domain": None})),
    "churn an account": Deed(churn_account, lambda _: ChurnAccount(1, "Northwind", TODAY, "price")),
    "add a contact": Deed(add_contact, lambda _: AddContact(2, "Lights", "Ida", {"role": "admin", "email": "i@x"})),
    "edit a contact": Deed(edit_contact, lambda _: EditContact(1, "Jon Bell", "Northwind", {"name": "Jon B"})),
    "a contact left": Deed(contact_left, lambda _: ContactLeft(1, "Jon Bell", "Northwind", TODAY)),
    "import": Deed(import_accounts, lambda _: ImportAccounts("Salesforce", IMPORTED)),
    "keep a promise": Deed(done_item, lambda path: DoneItem(item(path, "p1"))),
    "hold a meeting": Deed(done_item, lambda path: DoneItem(item(path, "t2"))),
    "hold a meeting with a line": Deed(
        done_item, lambda path: DoneItem(item(path, "t2"), parse("@zoë plan agreed >send it fri", TODAY))
    ),
    "do a check-in": Deed(done_item, lambda path: DoneItem(item(path, "c1"), parse("call @jon fine", TODAY))),
    "renew": Deed(done_item, lambda path: DoneItem(item(path, "r3"), None, date(2027, 11, 10))),
    "snooze": Deed(snooze_item, lambda path: SnoozeItem(item(path, "c1"), date(2026, 11, 25), "ill")),
    "snooze a must-do": Deed(snooze_item, lambda path: SnoozeItem(item(path, "p1"), date(2026, 11, 22))),
    "move a promise": Deed(move_item, lambda path: MoveItem(item(path, "p1"), date(2026, 11, 30))),
    "move a meeting": Deed(move_item, lambda path: MoveItem(item(path, "t2"), date(2026, 11, 30))),
    "move a booked check-in": Deed(move_item, lambda path: MoveItem(item(path, "c2"), date(2026, 12, 2))),
    "book a check-in": Deed(move_item, lambda path: MoveItem(item(path, "c4"), date(2026, 11, 26))),
    "a meeting did not happen": Deed(drop_item, lambda path: DropItem(item(path, "t2"), "ill")),
    "release our promise": Deed(drop_item, lambda path: DropItem(item(path, "p1"), "not needed")),
    "their promise is broken": Deed(drop_item, lambda path: DropItem(item(path, "p2"))),
}
