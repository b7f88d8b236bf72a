"""The reviews with customers: missed, in preparation, booked, held, and which open later."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.days import day_month, spoken
from csm_tui.domain.figure import Share
from csm_tui.domain.naming import folded
from csm_tui.domain.reviews import GOAL, ReviewState
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.empties import KEY
from csm_tui.tui.pane import Chosen, Pane, joined
from csm_tui.tui.preparation import PreparationPanel
from csm_tui.tui.widgets.cells import Cell, Column, line, name_width
from csm_tui.views.review_words import attending, to_attend, told, why
from csm_tui.views.reviews import review_board, review_glance, review_item

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.views.filters import Abouts
    from csm_tui.views.reviews import ReviewBoard, ReviewLine

METER = 10
STATE_ROLES = {ReviewState.MISSED: "error", ReviewState.BOOKED: "success", ReviewState.HELD: "success"}

BOARD = (
    BoardColumn("account", 0, lambda one, *_: (one.facts.name, ""), lambda one, *_: folded(one.facts.name)),
    BoardColumn("kind", 4, lambda one, *_: (one.kind.upper(), ""), lambda one, *_: one.kind),
    BoardColumn("day", 11, lambda one, today, _: _day(one, today), lambda one, *_: one.day),
    BoardColumn("state", 13, lambda one, today, _: _state(one, today), lambda one, *_: one.state),
    BoardColumn(
        "prepared", METER + 9, lambda one, *_: _meter(one), lambda one, *_: one.prepared[0], down=True
    ),
    BoardColumn(
        "last held", 11, lambda one, today, _: (_held(one, today), "muted"), lambda one, *_: one.held_on or date.min,
        spare=True,
    ),
    BoardColumn(
        "to attend", 24, lambda one, today, _: _people(one, today), lambda one, *_: attending(one), spare=True
    ),
)  # fmt: skip


class ReviewsPane(Pane):
    """The most urgent first; zoomed, the checklist of the one under the cursor stands below."""

    NUMBER: ClassVar[int] = 5
    TITLE: ClassVar[str] = "Reviews"
    READS: ClassVar[frozenset[str]] = frozenset(
        {"account", "touchpoint", "pulse", "contact", "plan", "step", "review_skip"}
    )
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    BELOW: ClassVar[type[PreparationPanel]] = PreparationPanel
    FIRST: ClassVar[tuple[str, ...]] = ("log", "move", "add", "done", "skip", "open")
    EMPTY: ClassVar[tuple[str, ...]] = (
        "No account has reviews.",
        "",
        f"a{KEY}adds an account; its start day sets the first",
        f"e{KEY}on an account sets how often, and which kind",
    )

    below: PreparationPanel
    data: ReviewBoard | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole board when it is in use, else the most urgent one."""
        return (review_board, ()) if self.tall else (review_glance, ())

    def show(self, data: ReviewBoard) -> None:
        """One row a review, and its checklist below."""
        self.data = data
        self.set_lines({str(one.facts.account_id): one for one in data.lines})

    def changed(self) -> None:
        """Show the rows, and below them what belongs to the one under the cursor."""
        super().changed()
        self._look_below()

    def on_rows_moved(self) -> None:
        """The checklist goes with the cursor, once the cursor itself has been painted."""
        self.call_after_refresh(self._look_below)

    def _look_below(self) -> None:
        if self.zoomed and self.data is not None:
            one = self.lines.get(self.key)
            self.below.show(one, self.data)
            self.below.display = one is not None and self.below.fits(self.app.size.height, narrow=self.narrow)

    def summary(self) -> list[Cell]:
        """How many are late, and how many were held on schedule; of few of them it is said without colour."""
        data = self.data
        if data is None or not data.lines:
            return []
        said = [(f"{data.late} late", "error" if data.late else "muted")]
        good, total = data.rate.value
        if self.tall and total:
            share = Share(good, total)
            role = "muted" if share.few else "success" if share.meets(GOAL) else "warning"
            said += [(f"{good} of {total} on schedule this quarter", role), (f"goal {GOAL} %", "muted")]
        return joined(said)

    def account_of(self, one: ReviewLine) -> AccountFacts:
        """The account of the review."""
        return one.facts

    def facts_of(self, one: ReviewLine, known: Abouts) -> RowFacts:
        """What a filter may ask of a review."""
        from csm_tui.views.filters import review_row

        return review_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The review of a row as a due item, its why, and the preparation that could be started."""
        one: ReviewLine = self.lines[key]
        assert self.data is not None
        facts, today = one.facts, self.data.today
        begins = one.kind if one.to_begin(today) else ""
        return Chosen(facts.account_id, facts.name, review_item(one, today), why(one, self.data), begins=begins)

    def glyph(self, one: ReviewLine) -> Column:
        """The band."""
        return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])

    def paint(self, one: ReviewLine, width: int) -> list[Cell]:
        """Account, kind, where it stands and the day."""
        name, (state, role), (on, on_role) = (
            Column(one.facts.name, name_width(width)), _state(one, self.today()), _day(one, self.today()),
        )  # fmt: skip
        done, every = one.prepared
        at_work = every and one.state is not ReviewState.HELD and not one.opens_later(self.today())
        state += f" {done}/{every}" if at_work else ""
        return line(
            width,
            [
                self.glyph(one), name, Column(one.kind.upper(), 3, "muted"), Column(state, 0, role),
                Column(on, 11, on_role, right=True), Column("", 1),
            ],
        )  # fmt: skip


def _state(one: ReviewLine, today: date) -> tuple[str, str]:
    role = "warning" if one.asked else STATE_ROLES.get(one.state, "muted" if one.opens_later(today) else "")
    return told(one, today), role


def _day(one: ReviewLine, today: date) -> tuple[str, str]:
    """T: the booked day, else the due day; the next days with their weekday."""
    days = (one.day - today).days
    role = "error" if one.state is ReviewState.MISSED else "warning" if 0 <= days <= words.NEAR_DAYS else "muted"
    return (spoken if 0 <= days <= words.NEAR_DAYS else day_month)(one.day, today), role


def _meter(one: ReviewLine) -> list[Cell]:
    """A bar and its count, since a shape is no value; only a line where nothing prepares it."""
    done, every = one.prepared
    filled = METER * done // every if every else 0
    cells = [Cell("━" * filled, "success"), Cell("─" * (METER - filled), "dim")]
    return [*cells, Cell(f" {f'{done} of {every}' if every else '':<8}", "")]


def _held(one: ReviewLine, today: date) -> str:
    return day_month(one.held_on, today) if one.held_on is not None else "first"


def _people(one: ReviewLine, today: date) -> tuple[str, str]:
    """Who should come and is known there; red where nobody has a say over the budget."""
    there = to_attend(one, today)
    return there, "muted" if there == "–" else "" if one.has_buyer else "error"
