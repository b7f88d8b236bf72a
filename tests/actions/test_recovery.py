"""A recovery from its first sign to its end: one risk an account, its branches, and what closing asks for."""

from __future__ import annotations

import shutil
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from csm_tui import paths, playbooks
from csm_tui.actions.contacts import ContactLeft, contact_left
from csm_tui.actions.escalations import Escalate, UpdateEscalation, escalate, update_escalation
from csm_tui.actions.recovery import (
    CloseRisk,
    ConfirmSignal,
    OpenRisk,
    Seen,
    StateExit,
    close_risk,
    confirm_signal,
    open_risk,
    state_exit,
)
from csm_tui.actions.steps import DoneStep, SkipStep, done_step, skip_step
from csm_tui.domain import plans
from csm_tui.domain.days import STANDARD as WORKDAYS
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import OURS, STANDARD
from csm_tui.domain.risks import HEADINGS, How, Severity, branch_id
from csm_tui.domain.touchpoints import RISK_SIGNALS, Signal
from csm_tui.store.connection import reading
from csm_tui.views.opening import outlook
from tests.blank import empty_book
from tests.conftest import TODAY
from tests.store.deeds import Deed, logging
from tests.store.test_every_action import do, rows, run

DAY = timedelta(days=1)


@pytest.fixture(scope="session")
def one_once(tmp_path_factory: pytest.TempPathFactory) -> str:
    """One account and nothing else."""
    path = str(tmp_path_factory.mktemp("one") / "book.db")
    empty_book(path)
    run(path, "INSERT INTO account (name, added_on) VALUES ('A', '2026-01-01')")
    return path


@pytest.fixture
def one(one_once: str, tmp_path: Path) -> str:
    """A book of one's own."""
    return shutil.copy(one_once, str(tmp_path / "book.db"))


def act(path: str, action: Any, wanted: Any) -> Any:
    return do(path, Deed(action, lambda _: wanted))


def see(path: str, *signals: Signal, on: date = TODAY) -> Any:
    return act(path, open_risk, OpenRisk(1, "A", tuple(Seen(signal, "they said so", on) for signal in signals)))


def test_an_own_playbook_for_a_signal_is_its_branch_whatever_its_id(one: str) -> None:
    path = Path(paths.playbooks()) / "handover.toml"
    path.parent.mkdir(parents=True)
    path.write_text(
        'id = "handover"\nname = "Handover"\nanchor = "signal day"\nsignal = "champion"\n\n'
        '[[step]]\nid = "mine"\ntitle = "Call them"\nday = 1\nphase = "sponsor"\n',
        encoding="utf-8",
    )
    with reading(one, TODAY) as book:
        shown = outlook(book, (Signal.CHAMPION, Signal.NPS)).steps
    assert see(one, Signal.CHAMPION, Signal.NPS).steps == shown
    wanted = {step.template.id for name in ("recovery", "recovery-nps") for step in dated(name)} | {"mine"}
    assert {code for (code,) in rows(one, "SELECT code FROM step")} == wanted


def close(path: str, how: How, because: str = "solved") -> None:
    act(path, close_risk, CloseRisk(1, "A", how, because))


def work(path: str, *codes: str) -> None:
    """Do the open steps of these codes."""
    for code in codes:
        for number, title in rows(path, "SELECT id, title FROM step WHERE code = ? AND state = 'open'", code):
            act(path, done_step, DoneStep(number, title, "A"))


def dated(playbook_id: str) -> list[plans.Dated]:
    book = playbooks.load(playbook_id).playbook
    found = plans.dated(book, STANDARD, plans.Clock(TODAY, TODAY, WORKDAYS))
    return [step for step in found if not step.template.after_close]


@pytest.mark.parametrize("signal", sorted(RISK_SIGNALS))
def test_a_sign_brings_the_spine_and_its_branch_under_the_five_headings(one: str, signal: Signal) -> None:
    opened = see(one, signal)
    found = rows(one, "SELECT n, phase, code, due_on, required, state FROM step ORDER BY n")
    wanted = {step.template.id: step for name in ("recovery", branch_id(signal)) for step in dated(name)}
    assert (opened.new, opened.steps) == (True, len(wanted))
    assert [n for n, *_ in found] == list(range(1, len(wanted) + 1))
    assert [HEADINGS.index(phase) for _, phase, *_ in found] == sorted(HEADINGS.index(row[1]) for row in found)
    assert {code: (due, bool(must)) for _, _, code, due, must, _ in found} == {
        code: (step.on.isoformat(), step.template.required) for code, step in wanted.items()
    }
    assert {row[5] for row in found} == {"open"}
    asked = rows(one, "SELECT s.code FROM promise p JOIN step s ON s.id = p.step_id")
    assert {code for (code,) in asked} == {c for c, step in wanted.items() if step.template.owner not in OURS}


def test_an_account_has_one_risk_and_what_is_seen_again_is_more_evidence(one: str) -> None:
    see(one, Signal.USAGE)
    steps = rows(one, "SELECT count(*) FROM step")[0][0]
    added = see(one, Signal.NPS, Signal.USAGE)
    assert (added.new, added.signals, added.steps) == (False, (Signal.NPS,), len(dated("recovery-nps")))
    assert rows(one, "SELECT min(n) FROM step WHERE code LIKE 'nps-%'") == [(steps + 1,)]
    do(one, logging("call wants less of it :( #usage", account="A"))
    assert rows(one, "SELECT count(*) FROM risk") == [(1,)]
    assert rows(one, "SELECT signal FROM risk_signal ORDER BY id") == [("usage",), ("nps",), ("usage",), ("usage",)]
    with pytest.raises(Refusal, match="has had a recovery for that since 21 Nov 2026"):
        act(one, open_risk, OpenRisk(1, "A", (Seen(Signal.USAGE, "", TODAY),)))


def test_a_champion_who_leaves_opens_it_and_others_do_not(one: str) -> None:
    run(one, "INSERT INTO contact (account_id, name, role) VALUES (1, 'Jon', 'champion'), (1, 'Ana', 'admin')")
    act(one, contact_left, ContactLeft(2, "Ana", "A", TODAY))
    assert rows(one, "SELECT signal FROM risk_signal") == []
    act(one, contact_left, ContactLeft(1, "Jon", "A", TODAY))
    assert rows(one, "SELECT signal FROM risk_signal") == [("champion",)]


REQUIRED = ("confirm", "diagnose", "recovery-plan", "update")


def test_recovered_asks_for_the_required_steps_and_then_for_the_exit_test(one: str) -> None:
    see(one, Signal.USAGE)
    work(one, *REQUIRED[:-1])
    with pytest.raises(
        Refusal, match=r"cannot be closed as recovered yet: step [0-9]+ “Send the update” is still open"
    ):
        close(one, How.RECOVERED)
    work(one, "update")
    assert rows(one, "SELECT due_on, required FROM step WHERE code = 'update' AND state = 'open'") == [
        (WORKDAYS.forward(TODAY + 7 * DAY).isoformat(), 0),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="the exit test is not met"):
        close(one, How.RECOVERED)
    act(one, state_exit, StateExit(1, Signal.USAGE, "A", "back to 80 %"))
    close(one, How.RECOVERED)
    assert rows(one, "SELECT how, because, closed_on FROM risk") == [("recovered", "solved", TODAY.isoformat())]
    assert rows(one, "SELECT state FROM step WHERE code = 'close'") == [("done",)]
    assert rows(one, "SELECT code, due_on FROM step WHERE state = 'open'") == [
        ("relapse", WORKDAYS.forward(TODAY + 14 * DAY).isoformat()),
    ]  # fmt: skip
    assert rows(one, "SELECT closed_on FROM plan") == [(None,)]
    work(one, "relapse")
    assert rows(one, "SELECT closed_on FROM plan") == [(TODAY.isoformat(),)]


def test_what_is_measured_needs_no_word_but_a_talk_after_it_opened(one: str) -> None:
    see(one, Signal.SILENCE)
    work(one, *REQUIRED)
    do(one, logging("20.11 call before that", account="A"))
    with pytest.raises(Refusal, match="two-way contact since it opened"):
        close(one, How.RECOVERED)
    do(one, logging("call they are back", account="A"))
    close(one, How.RECOVERED)


def test_right_sized_asks_for_the_steps_alone_and_what_was_left_is_skipped(one: str) -> None:
    see(one, Signal.VALUE)
    with pytest.raises(Refusal, match="cannot be closed as right-sized yet"):
        close(one, How.RIGHT_SIZED)
    for code in REQUIRED:
        ((number, title),) = rows(one, "SELECT id, title FROM step WHERE code = ?", code)
        act(one, skip_step, SkipStep(number, title, "A", "known"))
    close(one, How.RIGHT_SIZED, "price")
    assert rows(one, "SELECT code FROM step WHERE state = 'open'") == [("relapse",)]


@pytest.mark.parametrize("how", [How.LOST, How.NOT_A_RISK])
def test_lost_and_a_false_alarm_close_at_any_time_and_take_everything_with_them(one: str, how: How) -> None:
    see(one, Signal.TICKETS)
    act(one, escalate, Escalate(1, "A", Severity.HIGH, "the fix is live"))
    with pytest.raises(Refusal, match="Why"):
        close(one, how, "because")
    close(one, how, "other")
    assert rows(one, "SELECT count(*) FROM step WHERE state = 'open'") == [(0,)]
    assert rows(one, "SELECT count(*) FROM promise WHERE state = 'open'") == [(0,)]
    assert rows(one, "SELECT closed_on, reason FROM escalation") == [(TODAY.isoformat(), f"risk closed: {how}")]
    with pytest.raises(Refusal, match="has no open risk"):
        close(one, how)
    assert see(one, Signal.TICKETS).new


def test_the_closing_step_is_done_by_closing_alone(one: str) -> None:
    see(one, Signal.PAYMENT)
    ((number, title),) = rows(one, "SELECT id, title FROM step WHERE code = 'close'")
    done, skipped = DoneStep(number, title, "A"), SkipStep(number, title, "A", "no")
    for action, wanted in ((done_step, done), (skip_step, skipped)):
        with pytest.raises(Refusal, match="is done by closing the risk"):
            act(one, action, wanted)


def test_an_escalation_gives_the_risk_its_severity_and_starts_its_rhythm_anew_with_each_update(one: str) -> None:
    see(one, Signal.TICKETS)
    act(one, escalate, Escalate(1, "A", Severity.HIGH, "the fix is live"))
    act(one, escalate, Escalate(1, "A", Severity.CRITICAL))
    with pytest.raises(Refusal, match="is escalated as critical already"):
        act(one, escalate, Escalate(1, "A", Severity.CRITICAL))
    act(one, update_escalation, UpdateEscalation(1, "A"))
    assert rows(one, "SELECT severity FROM risk") == [("critical",)]
    assert rows(one, "SELECT severity, what, updated_on FROM escalation") == [
        ("critical", "the fix is live", TODAY.isoformat()),
    ]  # fmt: skip


def test_a_known_sign_with_new_words_adds_them_and_no_step(one: str) -> None:
    see(one, Signal.VALUE)
    steps = rows(one, "SELECT count(*) FROM step")
    added = see(one, Signal.VALUE)
    assert (added.new, added.signals, added.steps) == (False, (), 0)
    assert rows(one, "SELECT count(*) FROM risk_signal") == [(2,)]
    assert rows(one, "SELECT count(*) FROM step") == steps
    with pytest.raises(Refusal, match="work its steps, or close it first"):
        act(one, open_risk, OpenRisk(1, "A", (Seen(Signal.VALUE, "  ", TODAY),)))


def test_history_names_each_sign_once() -> None:
    seen = Seen(Signal.VALUE, "", TODAY)
    assert OpenRisk(1, "A", (seen, seen)).label == "Recovery of A: value"


def test_a_sign_is_confirmed_once(one: str) -> None:
    see(one, Signal.VALUE)
    act(one, confirm_signal, ConfirmSignal(1, Signal.VALUE, "A"))
    assert rows(one, "SELECT confirmed_on FROM risk_signal") == [(TODAY.isoformat(),)]
    with pytest.raises(Refusal, match="was confirmed on 21 Nov"):
        act(one, confirm_signal, ConfirmSignal(1, Signal.VALUE, "A"))


def test_what_is_seen_after_a_proof_opens_the_exit_test_again(one: str) -> None:
    see(one, Signal.VALUE)
    work(one, *REQUIRED)
    act(one, state_exit, StateExit(1, Signal.VALUE, "A", "Maya: 12 h"))
    run(one, "INSERT INTO risk_signal (risk_id, signal, seen_on) VALUES (1, 'value', '2026-11-22')")
    with pytest.raises(Refusal, match="the exit test is not met"):
        close(one, How.RECOVERED)


def test_after_its_close_another_risk_begins_anew(one: str) -> None:
    see(one, Signal.VALUE)
    work(one, *REQUIRED)
    close(one, How.RIGHT_SIZED)
    with pytest.raises(Refusal, match="A has no open risk: `csm recover 'A' --signal NAME` opens one"):
        close(one, How.LOST)
    assert see(one, Signal.VALUE).new
    assert rows(one, "SELECT count(*) FROM plan WHERE closed_on IS NULL") == [(2,)]
