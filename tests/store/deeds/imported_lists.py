"""Deeds of importing people, renewals, touchpoints and tickets."""

from __future__ import annotations

from csm_tui.actions.import_contacts import ContactRow, ImportContacts, import_contacts
from csm_tui.actions.whose import Whose
from csm_tui.domain.accounts import Role
from tests.conftest import TODAY
from tests.store.deeds import Deed

NORTHWIND, ACME = Whose(domain="northwind.com"), Whose("salesforce", ("001x0000002xLCV",))

PEOPLE = (
    ContactRow(2, ACME, "Zoë", "salesforce", "003x0000002xLCVAA2", "zoe@acme.com", "CFO", "1", Role.ECONOMIC_BUYER),
    ContactRow(3, NORTHWIND, "Jonathan Bell", email="JON@northwind.com", notes="skis", left=True, left_on=TODAY),
    ContactRow(4, NORTHWIND, "New Face"),
    ContactRow(5, Whose(name="Nobody Ltd"), "Lost"),
)

DEEDS: dict[str, Deed] = {
    "import people": Deed(import_contacts, lambda _: ImportContacts("Salesforce", PEOPLE)),
}
