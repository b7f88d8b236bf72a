"""What was said at one account, and when: nothing twice before all was said."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.exchange.demo import words_talks
from csm_tui.exchange.demo.words_cast import Told
from csm_tui.exchange.demo.words_talks import GOOD, MIXED, WORRIED

if TYPE_CHECKING:
    from random import Random

    from csm_tui.exchange.demo.account import Met


MINUTES = {
    "call": (20, 30, 30, 45),
    "meeting": (30, 45, 60),
    "training": (60, 90),
    "onsite": (180, 240),
    "qbr": (60, 75),
    "ebr": (90,),
}


class Deck:
    """Things to say at one account, none twice before all were said."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._left: dict[tuple[str, ...], list[str]] = {}

    def draw(self, key: tuple[str, ...], of: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
        """A text, and the signals in it."""
        if not self._left.get(key):
            self._left[key] = self._rng.sample(of, len(of))
        text, _, signal = self._left[key].pop().partition("|")
        return text, (signal,) if signal else ()


def said(rng: Random, deck: Deck, kind: str, tone: str) -> Told:
    """Something that was said in such a talk."""
    by_tone = words_talks.TWO_WAY[kind]
    tone = tone if tone in by_tone else GOOD
    summary, signals = deck.draw((kind, tone), by_tone[tone])
    mood = {GOOD: rng.choice(("happy", "happy", None)), MIXED: "mixed", WORRIED: "worried"}[tone]
    return Told("meeting" if kind == "kickoff" else kind, mood, summary, signals)


def at_an_hour(rng: Random, met: Met) -> Met:
    """The touchpoint with its hour and its length, where its kind has them."""
    if met.told.kind in ("email", "note"):
        return met
    minutes = (
        rng.choice(MINUTES.get(met.told.kind, (5, 10, 15)))
        if met.state == "held" and met.direction == "two-way"
        else None
    )
    return met._replace(time=f"{rng.randrange(9, 17):02}:{rng.choice((0, 15, 30, 45)):02}", minutes=minutes)
