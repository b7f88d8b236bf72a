"""Two accounts with plans become one: nothing that may run once runs twice, and nothing of a risk is lost."""

from __future__ import annotations

from csm_tui.actions.merge import MergeAccounts, merge_accounts
from csm_tui.actions.plans import StartPlan, start_plan
from csm_tui.actions.recovery import OpenRisk, Seen, open_risk
from csm_tui.domain.touchpoints import Signal
from csm_tui.playbooks import load
from csm_tui.store.transaction import undo
from tests.conftest import TODAY
from tests.store.deeds import Deed
from tests.store.test_every_action import AT, do, dump, full, full_once, rows

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
