"""The milestones of the account under the cursor, below the board of the first 90 days."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from csm_tui.domain.days import day_month
from csm_tui.safe import shown
from csm_tui.tui.onboarding_lines import milestone
from csm_tui.tui.pane import DOT, EDGE, Below, Chosen
from csm_tui.tui.widgets.cells import Cell
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.views.onboarding import OnboardingLine

TITLE = "milestones"


class Milestones(Below):
    """Every milestone of one account; it opens on the next one."""

    def __init__(self) -> None:
        super().__init__()
        self.border_title = Content(TITLE)
        self._line: OnboardingLine | None = None
        self._today: date | None = None
        self._built_for = -1

    def show(self, one: OnboardingLine | None, today: date) -> None:
        """Show the milestones of an account; the cursor stays where it was as long as the account does."""
        before = self._line
        self._line, self._today = one, today
        other = one is not None and (before is None or before.facts.account_id != one.facts.account_id)
        if other:
            self.cursor, self.top = -1, 0
        self._build()
        if other and one is not None and one.next:
            self.select(f"step-{one.next.step_id}")

    def on_resize(self) -> None:
        """Lay out anew when the width has changed."""
        if self.size.width != self._built_for:
            self._build()
        super().on_resize()

    def _build(self) -> None:
        one, today, self._built_for = self._line, self._today, self.size.width
        if one is None or today is None:
            self.entitle(Content(TITLE), Content(""))
            self.fill([])
            return
        self.entitle(Content(f"{shown(one.facts.name)} · {TITLE}"), Content(_under(one, today, self.size.width)))
        self.fill([milestone(step, one, today, self.size.width) for step in one.steps] or [_none(one)])

    def chosen(self) -> Chosen | None:
        """The milestone under the cursor, with its why."""
        one = self._line
        if one is None:
            return None
        step = next((step for step in one.steps if self.key == f"step-{step.step_id}"), None)
        why = self.current.why if self.current is not None else ()
        return Chosen(one.facts.account_id, one.facts.name, None, why or one.why, step, one.begins)


def _none(one: OnboardingLine) -> Row:
    return Row("none", lambda _width: [Cell(" no plan: a starts it", "muted")], one.why)


def _under(one: OnboardingLine, today: date, width: int) -> str:
    """Who kept it waiting, when it will end, and how far it is, without the first ones where there is no room."""
    told = [f"slip: {', '.join(f'{party} {days} d' for party, days in one.slip)}"] if one.slip else []
    if one.forecast_on is not None:
        told.append(f"at this pace until {day_month(one.forecast_on, today)}")
    told += [f"{one.done} of {one.all}"] if one.plan is not None else []
    while len(told) > 1 and len(DOT.join(told)) > width - EDGE:
        told.pop(0)
    return DOT.join(told)
