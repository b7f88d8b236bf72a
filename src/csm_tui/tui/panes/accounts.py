"""The book: every account with its contract, its rhythm and its people."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.accounts import Phase, Tier
from csm_tui.domain.money import short
from csm_tui.domain.naming import folded
from csm_tui.tui.board import BoardColumn
from csm_tui.tui.empties import EMPTY_BOOK
from csm_tui.tui.pane import Chosen, Pane, joined
from csm_tui.tui.widgets.cells import Cell, Column, line, name_width
from csm_tui.views.accounts import account_glance, account_list, people_engaged

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.filter_fields import RowFacts
    from csm_tui.views.accounts import AccountLine, AccountList
    from csm_tui.views.filters import Abouts


TIERS, PHASES = list(Tier), list(Phase)
BOARD = (
    BoardColumn("account", 0, lambda one, *_: (one.facts.name, ""), lambda one, *_: folded(one.facts.name)),
    BoardColumn(
        "tier", 11, lambda one, *_: (str(one.facts.tier), "muted"), lambda one, *_: TIERS.index(one.facts.tier),
        spare=True,
    ),
    BoardColumn(
        "pulse", 7, lambda one, *_: (_pulse(one), words.BAND_ROLES[one.band]), lambda one, *_: one.facts.pulse,
        spare=True,
    ),
    BoardColumn("ARR", 7, lambda one, *_: (_arr(one), ""), lambda one, *_: one.worth, right=True, down=True),
    BoardColumn(
        "day", 5, lambda one, *_: ("–" if one.day is None else str(one.day), ""), lambda one, *_: one.day, right=True,
        spare=True,
    ),
    BoardColumn(
        "phase", 10, lambda one, *_: (str(one.phase), "muted"), lambda one, *_: PHASES.index(one.phase), spare=True
    ),
    BoardColumn(
        "last", 6, lambda one, today, _: (words.ago(one.facts.last_two_way_on, today), "muted"),
        lambda one, *_: (one.facts.last_two_way_on or date.min).toordinal(), right=True,
    ),
    BoardColumn("next", 11, lambda one, today, _: _next(one, today), lambda one, *_: _next_on(one), right=True),
    BoardColumn("renews", 10, lambda one, today, _: _renews(one, today), lambda one, *_: _renews_on(one), right=True),
    BoardColumn("people", 7, lambda one, *_: _people(one), lambda one, *_: one.engaged - one.needed, right=True),
    BoardColumn(
        "owner", 14, lambda _one, _today, about: (about.owner, "muted"),
        lambda _one, _today, about: folded(about.owner) or None, spare=True, off=True,
    ),
    BoardColumn(
        "tags", 16, lambda _one, _today, about: (" ".join(about.tags), "muted"),
        lambda _one, _today, about: about.tags or None, spare=True, off=True,
    ),
)  # fmt: skip


class AccountsPane(Pane):
    """Worst band first, then the largest amount."""

    NUMBER: ClassVar[int] = 2
    TITLE: ClassVar[str] = "Accounts"
    READS: ClassVar[frozenset[str]] = frozenset({"account", "touchpoint", "contact", "touchpoint_contact", "pulse"})
    COLUMNS: ClassVar[tuple[BoardColumn, ...]] = BOARD
    EMPTY: ClassVar[tuple[str, ...]] = EMPTY_BOOK

    data: AccountList | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole list when it is in use, else the one account that stands first."""
        return (account_list, ()) if self.tall else (account_glance, ())

    def show(self, data: AccountList) -> None:
        """One line an account."""
        self.data = data
        self.set_lines({str(one.facts.account_id): one for one in data.lines})

    def summary(self) -> list[Cell]:
        """How many there are, how many of them are customers no more, and how they are sorted."""
        told = [(f"{self.data.size:,}", "")] if self.data else []
        if self.data and self.data.churned:
            told.append((f"{self.data.churned:,} churned", "muted"))
        return joined([*told, *([("by risk", "muted")] if told and self.order is None else [])])

    def account_of(self, one: AccountLine) -> AccountFacts:
        """The account itself."""
        return one.facts

    def facts_of(self, one: AccountLine, known: Abouts) -> RowFacts:
        """What a filter may ask of an account."""
        from csm_tui.views.filters import account_row

        return account_row(one, self.today(), known)

    def chosen_of(self, key: str) -> Chosen:
        """The account of a row."""
        one = self.lines[key]
        return Chosen(one.facts.account_id, one.facts.name, None, one.why)

    def glyph(self, one: AccountLine) -> Column:
        """The band."""
        return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])

    def paint(self, one: AccountLine, width: int) -> list[Cell]:
        """Name, amount, tier and renewal."""
        renews, role = _renews(one, self.today())
        name = Column(one.facts.name, name_width(width))
        return line(
            width,
            [
                self.glyph(one), name, Column(_arr(one), 6, right=True), Column(str(one.facts.tier)),
                Column(renews, 10, role, right=True), Column("", 1),
            ],
        )  # fmt: skip


def _arr(one: AccountLine) -> str:
    cents = one.facts.arr_cents
    return short(cents, one.facts.currency) if cents is not None else "–"


def _renews(one: AccountLine, today: date) -> tuple[str, str]:
    """When it renews, and how near that is."""
    on = one.facts.renewal_on
    if one.phase is Phase.CHURNED:
        return "churned", "muted"
    if on is None:
        return "–", "muted"
    return words.until(on, today), words.renewal_role(on, today)


def _next(one: AccountLine, today: date) -> tuple[str, str]:
    """When contact is owed next."""
    owed = one.standing
    if owed is None:
        return "–", "muted"
    if owed.booked_on is not None:
        return f"booked {owed.booked_on.day}", "success"
    return words.when(owed.ideal_on, today), words.when_role(owed.ideal_on, owed.latest_on, today)


def _pulse(one: AccountLine) -> str:
    """The pulse as five steps; the number stands beside it, since a shape is no value."""
    pulse = one.facts.pulse
    return "–" if pulse is None else f"{pulse} {'▪' * pulse}{'·' * (5 - pulse)}"


def _people(one: AccountLine) -> tuple[str, str]:
    """How many are engaged of how many that are wanted."""
    few = "error" if one.engaged == 0 else "warning" if one.engaged < one.needed else ""
    return people_engaged(one), few


def _next_on(one: AccountLine) -> int | None:
    owed = one.standing
    return None if owed is None else (owed.booked_on or owed.ideal_on).toordinal()


def _renews_on(one: AccountLine) -> int | None:
    on = one.facts.renewal_on
    return None if on is None or one.phase is Phase.CHURNED else on.toordinal()
