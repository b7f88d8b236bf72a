"""How a plan is begun at an account: which playbook, in which form, counted from which day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.domain.days import day_month
from csm_tui.words import plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.playbooks import Template
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.pane import Chosen
    from csm_tui.views.starting import Form, Forms, Starting


class Beginning:
    """The actions of the app that start a plan. It stands apart from the app only to keep both short."""

    desk: Desk
    push_screen: Callable[..., Any]
    ask_for_form: Callable[..., None]

    def begin_plan(self, account_id: int, account: str) -> None:
        """Choose a playbook, then its form, and start it."""
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker
        from csm_tui.views.starting import by_hand

        def choose(found: tuple[Template, ...]) -> None:
            choices = Choices(Choice(one.playbook.id, one.playbook.name) for one in found)
            self.push_screen(Picker(f"Start a plan for {account}", choices), lambda chosen: begin(found, chosen))

        def begin(found: tuple[Template, ...], chosen: str | None) -> None:
            if chosen:
                self._begin(next(one for one in found if one.playbook.id == chosen), account_id, account)

        self.ask_for_form(choose, by_hand)

    def begin_onboarding(self, account_id: int, account: str) -> None:
        """Choose the form of an onboarding, and start it."""
        from csm_tui.domain.playbooks import ONBOARDING
        from csm_tui.playbooks import load

        self._begin(load(ONBOARDING), account_id, account)

    def _begin(self, template: Template, account_id: int, account: str) -> None:
        from csm_tui.views.starting import forms

        self.ask_for_form(
            lambda found: self._choose_form(found, template, account_id, account), forms, account_id, template.playbook
        )

    def _choose_form(self, found: Forms, template: Template, account_id: int, account: str) -> None:
        from csm_tui.actions.plans import StartPlan, start_plan
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        anchor_on, opt_out_on = found.starting.anchor_on, found.starting.opt_out_on

        def answered(variant: str | None) -> None:
            if variant:
                wanted = StartPlan(account_id, account, template, anchor_on, variant, opt_out_on)
                self.desk.do(start_plan, wanted, light=True)

        choices = Choices(Choice(form.variant, _form_words(form)) for form in found.forms)
        title = f"{template.playbook.name} of {account}: day 0 is {day_month(anchor_on, self.desk.today)}"
        self.push_screen(Picker(title, choices), answered)

    def begin_review(self, chosen: Chosen) -> None:
        """Start the preparation of the next review, counted back from the day for which it is booked, or due."""
        from csm_tui.actions.plans import StartPlan, start_plan
        from csm_tui.playbooks import load
        from csm_tui.views.starting import starting

        template = load(chosen.begins)

        def begin(found: Starting) -> None:
            wanted = StartPlan(chosen.account_id, chosen.account, template, found.anchor_on)
            self.desk.do(start_plan, wanted, light=True)

        self.ask_for_form(begin, starting, chosen.account_id, template.playbook)


def _form_words(form: Form) -> str:
    before = f", {form.passed} of them before today: marked as passed" if form.passed else ""
    return f"{form.variant}: {plural(form.steps, 'step')}{before}"
