"""Which kind of list a header is that of; a list of accounts is what no other list looks like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.exchange.columns import plain

if TYPE_CHECKING:
    from collections.abc import Collection

ACCOUNTS, CONTACTS, RENEWALS, TOUCHPOINTS, TICKETS = "accounts", "contacts", "renewals", "touchpoints", "tickets"
LINKS, PROMISES = "links", "promises"

SIGNS = {
    "owners": {"activeuserid"},
    "subscriptions": {"subscriptionid", "churneventid"},
    "usage": {"usageid"},
    PROMISES: {"touchpointcsmid"},
    "tasks": {"hstasktype", "hstaskstatus", "taskstatus"},
    RENEWALS: {"dealname", "dealid", "dealstage", "opportunityname", "opportunityid", "opportunityowner", "stagename",
               "forecastcategory"},
    TICKETS: {"ticketid", "ticketname", "ticketstatus", "ticketsubject", "hsticketpriority", "hsticketcategory",
              "caseid", "casenumber"},
    TOUCHPOINTS: {"whoid", "whatid", "activitydate", "tasksubtype", "eventsubtype", "taskeventrecordtype",
                  "engagementid", "engagementtype", "notebody", "hsnotebody", "hscalltitle", "calltitle", "callnotes",
                  "calloutcome", "hsmeetingtitle", "meetingname", "meetingtitle", "meetingstarttime", "emailsubject",
                  "hsemailsubject", "touchpointid"},
}  # fmt: skip
"""What only one kind of list has a column of; the first five kinds are not taken."""

_ENDS = {"companyid", "contactid", "dealid", "engagementid", "ticketid"}
_OF_LINKS = _ENDS | {"typeid", "category", "fivetransynced", "fivetrandeleted", "engagementtype"}
_ACCOUNT = {"account", "accountname", "accountid", "company", "companyname", "companyid", "customer", "customername",
            "client", "clientname", "organisation", "organization"}  # fmt: skip
_CONTRACT = {"arr", "mrr", "renewal", "renewaldate", "contractend", "seats", "annualrecurringrevenue"}
_ABOUT_ACCOUNTS = _CONTRACT | {"tier", "segment", "health", "domain", "csm", "start", "startdate", "pulse", "website",
                               "websiteurl", "accountowner", "customersince", "lifecyclestage"}  # fmt: skip
_FULL_NAME = {"firstname", "lastname"}
_PERSON = {"contact", "contactname", "fullname", "person", "name"}
_PERSONAL = {"email", "emailaddress", "mail", "contactemail", "jobtitle", "title", "role", "phone", "mobile"}
_DAY = {"date", "day", "when", "contactdate"}
_TALK = {"subject", "summary", "kind", "type", "channel", "notes", "comments", "topic", "activity", "activitytype",
         "direction", "attendees"}  # fmt: skip


def kind_of(headers: Collection[str]) -> str:
    """The kind of list whose header this is; it may be one that is not taken, such as owners."""
    names = {plain(header) for header in headers}
    if len(names & _ENDS) == 2 and names <= _OF_LINKS:
        return LINKS
    for kind, signs in SIGNS.items():
        if not signs.isdisjoint(names):
            return kind
    if names >= _FULL_NAME and names.isdisjoint(_CONTRACT):
        return CONTACTS
    if names.isdisjoint(_ACCOUNT) or not names.isdisjoint(_ABOUT_ACCOUNTS):
        return ACCOUNTS
    if not names.isdisjoint(_DAY) and not names.isdisjoint(_TALK):
        return TOUCHPOINTS
    return ACCOUNTS if names.isdisjoint(_PERSON) or names.isdisjoint(_PERSONAL) else CONTACTS
