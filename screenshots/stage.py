"""A stage: a terminal in which a script types and real programs answer, and what its viewer sees after each key.

What is kept is not the bytes of a run, which never come twice in the same pieces, but the screen once it is quiet; the
cast is written from these screens, at times that the script gives. So the same day gives the same cast.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

import pyte
from tests.terminal import CSM, Terminal

WIDTH, HEIGHT = 100, 30
QUIET_S, MOST_S, PATIENCE_S = 0.5, 3.0, 30.0
"""A screen is complete once it was quiet for so long, at the latest after so long; how long one is waited for."""
KEY_S, READ_S = 0.06, 1.6
"""How long a typed letter and a thing to read stand in the cast."""
PROMPT = "\x1b[34m$\x1b[0m "
UNKNOWN = re.compile(
    rb"\x1b\[[<>=][0-9;]*[a-zA-Z]|\x1b\[\?[0-9;]*\$p|\x1bP.*?\x1b\\|\x1b\[[0-9;]*u(?![a-z])", re.DOTALL
)
"""What pyte would print as text: the keyboard's and the terminal's own questions."""

Style = tuple[str, str, bool, bool, bool, bool]
Row = list[tuple[str, Style]]


class Stage:
    """The terminal and the cast of what was seen in it."""

    def __init__(self, title: str, env: dict[str, str]) -> None:
        self._env = {**env, "COLORTERM": "truecolor"}
        self._screen = pyte.Screen(WIDTH, HEIGHT)
        self._stream = pyte.ByteStream(self._screen)
        self._program: Terminal | None = None
        self._printed, self._printing = b"", True
        self._seen = [self._row(at) for at in range(HEIGHT)]
        self._at = 0.5
        header = {"version": 2, "width": WIDTH, "height": HEIGHT, "title": title, "env": {"TERM": "xterm-256color"}}
        self._lines = [json.dumps(header)]
        self._draw(PROMPT)

    def cast(self) -> str:
        """The file: a header, and a line an event, each at its second."""
        return "\n".join(self._lines) + "\n"

    def run(self, line: str, *arguments: str) -> None:
        """Type a command line at the prompt and run the real program to its end."""
        self._start(line, arguments)
        self._end()

    def open(self, line: str, shows: str) -> None:
        """Type a command line that opens the workspace, and wait for its first screen."""
        self._start(line, ())
        self._printing = False
        self.shows(shows)

    def leave(self) -> None:
        """Quit the workspace: what was printed before it stands there again."""
        assert self._program is not None
        self._program.type("q")
        self._until(self._over)
        self._screen.reset()
        self._stream.feed(self._printed)
        self._printing = True
        self._end()

    def _start(self, line: str, arguments: tuple[str, ...]) -> None:
        for letter in line:
            self._draw(letter)
            self.hold(KEY_S)
        self.hold(0.4)
        self._draw("\r\n")
        self._program = Terminal([CSM, *arguments], self._env, (WIDTH, HEIGHT))

    def _end(self) -> None:
        """The program is over: the prompt comes back. Raises AssertionError where it did not end well."""
        assert self._program is not None
        self._until(self._over)
        assert self._program.process.returncode == 0
        self._program.close()
        self._program = None
        self._draw(PROMPT)
        self.hold(READ_S)

    def _over(self) -> bool:
        assert self._program is not None
        ended = self._program.process.poll() is not None
        self._take(0.1)
        return ended

    def key(self, key: str, shows: str = "", gone: str = "", hold: float = READ_S) -> None:
        """Press a key, wait for what it brings, and let the viewer read it."""
        assert self._program is not None
        self._program.type(key)
        self._until(lambda: shows in self._text() and (not gone or gone not in self._text()))
        self._settle()
        self._frame()
        self.hold(hold)

    def type(self, text: str) -> None:
        """Type a text, letter by letter."""
        for letter in text:
            self.key(letter, hold=KEY_S)
        self.hold(0.6)

    def shows(self, text: str) -> None:
        """Wait for a text on the screen, and let the viewer read it."""
        self._until(lambda: text in self._text())
        self._settle()
        self._frame()
        self.hold(READ_S)

    def gone(self, text: str) -> None:
        """Wait until a text has left the screen."""
        self._until(lambda: text not in self._text())
        self._frame()

    def hold(self, seconds: float) -> None:
        """Nothing happens for so long."""
        self._at += seconds

    def _text(self) -> str:
        return "\n".join(self._screen.display)

    def _draw(self, text: str) -> None:
        self._feed(text.encode())
        self._frame()

    def _feed(self, what: bytes) -> None:
        self._stream.feed(what)
        if self._printing:
            self._printed += what

    def _until(self, holds: Callable[[], bool]) -> None:
        end = time.monotonic() + PATIENCE_S
        while not holds():
            assert time.monotonic() < end, f"it did not come:\n{self._text()}"
            self._take(0.05)

    def _settle(self) -> None:
        """Let the screen become complete; a note that goes by itself must not go meanwhile."""
        last = begun = time.monotonic()
        while time.monotonic() < min(last + QUIET_S, begun + MOST_S):
            if self._take(0.05):
                last = time.monotonic()

    def _take(self, quiet: float) -> bool:
        """Let the screen have what the program writes, until it has been quiet for so long; whether it wrote."""
        assert self._program is not None
        self._program.read(quiet)
        written, self._program.out = self._program.out, b""
        self._feed(UNKNOWN.sub(b"", written))
        return bool(written)

    def _frame(self) -> None:
        """An event with what changed since the last one, and where the cursor is."""
        rows = [self._row(at) for at in range(HEIGHT)]
        painted = "".join(_changed(at, rows[at], self._seen[at]) for at in range(HEIGHT))
        self._seen = rows
        cursor = self._screen.cursor
        place = f"\x1b[{cursor.y + 1};{cursor.x + 1}H\x1b[?25{'l' if cursor.hidden else 'h'}"
        if painted:
            self._lines.append(json.dumps([round(self._at, 2), "o", painted + place], ensure_ascii=False))

    def _row(self, at: int) -> Row:
        row: Row = []
        for column in range(WIDTH):
            cell: Any = self._screen.buffer[at][column]
            row.append((cell.data, (cell.fg, cell.bg, cell.bold, cell.italics, cell.underscore, cell.reverse)))
        return row


def _changed(at: int, row: Row, before: Row) -> str:
    """From the first cell of a row that changed to the last; a letter of two cells is never begun in its second."""
    found = [column for column in range(WIDTH) if row[column] != before[column]]
    if not found:
        return ""
    first, last = found[0], found[-1]
    while first and not row[first][0]:
        first -= 1
    return f"\x1b[{at + 1};{first + 1}H{_painted(row[first : last + 1])}\x1b[0m"


def _painted(row: Row) -> str:
    """A row as a terminal takes it: its text, with what changes its looks before it."""
    painted, now = "", None
    for data, style in row:
        if style != now:
            painted += _looks(style)
            now = style
        painted += data
    return painted


def _looks(style: Style) -> str:
    fg, bg, bold, italics, underscore, reverse = style
    codes = ["0", *_colour(fg, 30), *_colour(bg, 40)]
    codes += [code for code, on in (("1", bold), ("3", italics), ("4", underscore), ("7", reverse)) if on]
    return f"\x1b[{';'.join(codes)}m"


NAMES = ("black", "red", "green", "brown", "blue", "magenta", "cyan", "white")


def _colour(name: str, base: int) -> list[str]:
    if name == "default":
        return []
    if name in NAMES:
        return [str(base + NAMES.index(name))]
    if name.startswith("bright"):
        return [str(base + 60 + NAMES.index(name.removeprefix("bright").replace("yellow", "brown")))]
    return [str(base + 8), "2", *(str(int(name[at : at + 2], 16)) for at in (0, 2, 4))]
