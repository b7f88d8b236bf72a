"""The brief: what was said last, what is owed, and what came about after the day of the last two-way contact."""

from __future__ import annotations

import sqlite3

import pytest

from csm_tui.exchange.brief_page import MOST, Page, Section, page
from csm_tui.store.connection import reading
from csm_tui.views.accounts import people_engaged
from csm_tui.views.brief import Brief, brief
from tests.conftest import TODAY

FILL = """
INSERT INTO account (name, added_on, started_on, renewal_on, notice_days, arr_cents, seats) VALUES
  ('Acme', '2026-01-05', '2025-11-01', '2027-02-14', 30, 4800000, 60),
  ('Beta', '2026-01-05', NULL, NULL, NULL, NULL, NULL);
INSERT INTO contact (account_id, name, title, role, status, left_on) VALUES
  (1, 'Jon Bell', 'Ops', 'admin', 'active', NULL), (1, 'Maya Chen', 'COO', 'executive sponsor', 'active', NULL),
  (1, 'Li Wei', NULL, 'power user', 'active', NULL), (1, 'Ana Ruiz', 'VP', 'champion', 'left', '2026-11-04');
INSERT INTO touchpoint (account_id, day, kind, state, direction, minutes, mood, summary) VALUES
  (1, '2026-06-01', 'meeting', 'held', 'two-way', NULL, NULL, 'kick-off'),
  (1, '2026-11-02', 'call', 'held', 'two-way', 30, 'worried', 'still needed?'),
  (1, '2026-11-03', 'email', 'held', 'out', NULL, NULL, 'sent the numbers'),
  (1, '2026-11-05', 'note', 'held', 'internal', NULL, NULL, 'support is quiet'),
  (1, '2026-11-06', 'call', 'held', 'out', NULL, NULL, ''),
  (1, '2026-11-07', 'meeting', 'missed', 'two-way', NULL, NULL, 'did not come'),
  (1, '2026-11-30', 'call', 'booked', 'two-way', NULL, NULL, 'to come');
INSERT INTO touchpoint_contact (touchpoint_id, contact_id) VALUES (1, 3), (2, 1), (3, 4), (5, 1);
INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (2, 'value'), (4, 'tickets'), (6, 'competitor');
INSERT INTO pulse (account_id, value, given_on, reason) VALUES
  (1, 4, '2026-09-01', NULL), (1, 3, '2026-11-02', 'in the call'), (1, 2, '2026-11-10', 'thought about it');
INSERT INTO promise (account_id, side, what, due_on, state, made_on, closed_on) VALUES
  (1, 'theirs', 'their list', '2026-11-10', 'open', '2026-11-02', NULL),
  (1, 'ours', 'some day', NULL, 'open', '2026-11-02', NULL),
  (1, 'ours', 'send usage', '2026-11-18', 'open', '2026-11-02', NULL),
  (1, 'ours', 'the guide', '2026-11-09', 'kept', '2026-11-02', '2026-11-09'),
  (1, 'theirs', 'old names', '2026-11-01', 'broken', '2026-10-02', '2026-11-02');
"""


PLANS = """
INSERT INTO template (digest, text) VALUES ('x', '');
INSERT INTO plan (account_id, playbook, name, template_id, anchor_on, opened_on, closed_on) VALUES
  (1, 'renewal', 'Renewal', 1, '2027-02-14', '2026-10-01', NULL),
  (1, 'recovery', 'Recovery', 1, '2026-11-08', '2026-11-08', NULL),
  (1, 'onboarding', 'Onboarding', 1, '2025-11-01', '2025-11-01', '2026-11-12');
INSERT INTO step (plan_id, account_id, n, template_id, code, title, phase, required, gate, due_on, baseline_on, state,
    closed_on, waiting_on, waiting_since) VALUES
  (1, 1, 1, 1, 'a', 'Send the offer', '', 1, NULL, '2026-12-10', '2026-12-10', 'open', NULL, NULL, NULL),
  (2, 1, 1, 1, 'a', 'Confirm the signal', 'assess', 1, NULL, '2026-11-09', '2026-11-09',
    'done', '2026-11-09', NULL, NULL),
  (2, 1, 2, 1, 'b', 'Find the cause', 'assess', 1, 'two-way talk held', '2026-11-25', '2026-11-25',
    'open', NULL, NULL, NULL),
  (2, 1, 3, 1, 'c', 'Agree the plan', 'plan', 1, NULL, '2026-11-19', '2026-11-19', 'open', NULL, 'them', '2026-11-16'),
  (2, 1, 4, 1, 'd', 'Ask the AE', 'plan', 0, NULL, '2026-11-20', '2026-11-20', 'open', NULL, NULL, NULL),
  (3, 1, 1, 1, 'a', 'Kick-off', '', 1, NULL, '2025-11-03', '2025-11-03', 'done', '2025-11-03', NULL, NULL),
  (3, 1, 2, 1, 'b', 'First value', '', 1, NULL, '2026-11-03', '2026-11-03', 'done', '2026-11-11', NULL, NULL),
  (3, 1, 3, 1, 'c', 'Handover', '', 1, NULL, '2026-11-03', '2026-11-03', 'done', '2026-11-12', NULL, NULL);
INSERT INTO risk (account_id, plan_id, severity, opened_on) VALUES (1, 2, 'high', '2026-11-05');
INSERT INTO risk_signal (risk_id, signal, evidence, seen_on) VALUES
  (1, 'tickets', 'support is quiet', '2026-11-05'), (1, 'usage', 'logins halved', '2026-11-08'),
  (1, 'usage', '', '2026-10-30');
INSERT INTO escalation (account_id, risk_id, severity, what, opened_on) VALUES
  (1, 1, 'critical', 'outage', '2026-11-13');
"""


@pytest.fixture
def acme(book: str) -> str:
    with sqlite3.connect(book, isolation_level=None) as connection:
        connection.executescript(FILL)
    connection.close()
    return book


def looked(path: str, sql: str = "", account_id: int = 1) -> Brief:
    if sql:
        with sqlite3.connect(path, isolation_level=None) as connection:
            connection.executescript(sql)
        connection.close()
    with reading(path, TODAY) as one:
        found = brief(one, account_id)
    assert found is not None
    return found


def section(made: Page, title: str) -> Section:
    return next(one for one in made.sections if one.title.startswith(title))


def told(made: Page, title: str) -> list[tuple[str, str, str]]:
    return [(line.lead, line.text, line.tail) for line in section(made, title).lines]


def test_the_last_touches_are_the_three_newest_that_were_held_with_somebody(acme: str) -> None:
    assert told(page(looked(acme)), "Last touches") == [
        ("Fri 6 Nov", "call to Jon Bell, no answer", "15 d ago"),
        ("Tue 3 Nov", "email to Ana Ruiz: sent the numbers", "18 d ago"),
        ("Mon 2 Nov", "call with Jon Bell, 30 min, worried: still needed? #value", "19 d ago"),
    ]


def test_ours_stand_before_theirs_by_day_with_their_lateness(acme: str) -> None:
    assert told(page(looked(acme)), "Promises") == [
        ("we", "send usage", "Wed 18 Nov, 3 d late"),
        ("we", "some day", "no day"),
        ("they", "their list", "Tue 10 Nov, 11 d late"),
    ]


def test_what_changed_is_what_came_after_the_day_of_the_last_two_way_contact(acme: str) -> None:
    found = looked(acme)
    assert [(str(one.kind), one.on.day, one.what) for one in found.changes] == [
        ("renewal", 21, "decision day, now renewing: Fri 15 Jan 2027"),
        ("pulse", 10, "pulse 2 of 5, was 3: thought about it"),
        ("promise", 9, "promise of ours kept: the guide"),
        ("signal", 5, "#tickets: support tickets piling up"),
        ("note", 5, "note: support is quiet"),
        ("person", 4, "Ana Ruiz left, champion"),
    ]
    assert section(page(found), "Since").title == "Since Mon 2 Nov"
    noticed = looked(acme, "UPDATE account SET notice_served_on = '2026-11-20', auto_renew_off_on = '2026-11-02'")
    assert [one.what for one in noticed.changes if one.kind == "renewal"] == ["notice was served"]


def test_what_is_yet_to_come_has_not_changed(acme: str) -> None:
    found = looked(
        acme, "UPDATE account SET notice_served_on = '2026-11-22'; UPDATE contact SET left_on = '2026-12-01'"
    )
    assert not {"notice was served", "Ana Ruiz left, champion"} & {one.what for one in found.changes}


def test_the_renewal_has_its_clocks_and_its_amount(acme: str) -> None:
    assert told(page(looked(acme)), "Renewal") == [
        ("renews", "Sun 14 Feb 2027", "in 85 d"),
        ("opt out by", "Fri 15 Jan 2027", "in 55 d"),
        ("amount", "€48,000 a year for 60 seats", ""),
    ]
    near = page(looked(acme, "UPDATE account SET renewal_on = '2027-01-20'"))
    assert [line.tail_role for line in section(near, "Renewal").lines] == ["muted", "error", "muted"]


def test_the_people_who_are_there_with_their_silence(acme: str) -> None:
    made = page(looked(acme))
    assert told(made, "People") == [
        ("Jon Bell", "Ops, admin", "silent 19 d"),
        ("Li Wei", "power user", "silent 173 d"),
        ("Maya Chen", "COO, executive sponsor", "never met"),
    ]
    assert [line.role for line in section(made, "People").lines] == ["muted", "warning", "warning"]
    assert section(made, "People").note == "1 of 3 engaged in 90 d"


def test_of_more_people_engaged_than_are_wanted_it_is_said_only_how_many(acme: str) -> None:
    line = looked(acme).line
    told = [people_engaged(line._replace(engaged=count)) for count in (0, 3, 4)]
    assert told == ["0 of 3", "3 of 3", "4"]


def test_an_account_that_was_never_spoken_to_says_so(acme: str) -> None:
    made = page(looked(acme, account_id=2))
    assert "No two-way contact yet" in made.head[1]
    assert [one.title for one in made.sections if one.lines] == []
    assert section(made, "So far").empty
    with reading(acme, TODAY) as one:
        assert brief(one, 99) is None


def test_a_section_stays_short_enough_for_one_page(acme: str) -> None:
    rows = ",".join(f"(2, 'ours', 'p{number}', '2026-10-01')" for number in range(MOST + 3))
    made = page(looked(acme, f"INSERT INTO promise (account_id, side, what, made_on) VALUES {rows}", 2))
    assert (len(section(made, "Promises").lines), section(made, "Promises").more) == (MOST, 3)


def test_the_plans_that_run_with_the_next_step_and_what_holds_it_back(acme: str) -> None:
    assert told(page(looked(acme)), "Plans") == []
    made = page(looked(acme, PLANS))
    assert told(made, "Plans") == [
        (
            "Recovery",
            "1 of 3 done · next: Agree the plan · held back by the gate “Find the cause” "
            "· waiting on them since Mon 16 Nov",
            "Thu 19 Nov, 2 d late",
        ),
        ("Renewal", "0 of 1 done · next: Send the offer", "Thu 10 Dec"),
    ]
    closed = page(looked(acme, "UPDATE step SET state = 'skipped', closed_on = due_on WHERE state = 'open'"))
    assert told(closed, "Plans") == [("Renewal", "1 of 1 done, nothing is open", ""),
                                     ("Recovery", "3 of 3 done, nothing is open", "")]  # fmt: skip


def test_an_open_risk_stands_in_the_head_and_what_it_brought_among_the_changes(acme: str) -> None:
    assert len(page(looked(acme)).head) == 2
    found = looked(acme, PLANS)
    assert page(found).head[2] == ("At risk since Thu 5 Nov", "high severity", "#usage #tickets")
    assert [(one.on.day, one.what) for one in found.changes if str(one.kind) in {"risk", "signal", "step"}] == [
        (13, "escalated, critical: outage"),
        (12, "Onboarding, 2 steps done, the last: Handover"),
        (9, "Recovery, done: Confirm the signal"),
        (8, "#usage: logins halved"),
        (5, "a risk opened"),
        (5, "#tickets: support tickets piling up"),
    ]
    over = looked(acme, "UPDATE risk SET closed_on = '2026-11-20', how = 'recovered', because = 'acted'")
    assert (len(page(over).head), over.changes[1].what) == (2, "the risk closed as recovered: acted")
