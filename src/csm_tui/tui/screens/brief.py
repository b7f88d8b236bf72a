"""The brief: one page about an account before a call, to read, to copy as Markdown, and to go on to the log from."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from rich.cells import cell_len
from textual.containers import Vertical
from textual.content import Content

from csm_tui.exchange.brief_markdown import brief_markdown
from csm_tui.exchange.brief_page import page
from csm_tui.tui import keys
from csm_tui.tui.widgets.cells import Cell, Column, flowed, line, wrap
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.rows import Rows
from csm_tui.tui.widgets.sheet import BLANK, Row
from csm_tui.views.brief import brief

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from textual import events
    from textual.app import ComposeResult
    from textual.binding import BindingType

    from csm_tui.exchange.brief_page import Line, Page, Section
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Answer
    from csm_tui.views.brief import Brief

MOST_LINES = 3
FRAME = 2
LEAD_SHARE = 4
"""What stands first takes at most a fourth of a line."""


class BriefScreen(Dialog[str]):
    """A list of sections, which follows what is written meanwhile."""

    CSS = """
    BriefScreen .dialog { width: 116; max-width: 100%; max-height: 100%; padding: 0 1; }
    """
    KEYS = keys.BRIEF
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in KEYS]

    def __init__(self, desk: Desk, found: Brief, copy: Callable[[str, str], None]) -> None:
        super().__init__()
        self._desk, self._copy = desk, copy
        self._account_id = found.line.facts.account_id
        self._page = page(found)
        self.slot = f"brief-{self._account_id}"

    def compose(self) -> ComposeResult:
        """The box and the list."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content(self._page.title)
            box.border_subtitle = Content("y copy as Markdown · l log · ? keys · esc back")
            yield Rows()

    def on_mount(self) -> None:
        """Show what was read."""
        self.query_one(Rows).focus()

    def on_resize(self, _event: events.Resize) -> None:
        """Break the lines anew, once there is a width."""
        self.call_after_refresh(self._show)

    def _show(self) -> None:
        lines = self.query_one(Rows)
        lines.fill(list(_rows(self._page, max(30, lines.size.width - 3))))
        lines.styles.height = min(len(lines.rows), self.size.height - FRAME)

    def heard(self, _changed: frozenset[str]) -> None:
        """Something changed: read anew."""
        self._desk.ask(self.slot, brief, self._account_id)

    def answered(self, answer: Answer) -> None:
        """Show what was read anew; an account that is gone takes its brief along."""
        if answer.slot != self.slot:
            return
        if answer.data is None:
            self.answer(None)
            return
        self._page = page(answer.data)
        self._show()

    def action_copy_brief(self) -> None:
        """The whole page, as Markdown."""
        self._copy(brief_markdown(self._page), f"the brief of {self._page.title}")

    def action_answer(self, verb: str) -> None:
        """Go on with something else."""
        self.answer(verb)


def _rows(made: Page, width: int) -> Iterator[Row]:
    for parts in made.head:
        for text in flowed(list(parts), width):
            yield _plain(text)
    for number, section in enumerate(made.sections):
        yield BLANK
        yield _title(section)
        yield from _section(section, number, width)


def _section(section: Section, number: int, width: int) -> Iterator[Row]:
    lead = max((cell_len(one.lead) for one in section.lines), default=0)
    lead = min(lead, width // LEAD_SHARE)
    tail = max((cell_len(one.tail) for one in section.lines), default=0)
    for place, one in enumerate(section.lines):
        yield from _line(one, f"{number}-{place}", (lead, tail), width)
    if not section.lines:
        yield _plain(f"  {section.empty}", "muted", f"{number}-none")
    if section.more:
        yield _plain(f"  and {section.more:,} more", "muted", f"{number}-more")


def _title(section: Section) -> Row:
    cells = [Cell(" "), Cell(section.title.upper(), "heading bold"), Cell(f"  {section.note}", "muted")]
    return Row("", lambda _width: cells)


def _plain(text: str, role: str = "", key: str = "") -> Row:
    return Row(key, lambda _width: [Cell(" "), Cell(text, role)])


def _line(one: Line, key: str, sizes: tuple[int, int], width: int) -> Iterator[Row]:
    """What stands first, the text broken under itself, and the tail at the end of the first line."""
    lead, tail = sizes
    room = max(10, width - lead - tail - (4 if tail else 3))
    for number, text in enumerate(wrap(one.text, room, MOST_LINES)):
        columns = [Column("" if number else one.mark, 1, one.role), Column("" if number else one.lead, lead, "muted"),
                   Column(text, room)]  # fmt: skip
        if tail and not number:
            columns.append(Column(one.tail, tail, one.tail_role, right=True))
        yield Row("" if number else key, lambda _width, columns=columns: [Cell(" "), *line(width, columns)])  # type: ignore[misc]
