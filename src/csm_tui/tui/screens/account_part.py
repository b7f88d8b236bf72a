"""What the parts of the account screen share: a bordered list as high as its lines, over which the keys move on."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from textual.content import Content
from textual.message import Message

from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from textual import events
    from textual.geometry import Size

    from csm_tui.views.account import AccountPage

METER = 10
BANDS = "5 and 4 are healthy, 3 is watch, 2 and 1 are at risk."


class Part(ShyRows):
    """One part of the account. It is as high as its lines where the screen lets it."""

    NAME: ClassVar[str]
    TITLE: ClassVar[str]

    class AtEnd(Message):
        """The last line has been reached, down (1) or up (-1), and the cursor was to go further."""

        def __init__(self, part: Part, step: int) -> None:
            super().__init__()
            self.part = part
            self.step = step

    def __init__(self) -> None:
        super().__init__(id=f"part-{self.NAME}", classes="pane part")
        self.page: AccountPage | None = None
        self.border_title = Content(self.TITLE)
        self._built_for = -1

    def show(self, page: AccountPage) -> None:
        """Show an account."""
        before, self.page = len(self.rows), page
        self._build()
        if len(self.rows) != before:
            self.refresh(layout=True)

    def _build(self) -> None:
        self._built_for = self.size.width
        if self.page is None:
            return
        self.entitle(under=Content.assemble(self.under(self.page)))
        self.fill(list(self.lines_of(self.page, room(self.size.width))))

    def lines_of(self, page: AccountPage, width: int) -> Iterator[Row]:
        """The lines."""
        raise NotImplementedError

    def under(self, page: AccountPage) -> Content:  # noqa: ARG002
        """What stands in the lower border."""
        return Content("")

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as its lines would be in that width."""
        return max(1, sum(1 for _ in self.lines_of(self.page, room(width)))) if self.page else 1

    def on_resize(self) -> None:
        """Wrap anew when the width has changed."""
        if self.size.width != self._built_for:
            self._build()
        super().on_resize()

    def action_move(self, step: int) -> None:
        """One row; at the end it is said that there is no further row here."""
        before = self.cursor
        super().action_move(step)
        if self.cursor == before:
            self.post_message(self.AtEnd(self, step))

    def _wheel(self, event: events.MouseEvent, rows: int) -> None:
        """What is not to be scrolled here is left to the screen."""
        if self.scroll_rows_to(self.top + rows):
            event.stop()
            self.repaint()


def room(width: int) -> int:
    """What a line has of a width: less a blank on each side and the scroll bar."""
    return max(20, width - 3)
