"""The app: mounts the workspace, routes what the desk hands over, and ends well.

This is one of the two places where a Refusal is caught; the other is the shell.
"""

from __future__ import annotations

import os
from contextlib import suppress
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.filter import ANSIToTruecolor
from textual.message import Message

from csm_tui import clock
from csm_tui.domain.errors import Refusal
from csm_tui.settings import ASCII, COMPACT, DEFAULT, Settings
from csm_tui.store.watch import Watch
from csm_tui.tui import keys, keys_in_use
from csm_tui.tui.adding import Adding
from csm_tui.tui.arranging import Arranging
from csm_tui.tui.beginning import Beginning
from csm_tui.tui.briefing import Briefing
from csm_tui.tui.bringing import Bringing
from csm_tui.tui.commanding import Commanding
from csm_tui.tui.copier import Copier
from csm_tui.tui.desk import UNKEPT, Desk
from csm_tui.tui.driver import TerminalDriver
from csm_tui.tui.exporting import Exporting
from csm_tui.tui.going_back import GoingBack
from csm_tui.tui.handed import Answer, Done, News
from csm_tui.tui.harmless import Harmless
from csm_tui.tui.marking import Marking
from csm_tui.tui.moving import Moving
from csm_tui.tui.recovering import Recovering
from csm_tui.tui.screens.workspace import Workspace
from csm_tui.tui.stepping import Stepping
from csm_tui.tui.telling import Telling
from csm_tui.tui.themes import PLAIN, wanted_theme
from csm_tui.tui.typing_ahead import TypingAhead
from csm_tui.tui.work import Work

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from textual.binding import BindingType
    from textual.driver import Driver
    from textual.filter import LineFilter
    from textual.screen import Screen

    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.start import First, Start


QUIET_S = 3.0
"""How long after the first frame the backup of the day is begun: by then nobody waits for what is loaded."""


class Delivered(Message):
    """Something the desk hands over, from one of its threads."""

    def __init__(self, what: Answer | Done | News) -> None:
        super().__init__()
        self.what = what


class CsmApp(
    TypingAhead,
    Marking,
    Arranging,
    Work,
    GoingBack,
    Adding,
    Moving,
    Commanding,
    Bringing,
    Briefing,
    Exporting,
    Recovering,
    Stepping,
    Beginning,
    Telling,
    App[int],
):
    """The workspace on one book."""

    TITLE = "csm"
    CSS_PATH = "base.tcss"
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [key.binding() for key in keys.WORK]

    def __init__(self, path: str, today: date, start: Start | None = None, settings: Settings = DEFAULT) -> None:
        self.stage = start.stage if start is not None else None
        super().__init__()
        self.animation_level = "none"  # a key is answered at once: nothing glides
        self.settings = settings
        self.in_use, problems = keys_in_use.as_set(settings.keys)
        self._notices = (*settings.notices, *problems, *self._dress(settings))
        self._harmless = Harmless(ascii_only=settings.glyphs == ASCII)  # one: lines are remembered by their filter
        self.desk = Desk(path, today, self._deliver, settings.policy)
        self._copier = Copier(path, self._deliver)
        self._start = start
        self._watch = Watch(path, self.desk.changed_elsewhere, self._tick, self.desk.broke)
        self._thens: dict[str, Callable[[Any], None]] = {UNKEPT: self._tell_unkept}
        self._asked = 0
        self.recent: list[str] = []
        self.next_command: tuple[str, ...] = ()
        self._pinned = today != clock.today()
        self.workspace = Workspace(self.desk)

    def _dress(self, settings: Settings) -> tuple[str, ...]:
        """Take the theme and the density that were set; what is to be said about it."""
        theme, doubts = wanted_theme(os.environ.get("TEXTUAL_THEME") or settings.theme)
        self.theme = PLAIN  # Textual began with the name that the environment gives, and may not have known it
        self.register_theme(theme)
        self.theme = theme.name
        self.set_class(settings.density == COMPACT, "-compact")
        return doubts

    def get_default_screen(self) -> Screen[Any]:
        """The workspace is the home."""
        return self.workspace

    def get_driver_class(self) -> type[Driver]:
        """Textual's way to a terminal, made to outlive it; a test's own where it has one."""
        found = super().get_driver_class()
        return TerminalDriver if found is LinuxDriver else found

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's own, then the last gate. No style of ours is in the terminal's colours unless the theme is."""
        own = super().get_line_filters()
        return [*(one for one in own if not isinstance(one, ANSIToTruecolor)), self._harmless]

    def on_mount(self) -> None:
        """Listen once the first frame is there."""
        self.set_keymap(self.in_use.keymap)
        self.call_after_refresh(self._listen)

    def first(self) -> First | None:
        """The first list, if it was read ahead, and from here on what is news."""
        if self._start is None:
            return None
        self.desk.mark = self._start.first.mark
        return self._start.first

    def keep_form(self) -> None:
        """Keep the form of the first frame that has just been painted, where none is kept yet."""
        if self._start is not None and self._start.form_key:
            from csm_tui.tui import first_paint, kept_form

            self.desk.keep(first_paint.keep, self._start.form_key, kept_form.taken(self.workspace))

    def _listen(self) -> None:
        self._watch.start()
        self.desk.keep_up()
        self.tell_notices(self._notices)
        if self.desk.only_read:
            self.tell(self.desk.only_read, "warning", beside=True)
        self.call_after_refresh(self.look_back)  # behind the lists
        self.tell_drafts()
        self.set_timer(QUIET_S, self._back_up)

    def on_unmount(self) -> None:
        """Note that all was seen, and let what is being written finish."""
        self._watch.stop()
        self.desk.seen_until(clock.moment())
        self._copier.end()
        self.desk.close()

    def _deliver(self, what: Answer | Done | News) -> None:
        self.post_message(Delivered(what))

    def _tick(self) -> None:
        """Midnight, noticed from the watch's thread; a day that no clock can mean is not taken up."""
        with suppress(Refusal):
            if not self._pinned and clock.today() != self.desk.today:
                self.desk.a_new_day(clock.today(), clock.end_of_yesterday())

    def ask_then(
        self, then: Callable[[Any], None], view: Callable[..., Any], *wanted: Any, survey: bool = False
    ) -> str:
        """Read a view off this thread, of the whole book behind what else is; go on with what it answers. The slot in
        which it does.
        """
        self._asked += 1
        slot = f"then-{self._asked}"
        self._thens[slot] = then
        (self.desk.survey if survey else self.desk.ask)(slot, view, *wanted)
        return slot

    def on_delivered(self, message: Delivered) -> None:
        """Take what the desk hands over. While the program ends and takes its screens apart only a bug is told."""
        what = message.what
        if self.is_running:
            self._route(what)
        elif not isinstance(what, News) and what.error is not None and not isinstance(what.error, Refusal):
            raise what.error

    def _route(self, what: Answer | Done | News) -> None:
        if isinstance(what, Done):
            self._tell_waiting(what)
        if isinstance(what, News):
            self._news(what)
        elif what.error is not None:
            self._tell_asker(what)
            self._failed(what.error, self._waiting(what.slot))
        elif isinstance(what, Done):
            self._done(what)
        elif what.slot in self._thens:
            self._thens.pop(what.slot)(what.data)
            self._say_saved(what.slot)
        else:
            for screen in self.screen_stack:
                if hasattr(screen, "answered"):
                    screen.answered(what)

    def _tell_unkept(self, why: str) -> None:
        """A draft, or the backup of the day, could not be kept; it may be so again."""
        self._thens[UNKEPT] = self._tell_unkept
        self.tell(why, "warning", beside=True)

    def _news(self, news: News) -> None:
        """Show what another process did, or the new day, which looks back like an opening."""
        self._heard(news.changed)
        if news.new_day:
            self.look_back()
            self._back_up()

    def _back_up(self) -> None:
        """Make the backup of the day, of a book that can be written."""
        if not self.desk.only_read:
            self._copier.begin()

    def _tell_asker(self, failed: Answer | Done) -> None:
        """A pane that asked shows that it could not be read; a form that is on its way does not come."""
        if failed.slot == self.held_for:
            self.let_go()
        for screen in self.screen_stack:
            if hasattr(screen, "unanswered") and isinstance(failed, Answer):
                screen.unanswered(failed)

    def _tell_waiting(self, done: Done) -> None:
        """A screen may wait for what it had written."""
        for screen in self.screen_stack:
            if hasattr(screen, "finished"):
                screen.finished(done)

    def _waiting(self, slot: str) -> Any:
        """The form that waits for what is told in a slot, if one does."""
        return next((screen for screen in self.screen_stack if slot and getattr(screen, "waiting", "") == slot), None)

    def _say_saved(self, slot: str) -> None:
        """The form that waited for this can go."""
        if form := self._waiting(slot):
            form.saved()

    def _failed(self, error: Exception, form: Any) -> None:
        """A Refusal is a sentence, in the form that waits for it if one does; anything else is a bug, and shows so."""
        if not isinstance(error, Refusal):
            raise error
        if form is not None:
            form.not_saved(str(error))
        else:
            self.tell(str(error), "error")

    def _heard(self, changed: frozenset[str]) -> None:
        for screen in self.screen_stack:
            if hasattr(screen, "heard"):
                screen.heard(changed)

    def _done(self, done: Done) -> None:
        self._heard(done.changed)
        self._say_saved(done.slot)
        self.tell_done(done, walks=self.walk_opened(done))

    def chosen(self) -> Chosen | None:
        """What the cursor stands on, on whichever screen."""
        screen: Any = self.screen
        return screen.chosen() if hasattr(screen, "chosen") else None

    def panic(self, *_renderables: Any) -> None:
        """What Textual would show of a bug holds values, so it is told like any other."""
        self._return_code = 1
        self._fatal_error()

    def _fatal_error(self) -> None:
        """A bug ends the program: say where, in the code's words only, since a value may be a customer's."""
        from rich.text import Text
        from textual.worker import WorkerFailed

        from csm_tui.bugs import report

        error = self._exception
        self.bell()
        told = report(error.error if isinstance(error, WorkerFailed) else error)
        self._exit_renderables[:] = [Text(told)]  # the first is the cause
        self._close_messages_no_wait()
