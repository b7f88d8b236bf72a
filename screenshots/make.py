"""Makes the README's pictures from the made-up book on a pinned day: the same day gives the same pictures."""

from __future__ import annotations

import asyncio
import os
import re
import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

DAY = date(2026, 11, 21)
HERE = Path(__file__).parent
LINE = "call @jon New VP asks whether it is still needed :( >send usage by team fri"


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

_FONT = re.compile(r"@font-face \{.*?\}\s*", re.DOTALL)


async def take(picture: Picture, book: str) -> str:
    """One picture as SVG, without the fonts that it would fetch from elsewhere."""
    from csm_tui.tui.app import CsmApp

    app = CsmApp(book, DAY)
    app.theme = picture.theme
    async with app.run_test(size=picture.size) as pilot:
        for key in ("", *picture.keys):
            if key:
                await pilot.press(key)
            await pilot.pause()
            while not app.desk.idle:
                await pilot.pause(0.01)
            await pilot.pause()
        svg = app.export_screenshot(title="csm")
    return _FONT.sub("", svg)


def main() -> None:
    """Take them all."""
    os.environ["CSM_TODAY"] = DAY.isoformat()
    from csm_tui.exchange.demo import write_demo

    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_STATE_HOME"] = folder
        for picture in PICTURES:
            book = str(Path(folder) / f"{picture.name}.db")
            write_demo(book, DAY)
            (HERE / f"{picture.name}.svg").write_text(asyncio.run(take(picture, book)), encoding="utf-8")
            print(f"screenshots/{picture.name}.svg")


if __name__ == "__main__":
    main()
