"""The checklist of the review under the cursor, each step counted back from its day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from csm_tui import words
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.plans import StepState
from csm_tui.domain.reviews import ReviewState
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.safe import shown
from csm_tui.tui.pane import Below, Chosen
from csm_tui.tui.widgets.cells import Cell, Column, flowed, line
from csm_tui.tui.widgets.sheet import Row
from csm_tui.views.review_words import from_t, step_why
from csm_tui.views.reviews import review_item

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.views.reviews import ReviewBoard, ReviewLine

SIGNS = {StepState.DONE: ("✓", "success"), StepState.SKIPPED: ("✗", "muted"), StepState.PASSED: ("–", "dim")}
CLOSED = {StepState.DONE: "muted", StepState.SKIPPED: "dim", StepState.PASSED: "dim"}
TITLE_MOST = 60


class PreparationPanel(Below):
    """What prepares a review and what follows from it; the step under the cursor is worked by the usual keys."""

    LEAST = 16

    def __init__(self) -> None:
        super().__init__()
        self._line: ReviewLine | None = None
        self._board: ReviewBoard | None = None
        self._built_for = -1

    def on_resize(self) -> None:
        """Lay out anew when the width has changed."""
        if self._board is not None and self.size.width != self._built_for:
            self.show(self._line, self._board)

    def show(self, review: ReviewLine | None, board: ReviewBoard) -> None:
        """Show the steps of a review, the cursor on the next one that is open."""
        shown = self._line
        other = review is None or shown is None or not shown.steps or review.facts != shown.facts
        self._line, self._board, self._built_for = review, board, self.size.width
        if review is None:
            self.entitle(Content(""), Content(""))
            self.fill([])
            return
        self.entitle(Content(_title(review, board.today)), Content(_counts(review)))
        self.fill(list(self._rows(review, board)))
        following = _next(review)
        if other and following is not None:
            self.select(f"step-{following.step_id}")

    def chosen(self) -> Chosen | None:
        """The step under the cursor, the review where it is that, and without steps the account."""
        if self._line is None or self._board is None:
            return None
        facts = self._line.facts
        step = next((one for one in self._line.steps if self.key == f"step-{one.step_id}"), None)
        if step is None:
            return Chosen(facts.account_id, facts.name)
        why = step_why(step, self._board.templates)
        if step.done_by in REVIEW_KINDS:
            return Chosen(facts.account_id, facts.name, review_item(self._line, self._board.today), why)
        return Chosen(facts.account_id, facts.name, None, why, step)

    def _rows(self, review: ReviewLine, board: ReviewBoard) -> Iterator[Row]:
        if not review.steps:
            for part in _flowing(_nothing(review, board.today), self.size.width - 2):
                yield Row("", lambda width, part=part: line(width, [Column(f" {part}", 0, "muted")]))  # type: ignore[misc]
        following = _next(review)
        for step in review.steps:
            yield Row(
                f"step-{step.step_id}",
                lambda width, step=step: _paint(step, review, board, width, is_next=step is following),  # type: ignore[misc]
            )


def _next(review: ReviewLine) -> Step | None:
    """The open step that stands first: in the order of the list, which is that of its days."""
    return next((step for step in review.steps if step.state is StepState.OPEN), None)


def _title(review: ReviewLine, today: date) -> str:
    verb = {ReviewState.HELD: "held", ReviewState.MISSED: "was due"}.get(review.state, "on")
    return f"{shown(review.facts.name)} · {review.kind.upper()} {verb} {spoken(review.day, today)}"


def _counts(review: ReviewLine) -> str:
    if not review.steps:
        return ""
    (done, every), (followed, following) = review.prepared, review.followed_up
    return f"{done} of {every} prepared" + (f" · {followed} of {following} after it" if following else "")


def _nothing(review: ReviewLine, today: date) -> tuple[str, ...]:
    """What to do where no plan prepares the review."""
    if review.state is ReviewState.MISSED:
        return (
            f"It was due {spoken(review.due_on, today)}, and nothing is booked.",
            "m books a day, and a then prepares it",
            "l logs it, if it was held",
            "x lets it go, with a reason",
        )
    if review.opens_later(today):
        return (f"Its preparation opens on {spoken(review.opens_on, today)}.", "a starts it now", "m books the day")
    return ("Nothing prepares it yet.", "a starts the preparation", "m books the day", "l logs it once it was held")


def _flowing(told: tuple[str, ...], width: int) -> Iterator[str]:
    """The sentence, and the keys below it in as many lines as they need."""
    sentence, *keys = told
    yield sentence
    yield from flowed(keys, max(20, width))


def _paint(step: Step, review: ReviewLine, board: ReviewBoard, width: int, *, is_next: bool) -> list[Cell]:
    sign, role = SIGNS.get(step.state, ("▸", "accent") if is_next else ("○", "muted"))
    on, on_role = _day(step, board.today, is_next=is_next)
    title = CLOSED.get(step.state, "") if step.state is not StepState.DONE else ""
    columns = [
        Column(f" {sign}", 2, role), Column(from_t(step, review, board.templates), 7, "muted", right=True),
        Column(f" {step.title}", 0, title), Column(str(step.owner), 9, "muted"), Column(on, 12, on_role),
    ]  # fmt: skip
    return line(min(width, sum(column.width for column in columns) + TITLE_MOST), columns)


def _day(step: Step, today: date, *, is_next: bool) -> tuple[str, str]:
    """The day of a step: when it was done, or when it is due; the next one with its weekday, and how late it is."""
    if step.state is not StepState.OPEN:
        return day_month(step.closed_on or step.due_on, today), "dim" if step.state is StepState.PASSED else "muted"
    if step.due_on < today:
        return words.when(step.due_on, today), "error"
    role = "warning" if is_next or step.due_on == today else ""
    near = (step.due_on - today).days <= words.NEAR_DAYS
    return spoken(step.due_on, today) if near else day_month(step.due_on, today), role
