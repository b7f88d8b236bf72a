"""Text from people and files made harmless on its way out: nothing stored steers a terminal, columns stay straight.

The bytes are kept as they were given; only what is shown is changed. What no file can hold (NUL, lone surrogates) is
refused at every door by `accepted`.
"""

from __future__ import annotations

from csm_tui.domain.errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from collections.abc import Callable

STEERING = (
    "[\ud800-\udfff\x00-\x1f\x7f-\x9f\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\ufeff\uffa0\ufffe\uffff\U000e0001-\U000e007f]"
)
"""Control characters, bidirectional overrides, and characters that take no room but hide or reorder text. The
non-joiner of Persian is none of these. Compiled when it is first needed, which for most text is never.
"""
_PICTURES = "[\u2190-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff]"
_ALTERING = "[\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]"
_FLAGS = "\U0001f1e6-\U0001f1ff"
_DISPUTED = frozenset(
    "\u115f\u1160\u3164\uffa0\ufe0e\ufe0f" + "".join(map(chr, (*range(0x1F3FB, 0x1F400), *range(0x1F1E6, 0x1F200))))
)
"""What terminals give more or fewer cells, each as it likes, and no longer call hidden: signs that change the picture
before them, and the letters that flags are made of.
"""
_GAPS = r"[\t\r\n\v\f\u0085\u2028\u2029]+"


def shown(text: str) -> str:
    """One line of text as a screen may show it: white space that moves the cursor as a blank, the rest as `\ufffd`."""
    if text.isprintable() and (text.isascii() or _DISPUTED.isdisjoint(text)):
        return text
    import re

    return _settled(re.sub(STEERING, "\ufffd", re.sub(_GAPS, " ", text)))


def _settled(text: str) -> str:
    """The text in signs that every terminal makes equally wide: joined pictures stand apart, flags are letters."""
    import re

    text = re.sub(f"(?<=\\S){_ALTERING}|\u200d", "", text)
    return re.sub(f"[{_FLAGS}]", _flag_letter, text)


def _flag_letter(found: re.Match[str]) -> str:
    return chr(ord(found.group()) - 0x1F1E6 + ord("A"))


def steerless(text: str, cells: Callable[[str], int] = len) -> str:
    """The text without what could steer a terminal, as wide as it was reckoned to be: the last gate of the screen.

    Of pictures that are joined, the first stands for all.
    """
    if text.isprintable() and (text.isascii() or _DISPUTED.isdisjoint(text)):
        return text
    import re

    text = re.sub(STEERING, lambda found: "\ufffd" * cells(found.group()), text)
    joined = f"(\\S)(?:{_ALTERING}|\u200d{_PICTURES})+"
    text = re.sub(joined, lambda found: found[1] + " " * (cells(found.group()) - cells(found[1])), text)
    return re.sub(f"[{_FLAGS}]", _flag_letter, text)


def accepted(text: str, what: str) -> str:
    """The text itself, refused when the file cannot keep it or another program would cut it short."""
    if not text.isprintable() and ("\x00" in text or _halved(text)):
        raise Refusal(
            f"The {what} holds a character that cannot be kept (NUL or half of a surrogate pair): take it out."
        )
    return text


def _halved(text: str) -> bool:
    """Whether there is half of a surrogate pair in it, the one thing that UTF-8 cannot write."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


def width(text: str) -> int:
    """How many cells a text takes in a terminal: East Asian wide characters two, combining marks none."""
    return len(text) if text.isascii() else _wide(text)


_WIDTHS: dict[str, int] = {}
MOST_WIDTHS = 4096


def _wide(text: str) -> int:
    """A table asks again and again for the signs of its columns, so that some widths are remembered."""
    cells = _WIDTHS.get(text)
    if cells is None:
        if len(_WIDTHS) >= MOST_WIDTHS:
            _WIDTHS.clear()
        cells = _WIDTHS[text] = sum(_cells(character) for character in text)
    return cells


_SEEN = frozenset("\u00ad\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\U000110bd\U000110cd")
"""Signs of layout that are drawn all the same."""
_OURS = frozenset("–—‘’“”„•…←↑→↓⇧−⏎❯✓✗")
"""Signs of our own that are one cell wide. The tables of Unicode, half a megabyte, are for what people wrote."""


def _cells(character: str) -> int:
    if "\xa0" <= character < "\u0300" or "\u2500" <= character < "\u25fd" or character in _OURS or character in _SEEN:
        return 1
    import unicodedata

    if unicodedata.combining(character) or unicodedata.category(character) in {"Mn", "Mc", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1


def wrapped(text: str, cells: int) -> list[str]:
    """A text in lines of at most so many cells, broken at blanks, and inside a word only where it is longer."""
    lines: list[str] = []
    room = 0
    for word in shown(text).split(" "):
        for piece in _pieces(word, cells):
            size = width(piece)
            if lines and size < room:
                lines[-1] += f" {piece}"
                room -= size + 1
            else:
                lines.append(piece)
                room = cells - size
    return lines


def _pieces(word: str, cells: int) -> list[str]:
    """A word, cut into pieces where it is longer than a line."""
    if width(word) <= cells:
        return [word]
    pieces, used = [""], 0
    for character in word:
        step = _cells(character)
        if used + step > cells and pieces[-1]:
            pieces.append("")
            used = 0
        pieces[-1] += character
        used += step
    return pieces


def fitted(text: str, cells: int) -> str:
    """The text cut or padded to exactly so many cells; what was cut ends in `…`."""
    text = shown(text)
    if cells <= 0:
        return ""
    room = cells - width(text)
    return text + " " * room if room >= 0 else _cut(text, cells)


def _cut(text: str, cells: int) -> str:
    kept, used = [], 0
    for character in text:
        step = _cells(character)
        if used + step > cells - 1:
            break
        kept.append(character)
        used += step
    return "".join(kept) + "…" + " " * (cells - 1 - used)
