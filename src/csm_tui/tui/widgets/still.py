"""Widgets that Textual never scrolls: a new size of theirs is no reason to lay the screen out once more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.containers import Horizontal, Vertical
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.geometry import Size


class Still(Widget):
    """A widget without scroll bars of Textual's. Textual lays out and paints all anew lest one has to appear."""

    def _size_updated(self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True) -> bool:  # noqa: ARG002
        return super()._size_updated(size, virtual_size, container_size, layout=False)


class SideBySide(Horizontal, Still):
    """Widgets side by side."""


class Stacked(Vertical, Still):
    """Widgets on top of each other."""
