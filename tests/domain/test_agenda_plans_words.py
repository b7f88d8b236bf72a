"""The words that Today compares steps by are those of the modules that it does not load."""

from __future__ import annotations

from csm_tui.domain import agenda_plans, onboarding, playbooks
from csm_tui.domain.plans import Party


def test_the_words_of_steps_are_those_of_playbooks_and_plans() -> None:
    assert {str(owner) for owner in playbooks.OURS} == agenda_plans.OURS
    assert str(Party.THIRD) == agenda_plans.THIRD_PARTY
    assert onboarding.MONTH_1 == agenda_plans.MONTH_1
