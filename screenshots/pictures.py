"""The pictures: each is a screen of the workspace on the made-up book, as SVG and as PNG in the fonts named here."""

from __future__ import annotations

import asyncio
import io
import re
from datetime import date
from pathlib import Path
from typing import NamedTuple

DAY = date(2026, 11, 21)
LINE = "call @jon New VP asks whether it is still needed :( >send usage by team fri"
FONTS = (
    "/usr/share/fonts/truetype/firacode/FiraCode-Regular.ttf",
    "/usr/share/fonts/truetype/firacode/FiraCode-Bold.ttf",
    "/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf",  # for the signs that Fira Code lacks
    "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc",  # for the names that neither can write
)
PACKAGES = "fonts-firacode fonts-dejavu-core fonts-wqy-zenhei"
COLOURS = 96
"""A screen has a few dozen, and what lies between them at the edges of letters."""


class Picture(NamedTuple):
    """A picture: its name, the size of the terminal, and the keys pressed before it is taken."""

    name: str
    size: tuple[int, int]
    keys: tuple[str, ...] = ()
    theme: str = "csm-dark"


PICTURES = (
    Picture("workspace", (132, 36)),
    Picture("log", (132, 36), ("j", "j", "l", *(" ".join(LINE).replace("   ", " space ").split(" ")))),
    Picture("accounts", (132, 36), ("2", "z")),
    Picture("onboarding", (132, 36), ("3", "z")),
    Picture("cadence", (132, 36), ("4", "z")),
    Picture("reviews", (132, 36), ("5", "z", "j", "j")),
    Picture("recovery", (132, 36), ("6", "z", "j", "enter")),
    Picture("recoveries", (132, 36), ("6", "z", "j")),
    Picture("brief", (132, 36), ("6", "j", "b")),
    Picture("account", (132, 36), ("j", "j", "enter")),
    Picture("workspace-80x24", (80, 24)),
    Picture("workspace-light", (132, 36), (), "csm-light"),
)

_FETCHED = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)
_LINES = re.compile(r'<clipPath id="[^"]+-line-\d+">.*?</clipPath>|\s?clip-path="url\(#[^"]+-line-\d+\)"', re.DOTALL)
_NAMES = re.compile(r"terminal-\d+-")
_BLANKS = re.compile(r"\s*\n\s*")


def needs() -> str:
    """What is missing to make them, in a sentence; empty where nothing is."""
    try:
        import PIL
        import resvg_py
    except ImportError:
        return "the extra is missing: pip install -e '.[dev,pictures]'"
    del PIL, resvg_py
    return "" if all(Path(font).exists() for font in FONTS) else f"fonts are missing: apt-get install {PACKAGES}"


def svg(picture: Picture, book: str) -> str:
    """One picture as SVG, without the fonts that it would fetch from elsewhere and what only makes it larger."""
    drawn = asyncio.run(_taken(picture, book)).replace("arial", "Fira Code")
    for needless, kept in ((_FETCHED, ""), (_LINES, ""), (_NAMES, "t-"), (_BLANKS, "\n")):
        drawn = needless.sub(kept, drawn)
    return drawn


async def _taken(picture: Picture, book: str) -> str:
    from csm_tui.settings import DEFAULT
    from csm_tui.tui.app import CsmApp

    app = CsmApp(book, DAY, settings=DEFAULT._replace(theme=picture.theme))
    async with app.run_test(size=picture.size) as pilot:
        for key in ("", *picture.keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            while not app.desk.idle:
                await pilot.pause(0.01)
            await pilot.pause()
        return app.export_screenshot(title="csm")


def png(drawn: str) -> bytes:
    """The same as PNG: one pixel for each unit of the SVG, in as few colours as it takes."""
    import resvg_py
    from PIL import Image

    whole = bytes(resvg_py.svg_to_bytes(svg_string=drawn, skip_system_fonts=True, font_files=list(FONTS)))
    made = io.BytesIO()
    Image.open(io.BytesIO(whole)).quantize(COLOURS).save(made, "PNG", optimize=True)
    return made.getvalue()
