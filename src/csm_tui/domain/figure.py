"""A value that carries the sentences which explain it, so that `why` can be asked of anything on a screen."""

from __future__ import annotations

from csm_tui.typed import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")


FEW = 20
"""Below so many a share or a median is shown with its number, dimmed, and takes no goal's colour."""


class Share(NamedTuple):
    """So many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> int | None:
        """In hundredths, rounded half up; None of none."""
        return (200 * self.part + self.whole) // (2 * self.whole) if self.whole else None

    @property
    def few(self) -> bool:
        """Too few to hold to a goal."""
        return self.whole < FEW

    def meets(self, goal: int) -> bool:
        """Whether it comes up to a goal in hundredths; by the counts, not by the rounded number."""
        return 100 * self.part >= goal * self.whole


class Median(NamedTuple):
    """The middle of so many days; None of none."""

    days: float | None
    number: int


class Figure(NamedTuple, Generic[Value]):
    """A value and why it is what it is."""

    value: Value
    why: tuple[str, ...]
