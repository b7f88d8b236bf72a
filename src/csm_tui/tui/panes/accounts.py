"""The book: every account with its contract, its rhythm and its people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from csm_tui import words
from csm_tui.domain.accounts import Phase
from csm_tui.domain.money import short
from csm_tui.domain.naming import folded
from csm_tui.tui.pane import EMPTY_BOOK, Chosen, Pane, joined, name_width
from csm_tui.tui.widgets.cells import Cell, Column, line
from csm_tui.tui.widgets.rows import Row
from csm_tui.views.accounts import account_glance, account_list

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from csm_tui.views.accounts import AccountLine, AccountList

RENEWAL_NEAR, RENEWAL_SOON = 30, 90


class AccountsPane(Pane):
    """Worst band first, then the largest amount."""

    NUMBER: ClassVar[int] = 2
    TITLE: ClassVar[str] = "Accounts"
    READS: ClassVar[frozenset[str]] = frozenset({"account", "touchpoint", "contact", "touchpoint_contact", "pulse"})
    EMPTY: ClassVar[tuple[str, ...]] = EMPTY_BOOK

    data: AccountList | None = None

    def question(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        """The whole list when it is in use, else the one account that stands first."""
        return (account_list, ()) if self.tall else (account_glance, ())

    def show(self, data: AccountList) -> None:
        """One row an account; made when it is looked at."""
        self.data = data
        self._lines = {str(one.facts.account_id): one for one in data.lines}
        rows = [Row(key, _painter(one, data.today, self)) for key, one in self._lines.items()]
        self.set_rows([*self._header(), *rows])

    def _header(self) -> list[Row]:
        if not self.zoomed:
            return []
        return [Row("", _paint_header), Row("", lambda _width: [])]

    def summary(self) -> list[Cell]:
        """How many there are, and how they are sorted."""
        return joined([(f"{self.data.size:,}", ""), ("by risk", "muted")]) if self.data else []

    def text_of(self, key: str) -> str:
        """The name, tier, phase, band and domain."""
        one = self._lines[key]
        return folded(f"{one.facts.name} {one.facts.tier} {one.phase} {one.band}")

    def chosen(self) -> Chosen | None:
        """The account under the cursor."""
        one = self._lines.get(self.key) if self.data else None
        if one is None:
            return None
        return Chosen(one.facts.account_id, one.facts.name, None, one.why)


def _painter(one: AccountLine, today: date, pane: AccountsPane) -> Callable[[int], list[Cell]]:
    return lambda width: (_paint_board if pane.zoomed and width >= 60 else _paint)(one, today, width)


def _glyph(one: AccountLine) -> Column:
    return Column(f" {words.BY_HAND[one.band]}", 2, words.BAND_ROLES[one.band])


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
    days = on.toordinal() - today.toordinal()
    role = "error" if days <= RENEWAL_NEAR else "warning" if days <= RENEWAL_SOON else "muted"
    return words.until(on, today), role


def _next(one: AccountLine, today: date) -> tuple[str, str]:
    """When contact is owed next."""
    owed = one.standing
    if owed is None:
        return "–", "muted"
    if owed.booked_on is not None:
        return f"booked {owed.booked_on.day}", "success"
    return words.when(owed.ideal_on, today), words.when_role(owed.ideal_on, owed.latest_on, today)


def _paint(one: AccountLine, today: date, width: int) -> list[Cell]:
    renews, role = _renews(one, today)
    name = Column(one.facts.name, name_width(width))
    return line(
        width,
        [
            _glyph(one), name, Column(_arr(one), 6, right=True), Column(str(one.facts.tier)),
            Column(renews, 10, role, right=True), Column("", 1),
        ],
    )  # fmt: skip


BOARD = (
    ("account", 0, False), ("tier", 11, False), ("pulse", 7, False), ("ARR", 7, True), ("day", 5, True),
    ("phase", 10, False),
    ("last", 6, True), ("next", 9, True), ("renews", 10, True), ("people", 7, True),
)  # fmt: skip


LEFT_OUT = frozenset({"tier", "pulse", "day", "phase"})
"""What a narrow board does without, sooner than without when contact is owed and when the contract renews."""


def _board(texts: list[tuple[str, str]], glyph: Column, width: int) -> list[Cell]:
    columns = [
        Column(text, size, role, right=right)
        for (text, role), (title, size, right) in zip(texts, BOARD, strict=True)
        if width >= 96 or title not in LEFT_OUT
    ]
    return line(width, [glyph, *columns, Column("", 1)], gap=2)


def _paint_header(width: int) -> list[Cell]:
    return _board([(title, "muted") for title, _, _ in BOARD], Column(" ", 2), width)


def _paint_board(one: AccountLine, today: date, width: int) -> list[Cell]:
    facts = one.facts
    renews, renews_role = _renews(one, today)
    soon, soon_role = _next(one, today)
    few = "error" if one.engaged == 0 else "warning" if one.engaged < one.needed else ""
    texts = [
        (facts.name, ""), (str(facts.tier), "muted"), (_pulse(one), words.BAND_ROLES[one.band]), (_arr(one), ""),
        ("–" if one.day is None else str(one.day), ""), (str(one.phase), "muted"),
        (words.ago(facts.last_two_way_on, today), "muted"), (soon, soon_role), (renews, renews_role),
        (f"{one.engaged} of {one.needed}", few),
    ]  # fmt: skip
    return _board(texts, _glyph(one), width)


def _pulse(one: AccountLine) -> str:
    """The pulse as five steps; the number stands beside it, since a shape is no value."""
    pulse = one.facts.pulse
    return "–" if pulse is None else f"{pulse} {'▪' * pulse}{'·' * (5 - pulse)}"
