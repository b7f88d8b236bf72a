"""csm plan, and what plans and recoveries ask for worked by its id: steps, promises that stand for one, updates."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows
from tests.cli.test_recover import STEPS, acme, opened
from tests.recoveries import ACCOUNT, open_step
from tests.recoveries import rows as left
from tests.store.test_every_action import run

__all__ = ["acme", "opened"]


def test_a_done_step_does_not_move(csm: Csm, opened: str) -> None:
    csm("recover", ACCOUNT, "--step", "1", "--done")
    for line in (("recover", ACCOUNT, "--step", "1", "--move", "fri"), ("move", "k1", "fri"), ("done", "k1")):
        ran = csm(*line)
        assert (ran.code, "undo that first if it should be open again" in ran.err) == (1, True), line


@pytest.mark.parametrize(
    "arguments",
    [
        ("done", "p1"), ("move", "p1", "fri"), ("snooze", "p1"), ("done", "p1", "--missed", "no"),
        ("promise", "edit", "p1", "--by", "fri"), ("promise", "delete", "p1"),
    ],
)  # fmt: skip
def test_a_promise_that_stands_for_a_step_is_worked_as_that_step(
    csm: Csm, opened: str, arguments: tuple[str, ...]
) -> None:
    promises = "SELECT id, step_id, due_on, state FROM promise ORDER BY id"
    before = rows(opened, promises)
    ran = csm(*arguments)
    assert (ran.code, ran.out, rows(opened, promises)) == (1, "", before)
    assert f"p1 stands for the step k{before[0][1]} of a plan" in ran.err
    assert csm("done", f"k{before[0][1]}").code == 0
    assert dict(row[::3] for row in rows(opened, promises))[1] == "kept"
    assert "Nothing is due under the id “p1”" in csm("done", "p1").err


def test_moving_with_shift_prints_each_date_and_dry_run_changes_none(csm: Csm, opened: str) -> None:
    before = rows(opened, STEPS)
    dry = csm("move", "k1", "2026-11-25", "--shift", "--dry-run")
    assert rows(opened, STEPS) == before
    assert dry.out.startswith("These days would change:\nItem  Step ")
    moved = csm("move", "k1", "2026-11-25", "--shift", "--json").json["moved"]
    after = {row[0]: row[2] for row in rows(opened, STEPS)}
    assert moved[0] == {"id": "k1", "title": "Confirm the signal and name its cause", "from": "2026-11-23",
                        "to": "2026-11-25"}  # fmt: skip
    assert sorted(one["to"] for one in moved) == sorted(after.values())
    assert len(dry.out.splitlines()) == len(moved) + 2
    assert "later steps of its plan keep their days: --shift moves them." in csm("move", "k1", "fri").out
    assert "is not a step of a plan" in csm("move", "c1", "fri", "--shift").err


def test_a_step_is_done_with_or_without_a_line_and_the_next_is_told(csm: Csm, opened: str) -> None:
    ran = csm("done", "k1")
    assert "\nRecovery: 1 of 5 done. Next: step 2 “Hold the diagnostic talk”, Mon 23 Nov (k2).\n" in ran.out
    talk = "k2"
    assert csm("done", talk, "call @jon no answer").out.startswith("Logged, not done: Hold the diagnostic talk (Acme).")
    assert csm("done", talk, "2026-11-27 call @jon").out.startswith(
        "Booked, not done: Hold the diagnostic talk (Acme)."
    )
    assert "is done by a two-way talk" in csm("done", talk, "email> how are you").err
    assert dict(row[:2] for row in rows(opened, STEPS))["diagnose"] == "open"
    assert csm("done", talk, "call @jon what changed").out.startswith("Done: Hold the diagnostic talk (Acme).")
    step_id, _ = open_step(opened, "update")
    assert csm("done", f"k{step_id}", "email> what changed, what is next").out.startswith("Done: Send the update")
    last = csm("history", "--limit", "1", "--json").json[0]["label"]
    assert last == "Done: Send the update (Acme)"
    step_id, _ = open_step(opened, "play")
    assert csm("done", f"k{step_id}", "--missed", "one is enough").out.startswith("Skip: Choose one play")
    assert csm("snooze", f"k{open_step(opened, 'escalate')[0]}", "+3d").code == 0


def test_an_escalation_is_updated_and_ended_by_its_id(csm: Csm, opened: str) -> None:
    csm("recover", ACCOUNT, "--escalate", "critical", "--what", "the fix is live")
    assert "An update takes no line" in csm("done", "e1", "call @jon told him").err
    assert csm("done", "e1").code == 0
    assert csm("done", "e1", "--missed", "fixed").out.startswith("Close the escalation of Acme.")
    assert left(opened)["escalation"] == [
        (1, 1, 1, "critical", "the fix is live", "2026-11-21", "2026-11-21", "2026-11-21", "fixed")
    ]


def test_a_playbook_starts_from_the_day_of_its_kind(csm: Csm, acme: str) -> None:
    run(acme, "UPDATE account SET started_on = '2026-11-10', notice_days = 90 WHERE id = 1")
    found = {name: csm("plan", ACCOUNT, name, "--json").json for name in ("onboarding", "renewal", "qbr", "expansion")}
    days = {name: plan["anchor_on"] for name, plan in found.items()}
    assert days == {
        "onboarding": "2026-11-10", "renewal": "2027-02-14", "qbr": "2027-02-03", "expansion": "2026-11-21",
    }  # fmt: skip
    assert {step["state"] for step in found["onboarding"]["steps"]} == {"open", "passed"}
    # with 90 days of notice, its opt-out day brings the first step to 150 days before the renewal
    assert min(step["due_on"] for step in found["renewal"]["steps"]) == "2026-09-17"
    assert [plan["plan"] for plan in csm("plan", ACCOUNT, "--json").json] == [
        "expansion",
        "qbr",
        "renewal",
        "onboarding",
    ]
    assert "runs at Acme already" in csm("plan", ACCOUNT, "qbr").err


def test_a_plan_is_shown_step_by_step_and_closed_with_a_reason(csm: Csm, acme: str) -> None:
    ran = csm("plan", ACCOUNT, "expansion", "--on", "mon")
    assert ran.out.startswith("Started Expansion")
    assert "counted from Mon 23 Nov: " in ran.out
    page = csm("plan", ACCOUNT).out
    assert "❯ k1 " in page
    assert "expansion · counted from Mon 23 Nov · 0 of " in page
    assert "Say why" in csm("plan", ACCOUNT, "expansion", "--close", " ").err
    assert csm("plan", ACCOUNT, "expansion", "--close", "not now").out.startswith("Close Expansion")
    assert {row[1] for row in rows(acme, STEPS)} == {"skipped"}
    assert "has no open plan expansion; it has none" in csm("plan", ACCOUNT, "expansion", "--close", "x").err
    assert csm("plan", ACCOUNT).err.startswith("Acme has no open plan")


@pytest.mark.parametrize(
    ("playbook", "told"),
    [
        ("onboarding", "Bare has no start day: `csm account edit 'Bare' --start DAY`, or give the day with --on DAY."),
        ("renewal", "Bare has no renewal day: `csm account edit 'Bare' --renewal DAY`, or give the day with --on DAY."),
        ("qbr", "Bare is owed no review: book one with `csm log`, or give the day with --on DAY."),
        ("recovery", "csm recover 'Bare' --signal NAME"),
        ("onbording", "did you mean onboarding?"),
    ],
)
def test_a_plan_without_its_day_is_refused_with_the_remedy(csm: Csm, acme: str, playbook: str, told: str) -> None:
    run(acme, "INSERT INTO account (name, added_on, review_days) VALUES ('Bare', '2026-11-01', 0)")
    ran = csm("plan", "Bare", playbook)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert left(acme)["plan"] == []
    if playbook in {"onboarding", "renewal", "qbr"}:
        assert csm("plan", "Bare", playbook, "--on", "2027-02-01").code == 0


def test_a_step_behind_a_gate_says_which(csm: Csm, acme: str) -> None:
    csm("plan", ACCOUNT, "onboarding", "--on", "2026-11-21")
    gate = rows(acme, "SELECT id, title FROM step WHERE gate IS NOT NULL ORDER BY n")[0]
    last = rows(acme, "SELECT max(id) FROM step")[0][0]
    ran = csm("done", f"k{last}")
    assert ran.code == 1
    assert f"waits behind the gate “{gate[1]}”" in ran.err
    assert f"csm done k{gate[0]}" in ran.err


@pytest.mark.parametrize("options", [("--on", "mon"), ("--close", "x"), ("--variant", "light")])
def test_a_plan_needs_its_playbook(csm: Csm, acme: str, options: tuple[str, ...]) -> None:
    assert csm("plan", ACCOUNT, *options).code == 2


def test_the_name_of_a_phase_keeps_its_capitals(csm: Csm, acme: str) -> None:
    csm("plan", ACCOUNT, "expansion")
    assert "\nWith AE\n" in csm("plan", ACCOUNT).out
