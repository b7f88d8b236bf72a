"""Lines that are broken anew when the width changes; how they stand in a width, whoever shows them says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.tui.widgets.cells import Cell, wrap
from csm_tui.tui.widgets.rows import ShyRows
from csm_tui.tui.widgets.sheet import BLANK, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from textual.geometry import Size

MARGIN = 3
"""A blank on each side, and the scroll bar."""

LEAST = 20


class Broken(ShyRows):
    """A list whose lines depend on its width; where its height is `auto`, it is as high as they are."""

    def __init__(self, *, id: str) -> None:
        super().__init__(id=id)
        self._lines: Callable[[int], Iterable[Row]] | None = None
        self._built_for = -1

    def show(self, lines_of: Callable[[int], Iterable[Row]]) -> None:
        """Show what stands in a width."""
        before, self._lines = len(self.rows), lines_of
        self._build()
        if len(self.rows) != before:
            self.refresh(layout=True)

    def _build(self) -> None:
        self._built_for = self.size.width
        if self._lines is not None and self.size.width:
            self.fill(list(self._lines(max(LEAST, self.size.width - MARGIN))))

    def _keep_in_sight(self) -> bool:
        """What is only looked at begins with its first line."""
        return super()._keep_in_sight() if self.has_focus else self.scroll_rows_to(0)

    def on_focus(self) -> None:
        """The cursor is to be seen; by `has_focus` it has the keys only after this."""
        super()._keep_in_sight()

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002
        """As high as its lines would be in that width."""
        return max(1, len(self.kept(list(self._lines(max(LEAST, width - MARGIN)))))) if self._lines else 1

    def on_resize(self) -> None:
        """Break the lines anew when the width has changed."""
        if self.size.width != self._built_for:
            self._build()


def sentences(texts: Iterable[str], width: int, role: str = "") -> Iterator[Row]:
    """Sentences with a blank line between them."""
    for number, text in enumerate(texts):
        if number:
            yield BLANK
        for part in wrap(text, width):
            yield Row("", lambda _width, part=part: [Cell(part, role)])  # type: ignore[misc]
