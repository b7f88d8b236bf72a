"""The backup of the day is made on a thread of its own, beside whoever reads, writes and types."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from csm_tui.domain.errors import Refusal
from csm_tui.store.connection import Unreadable
from csm_tui.tui.desk import UNKEPT
from csm_tui.tui.handed import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.store.daily import Daily


class Copier:
    """Makes the backup of each day; `deliver` is called from its thread, and says why one could not be made."""

    def __init__(self, path: str, deliver: Callable[[Answer], None]) -> None:
        self._path, self._deliver = path, deliver
        self._daily: Daily | None = None
        self._thread, self._ended = ThreadPoolExecutor(1, "copy"), False

    def begin(self) -> None:
        """Make the backup of today, unless it is made, or somebody has left before it was time for it."""
        if not self._ended:
            self._thread.submit(self._back_up)

    def _back_up(self) -> None:
        from csm_tui.store.daily import Daily

        try:
            self._daily = Daily()
            if self._ended:  # while it was made
                self._daily.give_up()
            self._daily.back_up(self._path)
        except Unreadable as damaged:  # whoever reads it meets the same, and it is said once
            self._deliver(Answer("news", error=damaged))
        except Refusal as refusal:
            self._deliver(Answer(UNKEPT, f"There is no backup of today yet. {refusal}"))
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            self._deliver(Answer("news", error=error))

    def end(self) -> None:
        """Give up what is not finished, since somebody wants to leave."""
        self._ended = True
        if self._daily is not None:
            self._daily.give_up()
        self._thread.shutdown(wait=True, cancel_futures=True)
