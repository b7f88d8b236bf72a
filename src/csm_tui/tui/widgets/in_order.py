"""A field does at once what a key of its own asks, and leaves to others what was typed behind a key that left it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from textual.widget import Widget

if TYPE_CHECKING:
    from textual import events

    Base = Widget
else:
    Base = object


LEAVES = frozenset({"tab", "shift+tab", "up", "down"})
"""Keys of the screen that go to another field: what was typed before them stays in this one."""


class InOrder(Base):
    """What an input adds, so that keys are done in the order in which they were typed.

    Textual hands a key that is no letter up to the app, which then asks the field to carry it out. What a slow line
    delivers with it has been typed by then: of `ab`, backspace, `c` the `c` would be taken away.
    """

    async def on_key(self, event: events.Key) -> None:
        """Carry out a key of this very field here, and one that leaves it; letters and other keys go the usual way.

        What comes once the field has been left is not its own any more: the app finds whom it is meant for.
        """
        app: Any = self.app
        if event.is_forwarded and (self.screen.focused is not self or app.held):
            event.prevent_default()
            return
        if event.is_printable:
            return
        for namespace, bindings in self.screen._modal_binding_chain:
            if namespace is not self and (namespace is not self.screen or event.key not in LEAVES):
                continue
            for binding in bindings.key_to_bindings.get(event.key, ()):
                if (
                    not binding.priority
                    and "." not in binding.action
                    and await app.run_action(binding.action, namespace)
                ):
                    event.stop()
                    event.prevent_default()
                    return
