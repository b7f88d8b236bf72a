"""Deeds that keep the book tidy: archived, merged, corrected, taken out."""

from __future__ import annotations

from csm_tui.actions.archive import ArchiveAccount, archive_account
from csm_tui.actions.contacts import ContactBack, DeleteContact, contact_back, delete_contact
from csm_tui.actions.correct import CorrectTouchpoint, DeleteTouchpoint, correct_touchpoint, delete_touchpoint
from csm_tui.actions.merge import MergeAccounts, merge_accounts
from csm_tui.actions.promises import (
    AddPromise,
    DeletePromise,
    EditPromise,
    add_promise,
    delete_promise,
    edit_promise,
)
from tests.store.deeds import Deed

DEEDS: dict[str, Deed] = {
    "archive": Deed(archive_account, lambda _: ArchiveAccount(1, "Northwind")),
    "merge into a fuller account": Deed(merge_accounts, lambda _: MergeAccounts(1, "Northwind", 3, "Acme")),
    "merge into an emptier account": Deed(merge_accounts, lambda _: MergeAccounts(2, "Lights", 1, "Northwind")),
    "correct a touchpoint": Deed(
        correct_touchpoint,
        lambda _: CorrectTouchpoint(
            1, 1, "Northwind", {"day": "2026-10-10", "mood": "worried", "minutes": 20}, ("ana", "somebody new")
        ),
    ),
    "nobody was there": Deed(correct_touchpoint, lambda _: CorrectTouchpoint(1, 1, "Northwind", {}, ())),
    "delete a touchpoint": Deed(delete_touchpoint, lambda _: DeleteTouchpoint(1, 1, "Northwind")),
    "a contact is back": Deed(contact_back, lambda _: ContactBack(4, "Old Pal", "Lights")),
    "delete a contact": Deed(delete_contact, lambda _: DeleteContact(1, "Jon Bell", "Northwind")),
    "add a promise": Deed(
        add_promise, lambda _: AddPromise(1, "Northwind", {"side": "ours", "what": "plan", "due_on": None})
    ),
    "edit a promise": Deed(edit_promise, lambda _: EditPromise(1, 1, "Northwind", {"due_on": "2026-12-01"})),
    "delete a promise": Deed(delete_promise, lambda _: DeletePromise(1, 1, "Northwind")),
}
