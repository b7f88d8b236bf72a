"""Makes the README's pictures and casts from the made-up book on a pinned day: the same day gives the same files."""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

from csm_tui.exchange.demo import write_demo
from screenshots.casts import CASTS
from screenshots.pictures import DAY, PICTURES, needs, png, svg

HERE = Path(__file__).parent


def main() -> None:
    """Make those that are named, else all."""
    chosen = set(sys.argv[1:])
    missing = needs()
    if missing:
        sys.exit(f"make screenshots: {missing}")
    for name in ("NO_COLOR", "TEXTUAL_THEME", "EDITOR", "VISUAL"):
        os.environ.pop(name, None)
    os.environ["CSM_TODAY"] = DAY.isoformat()
    with tempfile.TemporaryDirectory() as folder:
        for variable in ("XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"):
            os.environ[variable] = folder
        made = [name for name in (*(one.name for one in PICTURES), *CASTS) if not chosen or name in chosen]
        for name in made:
            book = str(Path(folder) / f"{name}.db")
            write_demo(book, DAY)
            make(name, book)


def make(name: str, book: str) -> None:
    """One cast, or one picture in both its forms."""
    if name in CASTS:
        keep(f"{name}.cast", CASTS[name](book).encode())
        return
    drawn = svg(next(one for one in PICTURES if one.name == name), book)
    keep(f"{name}.svg", drawn.encode())
    keep(f"{name}.png", png(drawn))


def keep(name: str, what: bytes) -> None:
    """Write a file, and say its size."""
    (HERE / name).write_bytes(what)
    print(f"screenshots/{name}  {len(what):,} bytes")


if __name__ == "__main__":
    main()
