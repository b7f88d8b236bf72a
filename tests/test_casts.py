"""The casts of the README are valid asciinema v2 files that play to their end and tell nothing of the machine; its
pictures can be taken.
"""

from __future__ import annotations

import json
import re
import socket
from pathlib import Path
from typing import Any

import pyte
import pytest
from screenshots import pictures
from screenshots.pictures import DAY, svg

from csm_tui.exchange.demo import write_demo
from csm_tui.tui.themes import LIGHT

PICTURES = Path(__file__).parents[1] / "screenshots"
MOST_BYTES, MOST_SECONDS = 200_000, 60
SHOWS = {
    "log-a-touchpoint": ("Log a touchpoint", "▲ worried", "Undone", "Logged call with Northwind Traders"),
    "due-check-ins": ("check-in, weekly", "Score", "● happy", "u undoes"),
    "walk-a-recovery": ("The first ten minutes", "DONE WHEN", "EXIT TEST", "still open"),
}
"""What is seen on the way of each."""


def played(lines: list[str]) -> list[str]:
    """The screen after each event, as a player paints it."""
    header: dict[str, Any] = json.loads(lines[0])
    screen = pyte.Screen(header["width"], header["height"])
    stream, seen = pyte.Stream(screen), []
    for line in lines[1:]:
        stream.feed(json.loads(line)[2])
        seen.append("\n".join(screen.display))
    return seen


def test_there_is_a_cast_of_each_journey() -> None:
    assert {file.stem for file in PICTURES.glob("*.cast")} == set(SHOWS)


@pytest.mark.parametrize("name", SHOWS)
def test_a_cast_is_valid_and_plays_to_its_end(name: str) -> None:
    text = (PICTURES / f"{name}.cast").read_text(encoding="utf-8")
    lines = text.splitlines()
    header = json.loads(lines[0])
    assert header["version"] == 2
    assert (header["width"], header["height"]) == (100, 30)
    assert header["env"] == {"TERM": "xterm-256color"}
    assert set(header) == {"version", "width", "height", "title", "env"}
    events = [json.loads(line) for line in lines[1:]]
    assert all([type(at), kind, type(data)] == [float, "o", str] for at, kind, data in events)
    times = [at for at, _, _ in events]
    assert times == sorted(times)
    assert times[-1] < MOST_SECONDS
    seen = played(lines)
    assert all(any(word in screen for screen in seen) for word in SHOWS[name])
    assert seen[-1].rstrip().endswith("$"), "the prompt is back"
    assert "╭" not in seen[-1], "and the workspace is gone"


@pytest.mark.parametrize("name", SHOWS)
def test_a_cast_is_small_and_tells_nothing_of_the_machine_it_was_made_on(name: str) -> None:
    text = (PICTURES / f"{name}.cast").read_text(encoding="utf-8")
    assert len(text.encode()) < MOST_BYTES
    assert not re.search(r"/(tmp|home|Users|root|work|usr|var)/", text)
    assert socket.gethostname() not in text


def test_all_pictures_together_are_small() -> None:
    assert sum(file.stat().st_size for file in PICTURES.iterdir() if file.is_file()) < 3_200_000
    drawn = {file.stem for file in PICTURES.glob("*.svg")}
    assert drawn == {file.stem for file in PICTURES.glob("*.png")}


def test_a_picture_is_taken_in_the_theme_that_it_names(tmp_path: Path) -> None:
    book = str(tmp_path / "book.db")
    write_demo(book, DAY, 5)
    light = next(one for one in pictures.PICTURES if one.theme == LIGHT.name)
    assert str(LIGHT.background) in svg(light._replace(keys=()), book)
