"""csm recover and csm recovery: each signal is walked from its mark to its close, and what cannot be is refused."""

from __future__ import annotations

import pytest

from csm_tui.domain.risks import BECAUSE
from csm_tui.domain.touchpoints import Signal
from tests.blank import empty_book
from tests.cli.conftest import FILL, Csm, rows
from tests.recoveries import ACCOUNT, WALKS, Deed, Walk, filled, open_step
from tests.recoveries import rows as left
from tests.store.test_every_action import run

SIGNS = "usage, tickets, nps, champion, competitor, payment, silence, stalled, value"
STEPS = "SELECT code, state, due_on FROM step WHERE plan_id = 1 ORDER BY n"


@pytest.fixture
def book_of_three(book_path: str) -> str:
    """Three accounts; Jon is the champion of Northwind."""
    empty_book(book_path)
    run(book_path, FILL)
    return book_path


@pytest.fixture
def acme(book_path: str) -> str:
    """Acme, whose recovery has not begun."""
    empty_book(book_path)
    filled(book_path, WALKS[Signal.VALUE])
    return book_path


@pytest.fixture
def opened(csm: Csm, acme: str) -> str:
    """Acme, with a recovery for doubts in the value."""
    assert csm("recover", ACCOUNT, "--signal", "value", "--evidence", "still needed?").code == 0
    return acme


def ask(deed: Deed, walk: Walk, path: str) -> list[str]:
    """A deed as a command of the shell."""
    recover = ["recover", ACCOUNT]
    if deed.what == "log":
        return ["log", ACCOUNT, deed.text]
    if deed.what == "milestone":
        return ["done", f"k{open_step(path, deed.step)[0]}"]
    if deed.what == "confirm":
        return [*recover, "--confirm", walk.signal]
    if deed.what == "escalate":
        return [*recover, "--escalate", deed.text]
    if deed.what == "prove":
        return [*recover, "--met", walk.signal, "--proof", deed.text]
    number = str(open_step(path, deed.step)[1])
    return [*recover, "--step", number, f"--{deed.what}", *([deed.text] if deed.text else [])]


def walk_through(csm: Csm, walk: Walk, path: str) -> None:
    """Walk a signal from its mark to its close; the book is filled already."""
    ran = csm("recover", ACCOUNT, "--signal", walk.signal, "--evidence", walk.evidence)
    assert (ran.code, ran.err) == (0, "")
    close = ["recover", ACCOUNT, "--close", walk.how, "--because", walk.because]
    for deed in walk.deeds:
        if deed is walk.deeds[-1]:
            refused = csm(*close)
            assert (refused.code, refused.out) == (1, "")
            assert f"cannot be closed as {walk.how} yet" in refused.err
        ran = csm(*ask(deed, walk, path))
        assert (ran.code, ran.err) == (0, ""), deed
    ran = csm(*close, "--json")
    assert (ran.code, ran.err, ran.json["how"]) == (0, "", walk.how)


@pytest.mark.parametrize("signal", list(WALKS))
def test_each_signal_is_walked_from_its_mark_to_its_close(csm: Csm, book_path: str, signal: Signal) -> None:
    walk = WALKS[signal]
    empty_book(book_path)
    filled(book_path, walk)
    walk_through(csm, walk, book_path)
    found = left(book_path)
    assert found["risk"] == [
        (1, 1, 1 if not walk.sql else 2, "high" if signal is Signal.TICKETS else "medium", "2026-11-21", "2026-11-21",
         walk.how, walk.because)
    ]  # fmt: skip
    states = {row[3]: row[10] for row in found["step"]}
    assert {code: states[code] for code in ("confirm", "diagnose", "recovery-plan", "close")} == dict.fromkeys(
        ("confirm", "diagnose", "recovery-plan", "close"), "done"
    )
    assert [(row[3], row[8]) for row in found["step"] if row[10] == "open"] == [("relapse", "2026-12-07")]
    assert {row[5] for row in found["promise"]} <= {"kept", "released"}
    assert all(row[7] == "2026-11-21" for row in found["escalation"])


def test_every_signal_has_a_walk() -> None:
    assert ", ".join(WALKS) == SIGNS


def test_without_a_sign_it_is_refused_with_the_nine_names(csm: Csm, acme: str) -> None:
    ran = csm("recover", ACCOUNT)
    assert (ran.code, ran.out) == (1, "")
    assert SIGNS in ran.err
    assert left(acme)["risk"] == []
    assert csm("recover", ACCOUNT, "--close", "lost", "--because", "price").code == 1


def test_signs_of_late_open_it_with_their_words(csm: Csm, acme: str) -> None:
    run(acme, "INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (1, 'value'), (1, 'growth')")
    assert csm("recover", ACCOUNT, "--close", "lost", "--because", "price").code == 1  # that would open it first
    ran = csm("recover", ACCOUNT)
    assert ran.out.startswith("Opened a recovery of Acme for #value, with ")
    assert [row[3:6] for row in left(acme)["risk_signal"]] == [("value", "all good", "2026-11-09")]


def test_the_page_has_what_is_read_first_and_every_step(csm: Csm, opened: str) -> None:
    out = csm("recover", ACCOUNT).out
    for told in (
        "€48,000 a year · renews in 85 d, Sun 14 Feb 2027 · opt-out in 55 d, Fri 15 Jan 2027 ·", "pulse 2",
        "#value still needed?", "today, not confirmed", "champion nobody", "economic buyer Maya Chen",
        " 1 Confirm the signal and name its cause · required", "Exit test", "nothing stands in the way",
    ):  # fmt: skip
        assert told in " ".join(out.split()), told
    assert all(len(line) <= 80 for line in out.splitlines())
    assert [line for line in out.splitlines() if line in {"Assess", "Plan", "Sponsor", "Resources", "Escalate"}] == [
        "Assess", "Plan", "Sponsor", "Resources", "Escalate",
    ]  # fmt: skip


def test_a_step_alone_is_shown_with_guidance_checks_and_notes(csm: Csm, opened: str) -> None:
    csm("recover", ACCOUNT, "--step", "1", "--tick", "2", "--note", "first")
    csm("recover", ACCOUNT, "--step", "1", "--note", "second", "--owner", "support")
    out = csm("recover", ACCOUNT, "--step", "1").out
    assert out.startswith(
        "1  Confirm the signal and name its cause\nMon 23 · k1 · assess · owner: support · required\n"
    )
    assert "Look for a second source" in out
    assert "○ 1  A second source says the same\n✓ 2  Cause in one sentence" in out
    assert out.rstrip().endswith("first\n    second")


def test_what_is_given_together_is_one_operation_and_all_or_nothing(csm: Csm, opened: str) -> None:
    before = left(opened)
    refused = csm("recover", ACCOUNT, "--step", "1", "--tick", "1", "--tick", "9", "--done")
    assert (refused.code, "has no check 9" in refused.err) == (1, True)
    assert left(opened) == before
    ran = csm("recover", ACCOUNT, "--step", "1", "--tick", "1", "--note", "Maya", "--done")
    assert "Done: Confirm the signal and name its cause (Acme).\nNext: step 2 “" in ran.out
    csm("undo")
    assert left(opened) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--step", "99", "--done"), "has no step 99: its steps are 1 to"),
        (("--step", "0"), "has no step 0"),
        (("--close", "recovered", "--because", "value"), "and 3 more are still open: do them, or skip them"),
        (("--close", "lost"), f"--because WORD: one of {', '.join(BECAUSE)}"),
        (("--signal", "value"), "has had a recovery for that since 21 Nov 2026: work its steps, or close it first"),
        (("--confirm", "nps"), "has no signal nps, only value: --signal nps adds it"),
        (("--met", "nps", "--proof", "a 9"), "has no signal nps"),
        (("--step", "1", "--skip", " "), "Say why"),
        (("--step", "1", "--move", "someday"), "is not a day"),
        (("--step", "1", "--move", "2026-11-20"), "only to today or a day to come"),
        (("--step", "1", "--move", "yesterday"), "only to today or a day to come"),
        (("--step", "11", "--done"), "is done by closing the risk"),
    ],
)
def test_what_cannot_be_done_is_refused_with_what_to_do_instead(
    csm: Csm, opened: str, options: tuple[str, ...], told: str
) -> None:
    if options[:2] == ("--step", "11"):
        options = ("--step", str(open_step(opened, "close")[1]), "--done")
    before = left(opened)
    ran = csm("recover", ACCOUNT, *options)
    assert (ran.code, ran.out) == (1, "")
    assert told in ran.err
    assert left(opened) == before


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--done",), "--done goes with --step"), (("--proof", "x"), "--proof goes with --met"),
        (("--met", "value"), "--met goes with --proof"), (("--evidence", "x"), "--evidence goes with"),
        (("--step", "1", "--done", "--skip", "x"), "--done and --skip cannot hold for one step"),
        (("--step", "1", "--shift"), "--shift goes with --move"), (("--signal", "growth"), "not one of usage"),
    ],
)  # fmt: skip
def test_half_of_what_is_needed_is_wrong_usage(csm: Csm, acme: str, options: tuple[str, ...], told: str) -> None:
    ran = csm("recover", ACCOUNT, *options)
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err


def test_after_its_close_the_look_for_a_relapse_is_told(csm: Csm, opened: str) -> None:
    csm("recover", ACCOUNT, "--step", "1", "--done")
    ran = csm("recover", ACCOUNT, "--close", "not-a-risk", "--because", "other")
    assert ran.out == "Close the risk of Acme: not-a-risk, other.\n"
    assert "Its last was closed today as not-a-risk. Open one" in csm("recover", ACCOUNT).err
    csm("recover", ACCOUNT, "--signal", "value")
    for code in ("confirm", "diagnose", "recovery-plan", "update"):
        csm("recover", ACCOUNT, "--step", str(open_step(opened, code)[1]), "--skip", "known")
    csm("recover", ACCOUNT, "--close", "right-sized", "--because", "price")
    assert "as right-sized. Next: step 14 “Look again for a relapse”, Mon 7 Dec (k" in csm("recover", ACCOUNT).err


def test_new_evidence_of_a_known_sign_is_added_and_its_steps_stay(csm: Csm, opened: str) -> None:
    steps = rows(opened, STEPS)
    ran = csm("recover", ACCOUNT, "--signal", "value", "--evidence", "the new VP asked again")
    assert ran.out.startswith("Added the evidence to the recovery of Acme; its steps stay.")
    assert rows(opened, STEPS) == steps
    assert [row[4] for row in left(opened)["risk_signal"]] == ["still needed?", "the new VP asked again"]


def test_another_sign_brings_its_branch_and_can_be_confirmed_at_once(csm: Csm, opened: str) -> None:
    before = len(rows(opened, STEPS))
    ran = csm("recover", ACCOUNT, "--signal", "nps", "--evidence", "a 3", "--confirm", "nps", "--json").json
    assert len(rows(opened, STEPS)) > before
    assert [(one["signal"], one["confirmed_on"]) for one in ran["evidence"]] == [("value", None), ("nps", "2026-11-21")]
    assert ran["signals"] == ["value", "nps"]
    assert ran["exit_test"]["met"] is False
    assert ran["can_close"] is False
    assert [part["signal"] for part in ran["exit_test"]["parts"]] == ["value", "nps"]


def test_a_proof_can_be_taken_back(csm: Csm, opened: str) -> None:
    met = csm("recover", ACCOUNT, "--met", "value", "--proof", "Maya: 12 h", "--json").json["exit_test"]["parts"][0]
    assert (met["met"], met["proof"]) == (True, "Maya: 12 h")
    assert not csm("recover", ACCOUNT, "--met", "value", "--proof", "", "--json").json["exit_test"]["met"]


@pytest.mark.parametrize("typed", ["AE", "ae"])
def test_a_step_is_given_to_an_owner_however_the_word_is_written(csm: Csm, opened: str, typed: str) -> None:
    ran = csm("recover", ACCOUNT, "--step", "1", "--owner", typed, "--json")
    assert (ran.code, ran.json["steps"][0]["owner"]) == (0, "AE")


def test_a_champion_who_left_opens_a_recovery_and_it_is_told(csm: Csm, book_of_three: str) -> None:
    assert csm("contact", "left", "northwind", "jon").out.splitlines() == [
        "Jon Bell left Northwind Traders.",
        "Opened a recovery of Northwind Traders with 16 steps: `csm recover 'Northwind Traders'` shows it.",
    ]
    csm("undo")
    csm("recover", "northwind", "--signal", "nps")
    assert csm("contact", "left", "northwind", "jon").out.endswith("\nAdded #champion to its recovery, with 7 steps.\n")
    assert csm("contact", "left", "northwind", "lopez").out == "Ana Lopez left Northwind Traders.\n"


def test_work_on_a_recovery_that_only_touchpoints_tell_of_says_how_it_is_opened(csm: Csm, book_of_three: str) -> None:
    run(book_of_three, "INSERT INTO touchpoint_signal (touchpoint_id, signal) VALUES (1, 'usage')")
    for options in (("--escalate", "low"), ("--step", "1", "--done"), ("--close", "lost", "--because", "price")):
        ran = csm("recover", "northwind", *options)
        assert (ran.code, ran.out) == (1, "")
        assert "no open risk yet: `csm recover 'Northwind Traders'` alone opens one for #usage" in ran.err
    assert csm("recover", "northwind").out.startswith("Opened a recovery of Northwind Traders for #usage")
    assert csm("recover", "northwind", "--escalate", "low").code == 0


def test_an_empty_note_is_refused_and_keeps_what_is_there(csm: Csm, opened: str) -> None:
    assert csm("recover", ACCOUNT, "--step", "1", "--note", "Maya takes over").code == 0
    ran = csm("recover", ACCOUNT, "--step", "1", "--note", " ")
    assert (ran.code, ran.out) == (1, "")
    assert "--note takes the words" in ran.err
    assert "Maya takes over" in csm("recover", ACCOUNT, "--step", "1").out


def test_the_board_lists_the_open_risks_with_the_next_step(csm: Csm, opened: str) -> None:
    csm("recover", "Beta", "--signal", "usage")
    csm("recover", "Beta", "--escalate", "high")
    ran = csm("recovery")
    assert [line.split()[0] for line in ran.out.splitlines()] == ["Account", "Acme", "Beta"]
    assert "€48k  △ at risk  #value" in ran.out
    assert "#usage !high" in ran.out
    assert ran.err == "2 open risks, €57k at stake, 0 late.\n"
    assert [line["account"] for line in csm("recovery", "#nps", "--json").json] == []
    assert [line["account"] for line in csm("recovery", "arr<20k", "--json").json] == ["Beta"]
    assert csm("recovery", "zzz").err == "None of 2 open risks matches “zzz”.\n"


def test_an_empty_board_says_how_a_risk_is_opened(csm: Csm, acme: str) -> None:
    ran = csm("recovery")
    assert (ran.code, ran.out) == (0, "")
    assert "csm recover ACCOUNT --signal NAME" in ran.err
    assert csm("recovery", "--json").json == []


def test_names_from_outside_steer_no_terminal(csm: Csm, acme: str) -> None:
    run(acme, "UPDATE account SET name = 'Acme' || char(27) || '[31m' WHERE id = 1")
    csm("recover", "acme", "--signal", "value", "--evidence", "\x1b[2Jgone\x07")
    for line in (("recover", "acme"), ("recovery",), ("plan", "acme"), ("recover", "acme", "--json")):
        assert "\x1b" not in csm(*line).out
