"""What the rules open by themselves on a day: plans whose time has come, and signs that only the calendar shows."""

from __future__ import annotations

from csm_tui.domain.playbooks import STANDARD
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.touchpoints import Signal


class Begins(NamedTuple):
    """A plan whose time has come, and the plans of the time before that end with it."""

    account_id: int
    account: str
    playbook: str
    anchor_on: date
    variant: str = STANDARD
    opt_out_on: date | None = None
    ends: tuple[int, ...] = ()


class Sees(NamedTuple):
    """A sign of risk that the rules see."""

    account_id: int
    account: str
    signal: Signal
    evidence: str


class KeepUp(NamedTuple):
    """What falls due on a day: all of it, else the first, a middle or the last part."""

    on: date
    begins: tuple[Begins, ...] = ()
    sees: tuple[Sees, ...] = ()
    first: bool = True
    last: bool = True

    @property
    def label(self) -> str:
        """What history calls it."""
        told = [f"{one.playbook} for {one.account}" for one in self.begins]
        told += [f"{one.signal} at {one.account}" for one in self.sees]
        more = f" and {len(told) - 3} more" if len(told) > 3 else ""
        return f"By rule: {', '.join(told[:3])}{more}"

    def parts(self, size: int) -> list[KeepUp]:
        """The same in parts of at most so many plans and signs."""
        size, count = max(1, size), len(self.begins) + len(self.sees)
        starts = range(0, max(count, 1), size)
        behind = len(self.begins)
        return [
            KeepUp(
                self.on, self.begins[at : at + size], self.sees[max(0, at - behind) : max(0, at + size - behind)],
                at == 0, at == starts[-1],
            )
            for at in starts
        ]  # fmt: skip
