"""What every command is given: the book, the day, and how to print. Data goes to stdout, words to stderr."""

from __future__ import annotations

import os
import sys

from csm_tui import clock, paths, safe, settings
from csm_tui.domain.errors import Refusal
from csm_tui.store.connection import Outdated, reading
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any, Protocol, TypeVar

    from csm_tui.settings import Settings
    from csm_tui.store.connection import Reading
    from csm_tui.store.journal import Operation
    from csm_tui.store.verbs import Writing

    Result = TypeVar("Result")
    Wanted = TypeVar("Wanted", bound="Labelled")

    class Labelled(Protocol):
        """A command that says what history and undo call it."""

        @property
        def label(self) -> str:
            """The words for it."""


ORIGIN = "shell"
STYLES = {
    "error": "31",
    "warning": "33",
    "success": "32",
    "accent": "34",
    "muted": "2",
    "bold": "1",
    "heading": "1",
}


class Cell:
    """A piece of a printed line: its text, and its role where a terminal shows colour."""

    __slots__ = ("role", "text")

    def __init__(self, text: str, role: str = "") -> None:
        self.text = text
        self.role = role


class Shell:
    """The book, the day, and how to print."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.path: str = _path(paths.database() if chosen.db is None else chosen.db)
        self.json: bool = chosen.json
        self.today = clock.today()
        self.done = ""
        """What this command has written already."""
        self._settings: Settings | None = None
        self._looked = False
        self._book: Reading | None = None
        self._coloured = (
            sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "") not in {"", "dumb"}
        )

    @property
    def settings(self) -> Settings:
        """What the user has set; what is wrong with it is said the first time."""
        if self._settings is None:
            self._settings = settings.settings()
            for notice in self._settings.notices:
                self.say(notice)
        return self._settings

    @property
    def styled(self) -> bool:
        """Whether bold and colours are shown; where not, words and signs say it alone."""
        return self._coloured

    def read(self, view: Callable[..., Result], *wanted: Any) -> Result:
        """One look at the book; an older book is brought up to date first."""
        with self._reading() as book:
            return view(book, *wanted)

    def read_kept_up(self, view: Callable[..., Result], *wanted: Any) -> Result:
        """One look at the book once the rules have opened what falls due; most looks find that this was done."""
        from csm_tui.store.queries.kept_up import is_kept_up

        with self._reading() as book:
            if is_kept_up(book):
                return view(book, *wanted)
        self.keep_up()
        return self.read(view, *wanted)

    def _reading(self) -> Reading:
        """The one connection of all looks of a command."""
        if self._book is None:
            self._book = self._opened()
            self._book.stays = True
        return self._book

    def close(self) -> None:
        """Nothing more is read."""
        if self._book is not None:
            self._book.close()
            self._book = None

    def _opened(self) -> Reading:
        policy, self._looked = self.settings.policy, True
        try:
            return reading(self.path, self.today, policy=policy)
        except Outdated:
            from csm_tui.store.migrate import ready

            ready(self.path)
            return reading(self.path, self.today, policy=policy)

    def say_if_only_read(self) -> None:
        """That nothing can be saved, where a book was looked at and the next command could not write it."""
        from csm_tui.store.only_read import why_only_read

        if self._looked and (told := why_only_read(self.path)):
            self.say(told)

    def keep_up(self) -> None:
        """Open what the rules open by themselves today, so that it is seen; an older book is brought up to date."""
        from csm_tui.keeping_up import keep_up

        try:
            keep_up(self.path, self.today, self.settings.policy)
        except Outdated:
            self.ready()
            keep_up(self.path, self.today, self.settings.policy)

    def operation(self, label: str) -> Operation:
        """What the journal will call what this command does."""
        from csm_tui.store.journal import Operation

        return Operation(label, ORIGIN, clock.moment())

    def ready(self) -> None:
        """Make the book where there is none, bring an older one up to date; one that was read is ready."""
        if self._book is not None:
            return
        try:
            reading(self.path, self.today).__exit__()
        except Outdated:
            pass
        except Exception:
            if os.path.lexists(self.path):
                raise
        else:
            return
        from csm_tui.store.migrate import ready

        ready(self.path)

    def do(self, action: Callable[[Writing, Wanted], Result], wanted: Wanted) -> Result:
        """Carry out a command that has a label, in one transaction."""
        from csm_tui.store.writing import write

        self.ready()
        with write(self.path, self.operation(wanted.label), self.today, policy=self.settings.policy) as writing:
            result = action(writing, wanted)
        self.done = wanted.label
        return result

    def do_light(self, action: Callable[[Writing, Wanted], Result], wanted: Wanted) -> Result:
        """The same over the standard library, for the log line, which must not wait."""
        from csm_tui.store.writing_light import write_light

        self.ready()
        with write_light(self.path, self.operation(wanted.label), self.today, policy=self.settings.policy) as writing:
            result = action(writing, wanted)
        self.done = wanted.label
        return result

    def out(self, *cells: Cell | str) -> None:
        """One line of data. What is stored is made harmless here, and only here the colours are added."""
        sys.stdout.write("".join(self._painted(cell) for cell in cells).rstrip(" ") + "\n")

    def _drawn(self, text: str) -> str:
        """A text made harmless, with its signs drawn as was set."""
        text = safe.shown(text)
        if text.isascii() or self.settings.glyphs == settings.UNICODE:
            return text
        from csm_tui.glyphs import plain

        return plain(text)

    def _painted(self, cell: Cell | str) -> str:
        if isinstance(cell, str):
            return self._drawn(cell)
        text, code = self._drawn(cell.text), STYLES.get(cell.role) if self._coloured else None
        return f"\x1b[{code}m{text}\x1b[0m" if code else text

    def say(self, text: str) -> None:
        """One line of words, to stderr."""
        sys.stderr.write(safe.shown(text) + "\n")

    def emit(self, data: object) -> None:
        """Data as JSON with sorted keys; what could steer a terminal stands as its \\u escape."""
        import json
        import re

        text = json.dumps(data, ensure_ascii=not _speaks_unicode(), sort_keys=True, indent=2)
        sys.stdout.write(re.sub(safe.STEERING, _escaped, text) + "\n")

    def table(self, header: Iterable[str], rows: Iterable[Iterable[str]], right: frozenset[int] = frozenset()) -> None:
        """Columns as wide as their widest cell, two blanks apart; `right` names those set to the right."""
        lines = [list(header), *([safe.shown(cell) for cell in row] for row in rows)]
        sizes = [[safe.width(cell) for cell in line] for line in lines]
        widths = [max(column) for column in zip(*sizes, strict=True)]
        for number, (line, taken) in enumerate(zip(lines, sizes, strict=True)):
            padded = [
                _set(cell, widths[at] - size, at in right)
                for at, (cell, size) in enumerate(zip(line, taken, strict=True))
            ]
            self.out(Cell("  ".join(padded), "muted" if number == 0 else ""))


def is_terminal() -> bool:
    """Whether somebody sits there, who can read and type."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _path(typed: str) -> str:
    """A path that SQLite can be given. Raises Refusal for none, and for one of bytes that are no text."""
    if not typed:
        raise Refusal("--db names no file: give the path of a book, or leave it out for your own.")
    try:
        os.path.abspath(typed)  # noqa: PTH100 - pathlib is not loaded to look at a path
    except FileNotFoundError:
        raise Refusal("The folder you are in is gone: cd to another, or give the whole path of the book.") from None
    return safe.accepted(typed, "path of the book")


def _set(cell: str, cells: int, right: bool) -> str:
    """A cell with so many blanks before or behind it."""
    room = " " * cells
    return room + cell if right else cell + room


def _speaks_unicode() -> bool:
    """Whether every character can be written; another stdout gets JSON's own escapes, not question marks."""
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def _escaped(match: Any) -> str:
    """One character as JSON escapes it; line ends between values stay."""
    character = match.group()
    if character == "\n":
        return "\n"
    code = ord(character)
    if code > 0xFFFF:
        code -= 0x10000
        return f"\\u{0xD800 + (code >> 10):04x}\\u{0xDC00 + (code & 0x3FF):04x}"
    return f"\\u{code:04x}"
