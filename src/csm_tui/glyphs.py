"""Every sign that is drawn, and the one ASCII character that stands for it where `glyphs = "ascii"` is set.

Each takes one cell, so that nothing moves. Solid signs become capitals, hollow ones small letters. What people
typed keeps its letters; only signs are put differently, and currency signs stay.
"""

from __future__ import annotations

_SIGNS = {
    "●": "O", "◌": "o", "○": ".", "◆": "M", "◇": "m", "▲": "X", "△": "x",
    "✓": "v", "✗": "x", "•": "*", "▪": "#", "□": "_", "■": "#", "…": "~", "·": "-",
    "❯": ">", "▸": ">", "⏎": ">", "⇧": "+", "↑": "^", "↓": "v", "←": "<", "→": ">",
    "“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "–": "-", "—": "-", "−": "-", "×": "x", "÷": "/",
}  # fmt: skip
_BARS = {
    "-": "─╌┄┈━┅╍═▁▔", "|": "│┃║▌▐▏▎▍▕┆┊▊▋▉", "+": "╭╮╰╯┌┐└┘├┤┬┴┼┏┓┗┛┣┫┳┻╋╔╗╚╝", "=": "━", "#": "█▀▄▓▒░▇▆▅▃▂",
}  # fmt: skip

ASCII: dict[int, str] = {
    **{ord(bar): plain for plain, bars in _BARS.items() for bar in bars},
    **{ord(sign): plain for sign, plain in _SIGNS.items()},
}


def plain(text: str) -> str:
    """The same text with every sign in ASCII, cell for cell."""
    return text if text.isascii() else text.translate(ASCII)
