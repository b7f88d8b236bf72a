"""What is typed while a form is on its way is meant for the form: it is kept, and typed into it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual import events
from textual.widgets import Input

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    Base = App[int]
else:
    Base = object


GIVEN_TO = "given_to"
"""Under this name a key carries what had the keys when it was typed."""

SOON_S = 0.005
"""How often it is looked whether the form is there."""


class TypingAhead(Base):
    """The part of the app that holds keys back. It stands apart from the app only to keep both short."""

    ask_then: Callable[..., str]
    held = False
    """Whether what a form shows is still being read."""
    held_for = ""
    """The slot in which that will be told."""
    _ahead: tuple[events.Key, ...] = ()

    def ask_for_form(self, then: Callable[[Any], None], view: Callable[..., Any], *wanted: Any) -> None:
        """Read what a form needs, and open it."""
        self.held = True

        def go_on(data: Any) -> None:
            self.held, before = False, self.screen
            then(data)
            if self.screen is before:
                self.let_go()

        self.held_for = self.ask_then(go_on, view, *wanted)

    def let_go(self) -> None:
        """No form comes: what was typed for it does nothing."""
        self.held, self._ahead = False, ()

    @property
    def _on_its_way(self) -> bool:
        there = not self.screen_stack or (self.screen.is_mounted and self.screen.size)  # by then it has its focus, too
        return self.held or not there

    async def _type(self) -> None:
        """Once the form is there, it gets what was typed, before what came meanwhile and waits for this thread."""
        if self._on_its_way:
            self.set_timer(SOON_S, self._type)
            return
        kept, self._ahead = self._ahead, ()
        for key in kept:
            await self.on_event(key)

    async def on_event(self, event: events.Event) -> None:
        """Keep a key for a form on its way, one included that the list had first and made nothing of.

        One that comes back unused from what had the keys then begins anew at what has them now: a slow line brings
        a key and what is meant for the form that it opens in one packet. So does one that a field was not ready for.
        """
        if isinstance(event, events.Key) and (self._ahead or self._on_its_way):
            if not self._ahead:
                self.set_timer(SOON_S, self._type)
            self._ahead += (events.Key(event.key, event.character),)
            return
        if not isinstance(event, events.Key):
            await super().on_event(event)
        elif not event.is_forwarded:
            setattr(event, GIVEN_TO, self.focused)
            await super().on_event(event)
        elif getattr(event, GIVEN_TO, self.focused) is not self.focused:
            await self.on_event(events.Key(event.key, event.character))
        elif event.is_printable and isinstance(self.focused, Input):
            self.focused.post_message(events.Key(event.key, event.character))
        else:
            await super().on_event(event)
