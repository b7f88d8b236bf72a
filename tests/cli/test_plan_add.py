"""csm plan --add: a step of one's own in a plan that runs."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows


@pytest.fixture
def running(csm: Csm, filled: str) -> str:
    """Northwind with its onboarding begun anew today."""
    assert csm("plan", "northwind", "onboarding", "--on", "2026-11-21", "--variant", "light").code == 0
    return filled


def test_a_milestone_of_ones_own_stands_in_the_phase_of_its_day_and_is_worked_like_any_other(
    csm: Csm, running: str
) -> None:
    before = csm("plan", "northwind", "--json").json[0]
    told = csm("plan", "northwind", "onboarding", "--add", "Second site live", "--on", "14.12", "--owner", "them")
    ((number, phase, state, required),) = rows(
        running, "SELECT id, phase, state, required FROM step WHERE title = 'Second site live'"
    )
    assert told.out == f"Added k{number} to Onboarding of Northwind Traders: Second site live, Mon 14 Dec.\n"
    assert (phase, state, required) == ("Month 1", "open", 0)
    assert rows(running, f"SELECT what, due_on FROM promise WHERE step_id = {number}") == [
        ("Second site live", "2026-12-14")
    ]
    assert csm("done", f"k{number}").code == 0
    assert rows(running, f"SELECT state FROM step WHERE id = {number}") == [("done",)]
    csm("undo")
    csm("undo")
    assert csm("plan", "northwind", "--json").json[0] == before


def test_a_required_one_counts(csm: Csm, running: str) -> None:
    csm("plan", "northwind", "--add", "Second site live", "--on", "fri", "--required")
    steps = csm("plan", "northwind", "--json").json[0]["steps"]
    assert [step["required"] for step in steps if step["title"] == "Second site live"] == [True]


@pytest.mark.parametrize(
    ("words", "code", "told"),
    [
        (("northwind", "--add", "x"), 2, "--on DAY"),
        (("northwind", "--add", "x", "--on", "never"), 1, "never"),
        (("northwind", "--add", "x", "--on", "2026-11-01"), 1, "today or on a day to come"),
        (("northwind", "--add", " ", "--on", "fri"), 1, "needs words"),
        (("northwind", "renewal", "--add", "x", "--on", "fri"), 1, "it has onboarding"),
        (("acme", "--add", "x", "--on", "fri"), 1, "Acme has no open plan"),
        (("northwind", "--owner", "them"), 2, "--add"),
        (("northwind", "--add", "x", "--on", "fri", "--close", "y"), 2, "--add TITLE"),
    ],
)
def test_what_cannot_be_added_is_told(csm: Csm, running: str, words: tuple[str, ...], code: int, told: str) -> None:
    before = rows(running, "SELECT count(*) FROM step")
    ran = csm("plan", *words)
    assert ran.code == code
    assert told in ran.err
    assert rows(running, "SELECT count(*) FROM step") == before


def test_a_gate_names_its_checks_and_is_passed_by_who_says_that_they_hold(csm: Csm, running: str) -> None:
    step = "SELECT id, state, ticked FROM step WHERE code = 'month-1'"
    ((number, *_),) = before = rows(running, step)
    told = csm("done", f"k{number}")
    assert told.code == 1
    assert "of its checks are not ticked (Done and not done, against the kickoff; " in told.err
    assert f"`csm done k{number} --checked` ticks them. Or skip it with a reason." in told.err
    assert csm("done", f"k{number}", "--checked").out.startswith("Done: Onboarding review; month 1 closed")
    ((_, state, ticked),) = rows(running, step)
    assert (state, bin(ticked).count("0")) == ("done", 1)
    csm("undo")
    assert rows(running, step) == before
    for other in ("c1", "p1"):
        assert "has no checks" in csm("done", other, "--checked", *(["call hi"] if other == "c1" else [])).err
