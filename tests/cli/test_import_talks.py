"""csm import of touchpoints: what each line becomes, and that it becomes it once."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Csm, rows
from tests.cli.test_import_kinds import ACCOUNTS, PEOPLE, counts, written

TASKS = (
    "Id,WhoId,WhatId,AccountId,Subject,ActivityDate,Status,Description,TaskSubtype,CallDurationInSeconds,"
    "CallDisposition,IsClosed\n"
    '00T0000001AAAAAA4,003x0000001AAAAAA4,,001x0000002xLCVAA2,Renewal call,2026-10-05,Completed,"two\nlines",Call,'
    "1830,,true\n"
    "00T0000001AABAAA4,003x0000001AAaAAA4,,,Tried again,2026-10-06,Completed,,Call,,No Answer,true\n"
    "00T0000001AACAAA4,,001x0000002xLCWAA2,,Email: your plan,2026-10-07,Completed,,Email,,,true\n"
    "00T0000001AADAAA4,,,001x0000002xLCVAA2,Old promise,2026-09-01,Not Started,,Call,,,false\n"
    "00T0000001AAEAAA4,,,001x0000002xLCVAA2,Next call,2026-12-01,Not Started,,Call,,,false\n"
    "00T0000001AAFAAA4,,,001x0000002xLCVAA2,Send the deck,2026-10-08,Completed,,Task,,,true\n"
    "00T0000001AAGAAA4,,006x0000002xLCVAA2,,Lost one,2026-10-08,Completed,,Call,,,true\n"
)


@pytest.fixture
def book(tmp_path: Path, csm: Csm, book_path: str) -> str:
    """Three accounts and two people of Salesforce."""
    csm("import", written(tmp_path, "accounts.csv", ACCOUNTS), written(tmp_path, "people.csv", PEOPLE))
    return book_path


def reasons(told: dict[str, Any]) -> dict[int, str]:
    return {each["line"]: each["reason"] for each in told["refused"]}


def test_tasks_of_salesforce_become_touchpoints_with_their_people_once(tmp_path: Path, csm: Csm, book: str) -> None:
    tasks = written(tmp_path, "tasks.csv", TASKS)
    told = csm("import", tasks, "--json").json
    assert counts(told) == (4, 0, 0, 3)
    assert reasons(told) == {
        6: "was planned for 2026-09-01 and never marked as done",
        8: "is a task, not a touchpoint: nothing says that it was a call, a meeting, an email or a note",
        9: "does not say which account it belongs to",
    }
    assert rows(book, "SELECT account.name, day, kind, state, direction, minutes, summary, touchpoint.notes "
                      "FROM touchpoint JOIN account ON account.id = account_id ORDER BY touchpoint.id") == [
        ("Acme Inc", "2026-10-05", "call", "held", "two-way", 31, "Renewal call", "two\nlines"),
        ("Bolt GmbH", "2026-10-06", "call", "held", "out", None, "Tried again", None),
        ("Cobalt", "2026-10-07", "email", "held", "out", None, "Email: your plan", None),
        ("Acme Inc", "2026-12-01", "call", "booked", "two-way", None, "Next call", None),
    ]  # fmt: skip
    assert rows(book, "SELECT summary, name FROM touchpoint_contact JOIN touchpoint ON touchpoint.id = touchpoint_id "
                      "JOIN contact ON contact.id = contact_id") == [
        ("Renewal call", "Ada Lovelace"), ("Tried again", "Bo Jensen"),
    ]  # fmt: skip
    operations = rows(book, "SELECT count(*) FROM operation")
    assert counts(csm("import", tasks, "--json").json) == (0, 0, 4, 3)
    assert rows(book, "SELECT count(*) FROM operation") == operations


def test_what_she_answered_and_wrote_stays_and_what_the_file_learned_is_told(
    tmp_path: Path, csm: Csm, book: str
) -> None:
    tasks = written(tmp_path, "tasks.csv", TASKS)
    csm("import", tasks)
    csm("log", "acme", "1.12. call Next call")
    with_hers = "UPDATE touchpoint SET {} WHERE summary = '{}'"
    with sqlite3.connect(book) as connection:
        connection.execute(with_hers.format("state = 'missed', direction = 'out'", "Next call"))
        connection.execute(with_hers.format("notes = 'two\nlines\nand hers'", "Renewal call"))
    assert counts(csm("import", tasks, "--json").json) == (0, 0, 4, 3)
    later = TASKS.replace("two\nlines", "three").replace(",1830,", ",60,")
    told = csm("import", written(tmp_path, "later.csv", later), "--dry-run")
    assert "minutes 31 → 1, notes two lines and hers → two lines and hers three" in told.out
    csm("import", written(tmp_path, "later.csv", later))
    assert rows(book, "SELECT minutes, notes FROM touchpoint WHERE summary = 'Renewal call'") == [
        (1, "two\nlines\nand hers\n\nthree")
    ]


def test_a_meeting_that_she_answered_as_missed_is_not_held_for_its_day_being_past(
    tmp_path: Path, csm: Csm, book: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = written(tmp_path, "calls.csv", "Account,Date,Type,Subject\nAcme Inc,2026-11-25,meeting,Roadmap\n")
    csm("import", calls)
    monkeypatch.setenv("CSM_TODAY", "2026-11-25")
    csm("done", "t1", "--missed", "nobody came")
    monkeypatch.setenv("CSM_TODAY", "2026-11-30")
    assert counts(csm("import", calls, "--json").json) == (0, 0, 1, 0)
    assert rows(book, "SELECT state FROM touchpoint") == [("missed",)]


def test_two_lines_that_say_otherwise_of_one_meeting_are_not_both_right(tmp_path: Path, csm: Csm, book: str) -> None:
    one = "Acme Inc,2026-11-05,call,Hello"
    calls = f"Account,Date,Type,Subject,Outcome\n{one},held\n{one},no show\n"
    told = csm("import", written(tmp_path, "calls.csv", calls), "--json").json
    assert (counts(told), list(reasons(told))) == ((1, 0, 0, 1), [3])


@pytest.mark.parametrize("by", ["a column", "a file of touchpoints"])
def test_a_contact_that_came_from_a_file_gives_an_interval_of_grace(
    tmp_path: Path, csm: Csm, book_path: str, by: str
) -> None:
    """Without any id in the file, as with one."""
    talks = "Account,Date,Type,Subject\nAcme,2026-08-20,call,Hello\nBeta,2026-07-20,call,Hello\n"
    last = (",Last touch", ",2026-08-20", ",2026-07-20") if by == "a column" else ("", "", "")
    accounts = "Account,Tier,Start,ARR{}\nAcme,high,2024-01-05,48000{}\nBeta,high,2024-01-05,48000{}\n".format(*last)
    csm("import", written(tmp_path, "accounts.csv", accounts))
    if by != "a column":
        csm("import", written(tmp_path, "talks.csv", talks))
    csm("today")
    assert rows(book_path, "SELECT count(*) FROM touchpoint WHERE source IS NOT NULL AND source_id IS NULL") == [(2,)]
    assert rows(book_path, "SELECT count(*) FROM risk") == [(0,)]


def test_a_talk_that_she_logged_stays_hers_when_a_file_knows_it_too(tmp_path: Path, csm: Csm, book: str) -> None:
    csm("log", "acme", "20.11 call Hello")
    talks = "Account,Date,Type,Subject\nAcme Inc,2026-11-20,call,Hello\n"
    assert counts(csm("import", written(tmp_path, "talks.csv", talks), "--json").json) == (0, 0, 1, 0)
    assert rows(book, "SELECT source FROM touchpoint") == [(None,)]


def test_a_report_of_activities_is_found_by_name_and_one_line_a_contact_is_one_touchpoint(
    tmp_path: Path, csm: Csm, book: str
) -> None:
    report = (
        "Subject,Date,Task/Event Record Type,Company / Account,Related To,Name,Status,Full Comments,Type\n"
        "Kick-off,10/14/2026,Event,Acme Inc,Deal,Ada Lovelace,,we met,Meeting\n"
        "Kick-off,10/14/2026,Event,Acme Inc,Deal,Nobody,,we met,Meeting\n"
        "Kick-off,10/14/2026,Event,Acme Inc,Deal,Ada Lovelace,Cancelled,,Meeting\n"
        "Plan,10/15/2026,Event,,Bolt GmbH,,,,Meeting\n"
        "Gone,10/15/2026,Event,,A deal,,,,Meeting\n"
    )
    path = written(tmp_path, "report.csv", report)
    told = csm("import", path, "--json")
    assert counts(told.json) == (2, 0, 1, 2)
    assert reasons(told.json) == {
        4: "did not take place (“Cancelled”)",
        6: "belongs to “A deal”, which is not an account of the book: import the accounts first",
    }
    assert "not contacts of the account were left out, 1 times" in told.err
    assert rows(book, "SELECT count(*) FROM touchpoint_contact") == [(1,)]
    assert counts(csm("import", path, "--json").json) == (0, 0, 3, 2)


HUBSPOT_COMPANIES = "Record ID,Company name,Company Domain Name\n101,Acme,acme.com\n102,Bolt,bolt.example\n"
HUBSPOT_CALLS = (
    "Record ID,Activity date,Call Title,Call notes,Call duration,Call outcome,Call direction,Associated Contact,"
    "Associated Company\n"
    '1,2026-11-02 14:05,Check-in,"<div><p>All <b>good</b> &amp; well</p><ul><li>next</li></ul></div>",1830000,'
    "Connected,OUTBOUND,Ada Lovelace (7),Acme (101); Bolt (102)\n"
    "2,2026-11-03 09:00,,Rang,00:00:20,No answer,OUTBOUND,,Bolt (102)\n"
    "3,2026-11-04 00:00,Odd,,soon,Connected,INBOUND,,Bolt (102)\n"
)
HUBSPOT_MEETINGS = (
    "hs_object_id,hs_meeting_title,hs_meeting_start_time,hs_meeting_end_time,hs_meeting_outcome,"
    "associated company ids\n"
    "11,QBR,2026-11-05 10:00,2026-11-05 11:30,COMPLETED,101\n"
    "12,Plan,2026-11-06 10:00,2026-11-06 11:00,NO_SHOW,101\n"
    "13,Later,2026-12-06 10:00,2026-12-06 11:00,SCHEDULED,101\n"
    "14,Off,2026-11-07 10:00,2026-11-07 11:00,CANCELED,101\n"
    "15,Today,2026-11-21 10:00,2026-11-21 11:00,,101\n"
)
HUBSPOT_NOTES = (
    "Activity date,Note body,Associated Company\n"
    "2026-11-08 10:00,<p>Only us</p>,Acme (101)\n2026-12-08,Ahead,Acme (101)\n"
)
HUBSPOT_EMAILS = (
    "property_hs_timestamp,property_hs_email_subject,property_hs_email_direction,property_associated_company_ids\n"
    "2026-11-09 10:00,Hello,INCOMING_EMAIL,102\n2026-11-09 11:00,Re: Hello,EMAIL,102\n"
)


def test_hubspots_activities_become_touchpoints_at_every_company(tmp_path: Path, csm: Csm, book_path: str) -> None:
    people = "Record ID,First Name,Last Name,Associated Company IDs\n7,Ada,Lovelace,101\n"
    texts = (HUBSPOT_CALLS, HUBSPOT_MEETINGS, HUBSPOT_NOTES, HUBSPOT_EMAILS, people, HUBSPOT_COMPANIES)
    files = [written(tmp_path, f"{number}.csv", text) for number, text in enumerate(texts)]
    told = csm("import", *files, "--json").json
    assert [counts(each) for each in told] == [
        (2, 0, 0, 1), (4, 0, 0, 1), (1, 0, 0, 1), (2, 0, 0, 0), (1, 0, 0, 0), (2, 0, 0, 0)
    ]  # fmt: skip
    assert reasons(told[0]) == {4: "Call duration: “soon” is not a length: write minutes, such as 45"}
    assert reasons(told[2]) == {3: "is still to be done on 2026-12-08: only calls and meetings can be booked"}
    assert rows(book_path, "SELECT account.name, day, time, kind, state, direction, minutes, summary, touchpoint.notes "
                           "FROM touchpoint JOIN account ON account.id = account_id ORDER BY touchpoint.id") == [
        ("Acme", "2026-11-02", "14:05", "call", "held", "two-way", 31, "Check-in", "All good & well\n\n- next"),
        ("Bolt", "2026-11-02", "14:05", "call", "held", "two-way", 31, "Check-in", "All good & well\n\n- next"),
        ("Bolt", "2026-11-03", "09:00", "call", "held", "out", 0, "Rang", None),
        ("Acme", "2026-11-05", "10:00", "meeting", "held", "two-way", 90, "QBR", None),
        ("Acme", "2026-11-06", "10:00", "meeting", "missed", "two-way", 60, "Plan", None),
        ("Acme", "2026-12-06", "10:00", "meeting", "booked", "two-way", 60, "Later", None),
        ("Acme", "2026-11-21", "10:00", "meeting", "booked", "two-way", 60, "Today", None),
        ("Acme", "2026-11-08", "10:00", "note", "held", "internal", None, "Only us", None),
        ("Bolt", "2026-11-09", "10:00", "email", "held", "in", None, "Hello", None),
        ("Bolt", "2026-11-09", "11:00", "email", "held", "out", None, "Re: Hello", None),
    ]  # fmt: skip
    assert rows(book_path, "SELECT count(*) FROM touchpoint_contact") == [(1,)]
    again = csm("import", *files, "--json").json
    assert [(each["new"], each["changed"]) for each in again] == [(0, 0)] * 6
    assert rows(book_path, "SELECT count(*) FROM operation") == [(1,)]
    csm("undo")
    assert rows(book_path, "SELECT count(*) FROM touchpoint") == [(0,)]


def test_her_own_log_of_talks_goes_in_and_a_call_she_logged_by_hand_is_not_doubled(
    tmp_path: Path, csm: Csm, book: str
) -> None:
    csm("log", "acme", "19.11 call all good")
    sheet = (
        "Client,Date,Time,Type,Direction,Summary,Contacts,Minutes,Mood\n"
        "Acme,19.11.2026,,Call,,all good,Ada Lovelace & Nobody,1h 30m,:)\n"
        "Bolt,18.11.2026,9:30 pm,Email,in,they wrote,,,\n"
        "Bolt,17.11.2026,,,,we spoke of it,,,\n"
    )
    path = written(tmp_path, "log.csv", sheet)
    told = csm("import", path, "--json")
    assert counts(told.json) == (2, 1, 0, 0)
    assert "1 of the lines do not say what they were: they were taken as notes" in told.err
    assert rows(book, "SELECT day, time, kind, direction, minutes, mood FROM touchpoint ORDER BY id") == [
        ("2026-11-19", None, "call", "two-way", 90, "happy"),
        ("2026-11-18", "21:30", "email", "in", None, None),
        ("2026-11-17", None, "note", "internal", None, None),
    ]
    assert counts(csm("import", path, "--json").json) == (0, 0, 3, 0)


@pytest.mark.parametrize("what", ["contacts", "touchpoints"])
def test_what_csm_export_wrote_is_known_when_it_comes_back(tmp_path: Path, csm: Csm, book: str, what: str) -> None:
    csm("import", written(tmp_path, "tasks.csv", TASKS))
    with sqlite3.connect(book) as connection:
        connection.execute("UPDATE touchpoint SET state = 'booked', day = '2026-11-18' WHERE summary = 'Next call'")
    csm("export", what, "--out", str(tmp_path / "back.csv"))
    told = csm("import", str(tmp_path / "back.csv"), "--json").json
    assert (told["new"], told["changed"], told["refused"]) == (0, 0, [])
    assert told["unused_headers"] == (["Signals"] if what == "touchpoints" else [])


def test_files_of_links_say_whose_the_rows_of_the_others_are(tmp_path: Path, csm: Csm, book_path: str) -> None:
    texts = {
        "deals": "deal_id,is_deleted,property_dealname,property_closedate\n9,false,Renewal,2027-03-01\n",
        "deal_company": "company_id,deal_id,type_id,category\n101,9,5,HUBSPOT_DEFINED\n,9,5,HUBSPOT_DEFINED\n",
        "notes": "engagement_id,property_hs_note_body,property_hs_timestamp,type\n77,hello,2026-11-02 10:00,NOTE\n",
        "engagement_company": "company_id,engagement_id,engagement_type,type_id,category\n101,77,NOTE,1,y\n",
        "engagement_contact": "contact_id,engagement_id,engagement_type,type_id,category\n7,77,NOTE,1,y\n",
        "tickets": "id,property_createdate,property_hs_ticket_priority\n5,2026-11-01 10:00:00,\n",
        "ticket_company": "_fivetran_synced,ticket_id,company_id,category\nx,5,101,y\n",
        "people": "id,property_firstname,property_lastname\n7,Ada,Lovelace\n",
        "contact_company": "contact_id,company_id,type_id\n7,101,1\n",
        "companies": HUBSPOT_COMPANIES,
    }
    files = [written(tmp_path, f"{name}.csv", text) for name, text in texts.items()]
    told = csm("import", *files, "--json")
    assert [counts(each) for each in told.json] == [
        (0, 1, 0, 0), (0, 0, 1, 1), (1, 0, 0, 0), (0, 0, 1, 0), (0, 0, 1, 0), (1, 0, 0, 0), (0, 0, 1, 0), (1, 0, 0, 0),
        (0, 0, 1, 0), (2, 0, 0, 0),
    ]  # fmt: skip
    assert told.json[1]["refused"] == [{"line": 3, "reason": "links nothing: one of its ids is missing"}]
    labels = rows(book_path, "SELECT label FROM operation")
    assert len(labels) == 1
    assert "HubSpot" in labels[0][0]
    assert "links" not in labels[0][0], "they write nothing"
    assert rows(book_path, "SELECT renewal_on FROM account WHERE id = 1") == [("2027-03-01",)]
    assert rows(book_path, "SELECT account_id, summary, contact_id FROM touchpoint JOIN touchpoint_contact "
                           "ON touchpoint.id = touchpoint_id") == [(1, "hello", 1)]  # fmt: skip
    assert rows(book_path, "SELECT account_id, name FROM measure") == [(1, "tickets opened")]


def test_reviews_that_come_in_date_the_preparation_of_the_next(tmp_path: Path, csm: Csm, book_path: str) -> None:
    csm("account", "add", "Acme", "--tier", "high", "--start", "2026-09-20")
    assert csm("plan", "Acme", "qbr").code == 0
    anchor = "SELECT anchor_on FROM plan WHERE playbook = 'qbr'"
    assert rows(book_path, anchor) == [("2026-12-14",)]
    csm("import", written(tmp_path, "a.csv", "Account,Date,Type,Subject\nAcme,2026-10-20,QBR,all good\n"))
    assert rows(book_path, anchor) == [("2027-01-19",)] == [(csm("reviews", "--json").json[0]["day"],)]
    csm("import", written(tmp_path, "b.csv", "Account,Date,Type,Subject\nAcme,2027-01-12,QBR,the next\n"))
    assert rows(book_path, anchor) == [("2027-01-12",)] == [(csm("reviews", "--json").json[0]["day"],)]
