"""The one thing a pane may talk to: read, do, undo, news, today. Everything behind it runs off the screen's thread."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any, Protocol

from csm_tui import clock
from csm_tui.domain.policy import POLICY, Policy
from csm_tui.store import journal
from csm_tui.store.connection import WORKSPACE_BUSY_S, reading
from csm_tui.store.looks import note_look
from csm_tui.store.only_read import why_only_read
from csm_tui.tui.handed import Answer, Done, News

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor
    from datetime import date

    from csm_tui.store.verbs import Writing
    from csm_tui.tui.sweeping import Sweep

LOOK_BUSY_S = 1.0
"""Nobody waits longer than this to leave because another csm is writing."""

UNKEPT = "unkept"
"""The slot in which it is said why what is kept by itself could not be: a draft, the backup of the day."""

EVERYTHING = frozenset(journal.JOURNALLED)


class Labelled(Protocol):
    """A command that says what it is called."""

    @property
    def label(self) -> str:
        """What history and undo call it."""


class Desk:
    """Reads views and carries out commands in threads of its own, and hands over what comes of them.

    `deliver` is called from those threads. A slot is asked anew before it has answered only when the first question is
    out of date, so only the newest one is answered.
    """

    def __init__(
        self, path: str, today: date, deliver: Callable[[Answer | Done | News], None], policy: Policy = POLICY
    ) -> None:
        self.path = path
        self.today = today
        self.policy = policy
        self.only_read = why_only_read(path)
        self.origin = f"workspace {os.getpid()}"
        self._deliver = deliver
        self._reader = ThreadPoolExecutor(1, "read")
        self._surveyor = ThreadPoolExecutor(1, "survey")
        self._writer = ThreadPoolExecutor(1, "write")
        self._keeper = ThreadPoolExecutor(1, "keep")
        self._to_keep: dict[tuple[Any, ...], Any] = {}
        self._lock, self._marking = threading.Lock(), threading.Lock()
        self._wanted: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {}
        self._serving: set[str] = set()
        self._writing = self._deeds = 0
        self._unkept = ""
        self._sweep: Sweep | None = None
        self._unheard = False
        self._closing = False
        self.mark = 0

    @property
    def idle(self) -> bool:
        """Nothing is being read or written, and all that came of it is handed over."""
        with self._lock:
            return not self._serving and not self._wanted and self._writing == 0

    def ask(self, slot: str, view: Callable[..., Any], *wanted: Any) -> None:
        """Read a view for a slot; an unanswered question of the same slot is forgotten."""
        self._ask(self._reader, slot, view, wanted)

    def survey(self, slot: str, view: Callable[..., Any], *wanted: Any) -> None:
        """Read a view of the whole book for a slot. One comes after the other, since each may hold much of the book in
        memory, and nobody who asks about one account waits for them.
        """
        self._ask(self._surveyor, slot, view, wanted)

    def _ask(self, reader: Executor, slot: str, view: Callable[..., Any], wanted: tuple[Any, ...]) -> None:
        with self._lock:
            self._wanted[slot] = (view, wanted)
            if slot in self._serving:
                return
            self._serving.add(slot)
        reader.submit(self._serve, slot)

    def _serve(self, slot: str) -> None:
        while True:
            with self._lock:
                question = self._wanted.pop(slot, None)
                if question is None:
                    self._serving.discard(slot)
                    return
            answer = self._answer(slot, *question)
            with self._lock:
                outdated = slot in self._wanted
            if not outdated:
                self._deliver(answer)

    def _answer(self, slot: str, view: Callable[..., Any], wanted: tuple[Any, ...]) -> Answer:
        try:
            with reading(self.path, self.today, WORKSPACE_BUSY_S, self.policy) as book:
                book.keep_little()
                return Answer(slot, view(book, *wanted))
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            return Answer(slot, error=error)

    def do(
        self,
        action: Callable[[Writing, Any], Any],
        wanted: Labelled,
        *,
        light: bool = False,
        first: Callable[[], object] | None = None,
        then: Callable[[], object] | None = None,
    ) -> str:
        """Carry out a command in one transaction; `first` runs before it, `then` only once it is committed. The slot
        in which it is said how it went.

        `light` is for what may not wait for SQLModel to load.
        """
        return self._submit(self._do, action, wanted, light, first, then)

    def _do(
        self,
        action: Callable[[Writing, Any], Any],
        wanted: Labelled,
        light: bool,
        first: Callable[[], object] | None,
        then: Callable[[], object] | None,
    ) -> Done:
        from csm_tui.store.transaction import writer

        if first is not None:
            first()
        since = self.mark
        operation = journal.Operation(wanted.label, self.origin, clock.moment())
        with writer(light=light)(self.path, operation, self.today, WORKSPACE_BUSY_S, self.policy) as writing:
            result = action(writing, wanted)
        if then is not None:
            self._keeper.submit(then).result()  # behind what was to be kept before
        return Done(wanted.label, result, self._changes(since), account_id=getattr(wanted, "account_id", 0))

    def keep_up(self) -> None:
        """Open what the rules open by themselves today; what that changed is one piece of news at the end."""
        with self._lock:
            if self._closing:
                return
            self._writing += 1
            self._writer.submit(self._keep_up)

    def _keep_up(self) -> None:
        from csm_tui.tui.sweeping import Sweep

        self._sweep = self._sweep or Sweep(self)
        try:
            goes_on = self._sweep.ask()
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it ends the program
            goes_on = False
            self.broke(error)
        if not goes_on:
            self._written()

    def later(self, work: Callable[[], None]) -> bool:
        """Put a piece of long work behind what waits to be written; not once the desk is being closed."""
        with self._lock:
            if not self._closing:
                self._writer.submit(work)
            return not self._closing

    def swept(self, *, wrote: bool, again: bool) -> None:
        """The rules have opened what falls due."""
        if wrote or self._unheard:
            self.changed_elsewhere()
        if again:
            self.keep_up()
        self._written()

    def undo(self) -> None:
        """Take back the newest operation."""
        self._submit(self._revert, "undo")

    def redo(self) -> None:
        """Do again what was undone last."""
        self._submit(self._revert, "redo")

    def _revert(self, verb: str) -> Done:
        from csm_tui.store import transaction

        revert, since = transaction.undo if verb == "undo" else transaction.redo, self.mark
        undone = revert(self.path, self.origin, clock.moment(), WORKSPACE_BUSY_S)
        return Done(undone.label, undone, self._changes(since), verb=verb)

    def _submit(self, deed: Callable[..., Done], *arguments: Any) -> str:
        with self._lock:
            self._writing += 1
            self._deeds += 1
            slot = f"deed-{self._deeds}"
        self._writer.submit(self._carry_out, slot, deed, arguments)
        return slot

    def _carry_out(self, slot: str, deed: Callable[..., Done], arguments: tuple[Any, ...]) -> None:
        try:
            done = deed(*arguments)
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            done = Done("", error=error)
        if "account" in done.changed:
            self.keep_up()
        self._deliver(done._replace(slot=slot))
        self._written()

    def _written(self) -> None:
        with self._lock:
            self._writing -= 1

    def _changes(self, since: int | None = None) -> frozenset[str]:
        """The tables changed since a mark, else the last one, by us or by others; all of them where the book is an
        earlier one, which a restore has put in its place. A deed asks from before itself: the watch may have heard
        of it first.
        """
        with self._marking, reading(self.path, self.today, WORKSPACE_BUSY_S) as book:
            changed = journal.changed_since(book, self.mark if since is None else since)
            mark = journal.newest_change(book)
            earlier, self.mark = mark < self.mark, mark
        return EVERYTHING if earlier else changed

    def keep(self, write: Callable[..., str | None], *arguments: Any) -> None:
        """Run something small that must not hold up the screen, nor wait for a busy book, such as keeping a draft.

        Of several that are alike but for the last argument, and wait, only the newest is done. Why it could not be done
        is told once, not again with every letter.
        """
        alike = (write, *arguments[:-1])
        with self._lock:
            self._to_keep[alike] = arguments[-1]
        self._keeper.submit(self._keep, alike)

    def _keep(self, alike: tuple[Any, ...]) -> None:
        with self._lock:
            if alike not in self._to_keep:
                return
            newest = self._to_keep.pop(alike)
        write, *arguments = alike
        try:
            told = write(*arguments, newest) or ""
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            self.broke(error)
            return
        if told and told != self._unkept:
            self._deliver(Answer(UNKEPT, told))
        self._unkept = told

    def broke(self, error: Exception) -> None:
        """Hand over what went wrong in a thread that answers nobody."""
        self._deliver(Answer("news", error=error))

    def changed_elsewhere(self) -> None:
        """Another process has written: say which tables. While the rules open plans it is said when they have ended."""
        self._unheard = True  # before the look at the sweep, which looks at this once it has ended
        if self._sweep is not None and self._sweep.runs:
            return
        self._unheard = False
        try:
            changed = self._changes()
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it is told apart
            self.broke(error)
            return
        if changed:
            self._deliver(News(changed, self.today))

    def seen_until(self, at: str) -> None:
        """Note the moment up to which the book has been seen; a book that cannot be written keeps the one before."""
        self._writer.submit(note_look, self.path, at, LOOK_BUSY_S)

    def a_new_day(self, today: date, seen_until: str) -> None:
        """Midnight has passed: the day before has been seen, and everything is read anew."""
        self.today = today
        self.seen_until(seen_until)
        self._writer.submit(self._deliver, News(EVERYTHING, today, new_day=True))
        self.keep_up()

    def close(self) -> None:
        """Let what is being written finish; forget what is being read."""
        with self._lock:
            self._closing = True
        for reader in (self._reader, self._surveyor):
            reader.shutdown(wait=False, cancel_futures=True)
        self._writer.shutdown(wait=True)
        self._keeper.shutdown(wait=True)
