"""Two accounts with plans become one: nothing that may run once runs twice, and nothing of a risk is lost."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.actions.escalations import Escalate, escalate
from csm_tui.actions.merge import MergeAccounts, merge_accounts
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.actions.recovery import CloseRisk, OpenRisk, Seen, close_risk, open_risk
from csm_tui.domain.risks import How, Severity
from csm_tui.domain.touchpoints import Signal
from csm_tui.exchange.merge_preview import merge_preview, sentences
from csm_tui.playbooks import load
from csm_tui.store.connection import reading
from csm_tui.store.transaction import undo
from tests.conftest import TODAY
from tests.store.deeds import Deed
from tests.store.test_every_action import AT, do, dump, full, full_once, rows, run

__all__ = ["full", "full_once"]

INTO_NORTHWIND = Deed(merge_accounts, lambda _: MergeAccounts(1, "Northwind", 2, "Lights"))


def risk(path: str, *signals: Signal) -> None:
    seen = tuple(Seen(signal, f"{signal} seen", TODAY) for signal in signals)
    do(path, Deed(open_risk, lambda _: OpenRisk(2, "Lights", seen)))


def test_what_was_seen_at_both_is_evidence_for_the_one_risk_that_stays(full: str) -> None:
    risk(full, Signal.NPS, Signal.VALUE)
    before = dump(full)
    do(full, INTO_NORTHWIND)
    assert rows(full, "SELECT account_id FROM risk WHERE closed_on IS NULL") == [(1,)]
    assert rows(full, "SELECT signal, evidence FROM risk_signal ORDER BY id") == [
        ("value", "asks"), ("nps", "nps seen"), ("value", "value seen"),
    ]  # fmt: skip
    assert rows(full, "SELECT count(*) > 0 FROM step WHERE account_id = 1 AND phase <> ''") == [(1,)], "its branch"
    assert rows(full, "SELECT count(*) FROM step WHERE account_id <> 1") == [(0,)]
    undo(full, "shell", AT)
    assert dump(full) == before


def test_a_risk_and_a_plan_of_the_other_alone_go_on(full: str) -> None:
    do(full, Deed(start_plan, lambda _: StartPlan(2, "Lights", load("onboarding"), TODAY, "light")))
    do(full, Deed(merge_accounts, lambda _: MergeAccounts(3, "Acme", 1, "Northwind")))
    assert rows(full, "SELECT account_id FROM risk") == [(3,)]
    assert rows(full, "SELECT account_id, risk_id FROM escalation") == [(3, 1)]
    do(full, Deed(merge_accounts, lambda _: MergeAccounts(3, "Acme", 2, "Lights")))
    running = "SELECT playbook, account_id FROM plan WHERE closed_on IS NULL ORDER BY 1"
    assert rows(full, running) == [("onboarding", 3), ("recovery", 3), ("renewal", 3)]
    assert rows(full, "SELECT DISTINCT account_id FROM step") == [(3,)]


def escalated(path: str, account_id: int, severity: Severity) -> None:
    do(path, Deed(escalate, lambda _: Escalate(account_id, "", severity, "help")))


@pytest.mark.parametrize("into", [1, 2])
def test_a_plan_that_waits_for_the_look_for_a_relapse_loses_no_risk_of_the_other(full: str, into: int) -> None:
    """Neither the open one of the account that goes, nor those of either that are closed."""
    risk(full, Signal.PAYMENT)
    run(full, "UPDATE step SET state = 'done', closed_on = '2026-11-21' WHERE plan_id = 1")
    do(full, Deed(close_risk, lambda _: CloseRisk(1, "Northwind", How.RIGHT_SIZED, "other")))
    assert rows(full, "SELECT count(*) FROM plan WHERE playbook = 'recovery' AND closed_on IS NULL") == [(2,)]
    names = {1: "Northwind", 2: "Lights"}
    do(full, Deed(merge_accounts, lambda _: MergeAccounts(into, names[into], 3 - into, names[3 - into])))
    assert rows(full, "SELECT account_id, how FROM risk ORDER BY id") == [(into, "right-sized"), (into, None)]
    assert rows(full, "SELECT signal FROM risk_signal ORDER BY id") == [("value",), ("payment",)]
    assert rows(full, "SELECT count(*) FROM plan WHERE playbook = 'recovery' AND closed_on IS NULL") == [(2,)]


@pytest.mark.parametrize(("severity", "goes_on"), [("critical", 2), ("low", 1)])
def test_of_two_escalations_the_graver_one_goes_on_at_the_risk_that_stays(
    full: str, severity: str, goes_on: int
) -> None:
    risk(full, Signal.NPS)
    escalated(full, 1, Severity.HIGH)
    escalated(full, 2, Severity(severity))
    graver = "high" if severity == "low" else severity
    with reading(full, TODAY) as look:
        wanted = MergeAccounts(1, "Northwind", 2, "Lights")
        told = sentences(merge_preview(look, wanted), wanted)
    assert f"Both are escalated: the {graver} escalation goes on, and the other is closed." in told
    do(full, INTO_NORTHWIND)
    assert rows(full, "SELECT id, account_id, risk_id, closed_on IS NULL FROM escalation ORDER BY id") == [
        (1, 1, 1, goes_on == 1), (2, 1, 1, goes_on == 2),
    ]  # fmt: skip
    assert rows(full, "SELECT severity FROM risk") == [(graver,)]


def test_a_merge_that_fills_the_days_of_the_contract_moves_the_plans_as_an_edit_does(full: str) -> None:
    """Those of the one that stays, and those that come with the other."""
    run(full, "UPDATE account SET renewal_on = '2027-03-15', notice_days = NULL WHERE id = 3")
    run(full, "UPDATE account SET renewal_on = NULL, notice_days = 90, started_on = '2026-11-30' WHERE id = 2")
    run(full, "UPDATE account SET started_on = NULL WHERE id = 3; DELETE FROM plan WHERE id = 2")
    do(full, Deed(start_plan, lambda _: StartPlan(3, "Acme", load("renewal"), date(2027, 3, 15))))
    do(full, Deed(start_plan, lambda _: StartPlan(3, "Acme", load("onboarding"), TODAY, "light")))
    do(full, Deed(merge_accounts, lambda _: MergeAccounts(3, "Acme", 2, "Lights")))
    assert rows(full, "SELECT due_on FROM step WHERE code = 'verbal' OR title = 'Verbal decision'") == [("2026-12-08",)]
    assert rows(full, "SELECT anchor_on FROM plan WHERE playbook = 'onboarding'") == [("2026-11-30",)]


def test_the_plans_that_come_with_the_other_count_from_the_days_of_the_one_that_stays(full: str) -> None:
    run(
        full,
        "UPDATE account SET renewal_on = '2027-03-15', notice_days = 90 WHERE id = 3; DELETE FROM plan WHERE id = 2",
    )
    run(full, "UPDATE account SET renewal_on = '2027-02-15' WHERE id = 2")
    do(full, Deed(start_plan, lambda _: StartPlan(2, "Lights", load("renewal"), date(2027, 2, 15))))
    do(full, Deed(merge_accounts, lambda _: MergeAccounts(3, "Acme", 2, "Lights")))
    assert rows(full, "SELECT account_id, anchor_on FROM plan WHERE playbook = 'renewal'") == [(3, "2027-03-15")]
    assert rows(full, "SELECT due_on FROM step WHERE title = 'Verbal decision'") == [("2026-12-08",)]


def test_promises_behind_the_steps_of_a_plan_that_does_not_go_on_are_not_told_to_move(full: str) -> None:
    risk(full, Signal.PAYMENT)
    ((behind,),) = rows(full, "SELECT count(*) FROM promise WHERE account_id = 2 AND step_id IS NOT NULL")
    ((own,),) = rows(full, "SELECT count(*) FROM promise WHERE account_id = 2 AND step_id IS NULL")
    assert behind > 0
    with reading(full, TODAY) as look:
        assert merge_preview(look, MergeAccounts(1, "Northwind", 2, "Lights")).promises == own
