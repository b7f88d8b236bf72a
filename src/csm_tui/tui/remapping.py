"""Keys as the settings change them: each wish is checked, and refused by name, since Textual takes anything."""

from __future__ import annotations

from string import punctuation
from typing import TYPE_CHECKING, NamedTuple

from textual.binding import Binding
from textual.keys import Keys

from csm_tui.tui.keys import SCREENS, TYPED

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

ALIASES = {
    "esc": "escape", "return": "enter", "del": "delete", "ins": "insert", "pgup": "pageup", "pgdn": "pagedown",
    "backtab": "shift+tab", ",": "comma",
}  # fmt: skip
IMPOSSIBLE = {
    "ctrl+i": "a terminal sends it as tab", "ctrl+m": "a terminal sends it as enter",
    "ctrl+j": "a terminal sends it as enter", "ctrl+h": "a terminal sends it as backspace",
    "ctrl+q": "it always quits", "ctrl+c": "it is kept for copying",
}  # fmt: skip
UNSENT = ("alt+", "meta+", "super+", "hyper+", "ctrl+alt+")
FORBIDDEN = ("<", "ctrl+shift+")
DIGITS = tuple(f"ctrl+{digit}" for digit in "0123456789")
NEVER_LOST = {"keys": "help", "quit": "quit", "back": "the way back", "form.cancel": "the way out of a box"}
SIGNS = {
    "enter": "⏎", "escape": "esc", "shift+tab": "⇧tab", "up": "↑", "down": "↓", "left": "←", "right": "→",
    "pageup": "pgup", "pagedown": "pgdn", "delete": "del",
}  # fmt: skip

KNOWN = {key.id: key for keys in SCREENS.values() for key in keys}
_NAMED = frozenset(key.value for key in Keys)
_TYPED = frozenset(key.id for key in TYPED)


class Remapped(NamedTuple):
    """The keys that change, by id (empty: switched off), and a sentence for each wish that was refused."""

    keys: dict[str, str]
    problems: tuple[str, ...]


def remapped(wanted: Mapping[str, str]) -> Remapped:
    """What of `[keys]` holds. A wish that is refused leaves its key as it was."""
    keys: dict[str, str] = {}
    problems = []
    for name, text in wanted.items():
        problem = _id_problem(name) or _lost(name, text)
        names = [] if problem else _names(text)
        problem = problem or next(filter(None, (_key_problem(one, name) for one in names)), "")
        if problem:
            problems.append(f"keys.{name}: {problem}")
        else:
            keys[name] = ",".join(_normal(one) for one in names)
    return Remapped(keys, (*problems, *_without_clashes(keys)))


def _id_problem(name: str) -> str:
    if name in KNOWN:
        return ""
    near = _nearest(name, KNOWN)
    return f"there is no key of that id{f': did you mean {near}?' if near else '; docs/keys.md lists them.'}"


def _nearest(name: str, known: Iterable[str]) -> str:
    from difflib import get_close_matches

    return next(iter(get_close_matches(name, known, 1)), "")


def _lost(name: str, text: str) -> str:
    if name in NEVER_LOST and not _names(text):
        return f"{NEVER_LOST[name]} cannot be switched off, only be given another key."
    return ""


def _names(text: str) -> list[str]:
    """The keys of a text: one, or several with commas between; a comma alone is the key itself."""
    if text.strip() == ",":
        return [","]
    return [name.strip() for name in text.split(",") if name.strip()]


def _normal(name: str) -> str:
    """A key as Textual calls it: `/` is slash, `Ctrl+L` is ctrl+l, `L` is L."""
    name = ALIASES.get(name.lower(), name)
    if len(name) > 1:
        return name.lower()
    return next(iter(Binding.make_bindings([Binding(name, "")]))).key


_SIGN_OF = {_normal(one): one for one in punctuation}
"""The signs by what Textual calls them."""


def _key_problem(name: str, key_id: str) -> str:
    """Why a key cannot be pressed, or not there; empty when it can."""
    if len(name) == 1 and not (name.isprintable() and not name.isspace()):
        return "no key types that sign."
    normal = _normal(name)
    modifier, _, last = name.rpartition("+")
    if modifier.lower() == "shift" and len(last) == 1:
        return f"“{name}” is written “{last.upper()}”."
    if normal in IMPOSSIBLE:
        return f"“{name}” cannot be used: {IMPOSSIBLE[normal]}."
    if normal.startswith(UNSENT) or normal in DIGITS or normal.startswith(FORBIDDEN):
        return f"“{name}” does not come through every terminal: take a letter, a sign, or ctrl and a letter."
    if len(name) > 1 and normal not in _NAMED and normal not in _SIGN_OF:
        near = _nearest(normal, _NAMED)
        return f"“{name}” is not a key{f': did you mean {near}?' if near else '.'}"
    if key_id in _TYPED and (len(name) == 1 or normal in _SIGN_OF):
        return f"“{name}” is typed there: take a key that types nothing, such as ctrl and a letter."
    return ""


def _without_clashes(keys: dict[str, str]) -> list[str]:
    """Take back every wish that would leave two ids on one key of a screen, and say so."""
    problems = []
    while clash := _clash(keys):
        screen, pressed, ids = clash
        for name in [one for one in ids if one in keys]:
            other = next(one for one in ids if one != name)
            problems.append(f"keys.{name}: “{pressed}” is {other} on {screen} already: it stays as it was.")
            del keys[name]
    return problems


def _clash(keys: Mapping[str, str]) -> tuple[str, str, list[str]] | None:
    """The first key of a screen that more than one id would have."""
    for screen, table in SCREENS.items():
        taken: dict[str, list[str]] = {}
        for key in table:
            for pressed in filter(None, dict.fromkeys(keys.get(key.id, key.keys).split(","))):
                taken.setdefault(pressed, []).append(key.id)
        for pressed, ids in taken.items():
            if len(ids) > 1:
                return screen, pressed, ids
    return None


def sign(key: str) -> str:
    """A key as people write it."""
    if key.startswith("ctrl+"):
        return f"^{sign(key.removeprefix('ctrl+'))}"
    return SIGNS.get(key) or _SIGN_OF.get(key, key)
