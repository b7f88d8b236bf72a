"""What the rules open by themselves is opened before anybody looks at what is due: once a day for each book."""

from __future__ import annotations

from csm_tui.store.connection import BookFile, Busy, reading
from csm_tui.store.queries.kept_up import is_kept_up, is_whole
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from csm_tui.domain.policy import Policy

PATIENCE_S = 1.0
"""Looking is not held up for long by another csm that writes; the next look opens what falls due."""
FEW = 8
"""So many plans are written in some hundredths of a second, for which a key or another csm may wait."""
ALL = 10**9


def keep_up(path: str, today: date, policy: Policy) -> bool:
    """Ask the rules what falls due, unless they were asked today; whether they were asked now.

    A book that cannot be written, or is damaged, is left as it stands. Raises Refusal for one that cannot be read.
    """
    return any([True for _ in in_parts(path, today, policy, ALL)])


def in_parts(path: str, today: date, policy: Policy, size: int = FEW) -> Iterator[None]:
    """The same in parts of at most so many plans, each a transaction of one operation; others may write in between."""
    with reading(path, today, PATIENCE_S, policy) as book:
        if is_kept_up(book) or not is_whole(book):
            return
        from csm_tui.views.keep_up import falls_due

        wanted = falls_due(book)
    from csm_tui import clock
    from csm_tui.actions.keep_up import keep_up as open_some
    from csm_tui.store.journal import RULES, Operation
    from csm_tui.store.writing_light import write_light

    operation = Operation(wanted.label, RULES, clock.moment(), closed=True)
    for part in wanted.parts(size):
        try:
            with write_light(path, operation, today, PATIENCE_S, policy) as writing:
                open_some(writing, part)
                operation = operation._replace(goes_on=writing.operation_id)
        except (Busy, BookFile):
            return
        yield
