"""What is said at the foot of the workspace: what was done, what came of it, why not, and what was left unsaved."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui import safe
from csm_tui.domain.days import spoken
from csm_tui.tui import drafts
from csm_tui.tui.recovering import follows
from csm_tui.tui.widgets.cells import sentence_in
from csm_tui.views.accounts import one_account

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm_tui.tui.desk import Desk
    from csm_tui.tui.handed import Done
    from csm_tui.tui.keys_in_use import InUse
    from csm_tui.views.accounts import AccountLine

MOST_NOTICES = 3
TOAST = 56
"""No wider is what is said; wrapped by Textual, a long one loses its last line on a narrow terminal."""

MOST_LINES = 8
"""So tall is a notice at most: of a name without end its beginning is said, and the end of the sentence."""

SAID = {"done": ("", "undo", "undoes"), "undo": ("Undone: ", "redo", "does it again"),
        "redo": ("Done again: ", "undo", "undoes")}  # fmt: skip
"""What stands before that which was done, by how; and the key that takes it back."""


class Telling:
    """What the app says. It stands apart from the app only to keep both short."""

    desk: Desk
    in_use: InUse
    size: Any
    notify: Callable[..., None]
    _notifications: Any
    clear_notifications: Callable[[], None]
    ask_then: Callable[..., str]

    def tell(self, sentence: str, severity: Any = "information", *, beside: bool = False) -> None:
        """Say what was done, or why not, in place of what was said before unless it is to stand beside that.

        What went wrong and is being said already, since many lists met it, is said once.
        """
        lines = sentence_in(safe.shown(sentence), min(TOAST, self.size.width * 3 // 4 - 4))
        told = "\n".join(lines if len(lines) <= MOST_LINES else [*lines[: MOST_LINES - 2], "…", lines[-1]])
        if severity == "error" and any(notice.message == told for notice in self._notifications):
            return
        if not beside:
            self.clear_notifications()
        self.notify(
            told,
            severity=severity,
            markup=False,
            timeout=6 if severity == "information" else 10,
        )

    def tell_notices(self, notices: Sequence[str]) -> None:
        """What is wrong in the settings file; the program runs with the defaults there."""
        for notice in notices[:MOST_NOTICES]:
            self.tell(notice, "warning", beside=True)
        more = len(notices) - MOST_NOTICES
        if more > 0:
            self.tell(f"{more} more in the settings file: `csm settings` names them.", "warning", beside=True)

    def tell_drafts(self) -> None:
        """What was typed and not saved, and how it comes back."""
        kept = drafts.of_book(self.desk.path)
        count = sum(name.startswith("log-") for name in kept)
        if count:
            lines = "line is" if count == 1 else "lines are"
            back = self.in_use.does("log", "on the account brings it back", ": ")
            self.tell(f"{count} half-typed {lines} kept{back}.", beside=True)
        elif kept:
            forms = "form is" if len(kept) == 1 else "forms are"
            self.tell(f"{len(kept)} half-filled {forms} kept: adding or editing the same brings it back.", beside=True)

    def tell_done(self, done: Done, *, walks: bool) -> None:
        """What was done, and what came of it unless its walk shows that."""
        if done.verb == "done" and done.account_id and "touchpoint" in done.changed and not walks:
            self.ask_then(lambda line: self._tell_next(done, line), one_account, done.account_id)
        else:
            before, key, what = SAID[done.verb]
            self.tell(f"{before}{done.label}{'' if walks else follows(done.result)}{self.in_use.does(key, what)}")

    def _tell_next(self, done: Done, line: AccountLine | None) -> None:
        """What was logged, when contact is owed next, and what else came of it."""
        owed = line.standing if line is not None else None
        soon = (
            f" · next check-in {spoken(owed.booked_on or owed.ideal_on, self.desk.today)}" if owed is not None else ""
        )
        self.tell(f"{done.label}{soon}{follows(done.result)}{self.in_use.does('undo', 'undoes')}")
