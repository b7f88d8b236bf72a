"""Deeds of importing people, renewals, touchpoints and tickets."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.import_contacts import ContactRow, ImportContacts, import_contacts
from csm_tui.actions.import_renewals import ImportRenewals, RenewalRow, import_renewals
from csm_tui.actions.import_tickets import ImportTickets, TicketRow, import_tickets
from csm_tui.actions.import_touchpoints import ImportTouchpoints, TouchpointRow, import_touchpoints
from csm_tui.actions.people import Who
from csm_tui.actions.whose import Whose
from csm_tui.domain.accounts import Role
from csm_tui.domain.touchpoints import Direction, Kind, Mood
from tests.conftest import TODAY
from tests.store.deeds import Deed

NORTHWIND, ACME = Whose(domain="northwind.com"), Whose("salesforce", ("001x0000002xLCV",))

PEOPLE = (
    ContactRow(2, ACME, "Zoë", "salesforce", "003x0000002xLCVAA2", "zoe@acme.com", "CFO", "1", Role.ECONOMIC_BUYER),
    ContactRow(3, NORTHWIND, "Jonathan Bell", email="JON@northwind.com", notes="skis", left=True, left_on=TODAY),
    ContactRow(4, NORTHWIND, "New Face"),
    ContactRow(5, Whose(name="Nobody Ltd"), "Lost"),
)

RENEWALS = (
    RenewalRow(2, ACME, "Acme renewal", date(2027, 3, 1), 2_400_000, "USD", 24),
    RenewalRow(3, NORTHWIND, "Northwind renewal", date(2027, 6, 1), 100),
)
TOUCHPOINTS = (
    TouchpointRow(2, NORTHWIND, date(2026, 10, 12), Kind.CALL, Direction.TWO_WAY, "10:30", done=True, minutes=30,
                  mood=Mood.HAPPY, summary="all good", notes="more", source="salesforce", source_id="00T1",
                  people=(Who(name="jon bell"), Who(name="Ana Diaz"), Who(name="Nobody"))),
    TouchpointRow(3, ACME, date(2026, 12, 1), Kind.MEETING, Direction.TWO_WAY, summary="plan"),
    TouchpointRow(4, ACME, date(2026, 10, 1), Kind.CALL, Direction.OUT, done=False),
)  # fmt: skip
TICKETS = (
    TicketRow(2, NORTHWIND, date(2026, 10, 12), date(2026, 10, 13)), TicketRow(3, NORTHWIND, date(2026, 10, 12)),
    TicketRow(4, Whose(name="Nobody"), date(2026, 10, 12)),
)  # fmt: skip

DEEDS: dict[str, Deed] = {
    "import people": Deed(import_contacts, lambda _: ImportContacts("Salesforce", PEOPLE)),
    "import renewals": Deed(import_renewals, lambda _: ImportRenewals("Salesforce", RENEWALS)),
    "import touchpoints": Deed(import_touchpoints, lambda _: ImportTouchpoints("Salesforce", TOUCHPOINTS)),
    "import tickets": Deed(import_tickets, lambda _: ImportTickets("HubSpot", TICKETS)),
}
