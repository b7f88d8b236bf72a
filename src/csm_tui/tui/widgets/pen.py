"""Lines as the cells that a terminal shows, and the shortest text that makes it show other ones."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual.strip import Strip

from csm_tui.tui.widgets.cells import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rich.color import ColorSystem
    from rich.style import Style

RESET = "\x1b[0m"
ON_BLANKS = frozenset("4579") | {"21", "53"}
"""Marks that are seen where there is no sign: underlined, blinking, reversed, struck through, lined above."""
REVERSED = "7"
NEAR = 4
"""Cells between two changes that are cheaper to write again than to step over."""


class Look(NamedTuple):
    """How a cell is drawn, in the numbers that a terminal is told: colour, ground, and marks such as bold."""

    colour: str = ""
    ground: str = ""
    marks: frozenset[str] = frozenset()


NO_LOOK = Look()


class Drawn(NamedTuple):
    """A line: a sign for each cell, and for each a letter that stands for its look."""

    signs: str
    looks: str


def look(codes: str) -> Look:
    """The look that a list of numbers means."""
    colour, ground, marks = "", "", set()
    numbers = codes.split(";") if codes else []
    while numbers:
        first = numbers.pop(0)
        if first in {"38", "48"}:
            size = 4 if numbers[0] == "2" else 2
            whole = ";".join([first, *numbers[:size]])
            del numbers[:size]
            colour, ground = (whole, ground) if first == "38" else (colour, whole)
        elif len(first) > 1 and first[-2] in "39":
            colour = first
        elif len(first) > 1 and first[-2] in "40":
            ground = first
        else:
            marks.add(first)
    return Look(colour, ground, frozenset(marks))


class Looks:
    """The looks there are, each with a letter; and those of styles, for signs and for blanks."""

    def __init__(self, colours: ColorSystem) -> None:
        self.colours = colours
        self._letters: dict[Look, str] = {}
        self._looks: dict[str, Look] = {}
        self._blank: dict[str, str] = {}
        """Of each look that which a blank on the same ground has."""
        self._of: dict[Style | None, tuple[str, str]] = {}

    def __getitem__(self, letter: str) -> Look:
        return self._looks[letter]

    def _letter(self, one: Look) -> str:
        letter = self._letters.get(one)
        if letter is None:
            letter = self._letters[one] = chr(0x100 + len(self._letters))
            self._looks[letter] = one
        return letter

    def of(self, style: Style | None) -> tuple[str, str]:
        """The letters of a style: that of a sign, and that of a blank, on which little of it is seen."""
        found = self._of.get(style)
        if found is None:
            one = look(Strip.render_ansi(style, self.colours)) if style is not None else NO_LOOK
            blank = one if REVERSED in one.marks else Look("", one.ground, one.marks & ON_BLANKS)
            found = self._of[style] = (self._letter(one), self._letter(blank))
            self._blank.update(dict.fromkeys(found, found[1]))
        return found

    def run(self, line: Drawn, first: int, last: int) -> tuple[str, int]:
        """What of a line can be written as one, from one cell to before another: its look, and its end.

        Blanks go with what has their ground, before them or behind.
        """
        letter, only_blanks, end = line.looks[first], line.signs[first] == " ", first + 1
        while end < last:
            after = line.looks[end]
            if line.signs[end] == " ":
                if self._blank[letter] != after:
                    break
            elif only_blanks and self._blank[after] == letter:
                letter, only_blanks = after, False
            elif after != letter:
                break
            end += 1
        return letter, end

    def drawn(self, strip: Strip) -> Drawn | None:
        """A line by its cells; None where a sign may not take one cell."""
        signs: list[str] = []
        looks: list[str] = []
        for segment in strip:
            text = segment.text
            if segment.control or not plain(text):
                return None
            own, blank = self.of(segment.style)
            signs.append(text)
            looks.append(own * len(text) if own == blank else "".join([blank if c == " " else own for c in text]))
        return Drawn("".join(signs), "".join(looks))


def changes(old: Drawn | None, new: Drawn) -> Iterator[tuple[int, int]]:
    """From where to where the cells of a line are others; those near each other as one."""
    if old is None or len(old.signs) != len(new.signs):
        yield 0, len(new.signs)
        return
    if old == new:
        return
    first = last = -1
    for at, (before, after, was, now) in enumerate(zip(old.signs, new.signs, old.looks, new.looks, strict=True)):
        if before == after and was == now:
            continue
        if first < 0:
            first = at
        elif at - last > NEAR:
            yield first, last + 1
            first = at
        last = at
    yield first, last + 1


class Run(NamedTuple):
    """Signs of one look that stand side by side, and where: sorted, those of one look come after each other."""

    look: str
    y: int
    x: int
    signs: str


class Pen:
    """Writes cells. A change of colours costs a terminal more than a step: what looks alike is written together."""

    def __init__(self, looks: Looks) -> None:
        self._looks = looks
        self._runs: list[Run] = []
        self._whole: list[str] = []

    def write(self, x: int, y: int, line: Drawn, first: int, last: int) -> None:
        """Write the cells of a line from one to before another; the line begins at `x`."""
        while first < last:
            letter, end = self._looks.run(line, first, last)
            self._runs.append(Run(letter, y, x + first, line.signs[first:end]))
            first = end

    def write_as_is(self, x: int, y: int, text: str) -> None:
        """Write a text that has its looks in it, and ends without any."""
        self._whole.append(f"{place(x, y)}{text}")

    def text(self) -> str:
        """All that was written, which begins and ends without any look."""
        out, now, at = self._whole, NO_LOOK, (-1, -1)
        for run in sorted(self._runs):
            wanted = self._looks[run.look]
            if wanted != now:
                out.append(turned(now, wanted))
                now = wanted
            steps = run.x - at[0]
            if run.y != at[1] or steps < 0:
                out.append(place(run.x, run.y))
            elif steps:
                out.append(f"\x1b[{steps}C")
            out.append(run.signs)
            at = run.x + len(run.signs), run.y
        return "".join(out) + (RESET if now != NO_LOOK else "")


def place(x: int, y: int) -> str:
    """Go to a cell."""
    return f"\x1b[{y + 1};{x + 1}H"


def turned(now: Look, wanted: Look) -> str:
    """From one look to another, in as few numbers as that takes."""
    if wanted == NO_LOOK:
        return RESET
    codes: list[str] = []
    if now.marks - wanted.marks:
        codes, now = ["0"], NO_LOOK
    codes += sorted(wanted.marks - now.marks)
    if wanted.colour != now.colour:
        codes.append(wanted.colour or "39")
    if wanted.ground != now.ground:
        codes.append(wanted.ground or "49")
    return f"\x1b[{';'.join(codes)}m"
