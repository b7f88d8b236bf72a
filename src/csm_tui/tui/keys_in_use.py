"""The keys that are pressed now: the tables of keys.py with what the settings changed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from csm_tui.tui.keys import LIST, NOWHERE, WORK

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from csm_tui.tui.keys import Key


class InUse:
    """The keys as they are, by the ids of those that changed."""

    def __init__(self, changed: Mapping[str, str]) -> None:
        self._changed = changed

    def of(self, table: Iterable[Key]) -> tuple[Key, ...]:
        """A table with the keys that are pressed now; what is switched off has none."""
        return tuple(self._now(key) if key.id in self._changed else key for key in table)

    def _now(self, key: Key) -> Key:
        from csm_tui.tui.remapping import sign

        keys = self._changed[key.id]
        return key._replace(keys=keys, shown=" ".join(sign(one) for one in keys.split(",") if one))

    def does(self, id_: str, what: str, before: str = " · ") -> str:
        """What a key of the panes does, behind a sentence: ` · u undoes`; nothing where it is switched off."""
        key = next(key for key in self.of(WORK) if key.id == id_)
        return f"{before}{key.label} {what}" if key.keys else ""

    @property
    def keymap(self) -> dict[str, str]:
        """What Textual is told."""
        return {name: keys or NOWHERE for name, keys in self._changed.items()}

    @property
    def count(self) -> int:
        """How many keys there are to press on the panes."""
        return sum(1 for key in self.of((*WORK, *LIST)) if key.keys)


DEFAULTS = InUse({})


def as_set(wanted: Mapping[str, str]) -> tuple[InUse, tuple[str, ...]]:
    """The keys as `[keys]` of the settings has them, and a sentence for each wish that was refused."""
    if not wanted:  # as for most: what a key may be need not be loaded
        return DEFAULTS, ()
    from csm_tui.tui.remapping import remapped

    keys, problems = remapped(wanted)
    return InUse(keys), problems


@runtime_checkable
class KeepsKeys(Protocol):
    """An app that knows which keys are in use."""

    in_use: InUse


def in_use(app: object) -> InUse:
    """The keys that are in use in an app."""
    return app.in_use if isinstance(app, KeepsKeys) else DEFAULTS
