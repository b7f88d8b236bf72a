"""Things to choose from, and which of them a few typed letters mean: those that begin with them stand first."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.naming import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

RECENT = 20
"""So many of the things taken last are remembered."""

BETWEEN_WORDS = str.maketrans(dict.fromkeys("-(/.&", " "))


class Choice(NamedTuple):
    """Something to choose: what comes back, its text, a note beside it, what else it goes by, the heading it stands
    under, and why it cannot be taken now (empty: it can).
    """

    value: str
    text: str
    note: str = ""
    also: str = ""
    topic: str = ""
    reason: str = ""


class Choices:
    """Choices with their texts made ready to be looked through: ten thousand are, in the time between two letters."""

    def __init__(self, choices: Iterable[Choice], recent: Sequence[str] = ()) -> None:
        self.all = tuple(choices)
        self._texts = [folded(f"{choice.also} {choice.text} {choice.note}") for choice in self.all]
        self._words = [f" {text}".translate(BETWEEN_WORDS) for text in self._texts]
        self._recent = {value: place for place, value in enumerate(recent)}

    def best(self, typed: str, most: int) -> tuple[list[Choice], int]:
        """The choices whose text holds every word, the best first and at most so many, and how many there are in all.

        A text that begins with the words comes before one in which a word of it does, and that before the rest; then
        what was taken lately; then as they were given.
        """
        words = folded(typed).split()
        if not words:
            return list(self.all[:most]), len(self.all)
        first, *others = words
        found = [place for place, text in enumerate(self._texts) if first in text]
        for word in others:
            found = [place for place in found if word in self._texts[place]]
        ranked = [place for near in self._by_nearness(found, words) for place in self._lately(near)]
        return [self.all[place] for place in ranked[:most]], len(found)

    def _by_nearness(self, found: list[int], words: list[str]) -> tuple[list[int], list[int], list[int]]:
        """The texts that begin with one of the words, those in which every word begins one, and the rest."""
        starts, begun, rest = tuple(f" {word}" for word in words), [], []
        first: list[int] = []
        for place in found:
            text = self._words[place]
            if not all(start in text for start in starts):
                rest.append(place)
            elif text.startswith(starts):
                first.append(place)
            else:
                begun.append(place)
        return first, begun, rest

    def _lately(self, places: list[int]) -> list[int]:
        """What was taken lately first, else as they stand."""
        recent = self._recent
        return sorted(places, key=lambda place: recent.get(self.all[place].value, RECENT)) if recent else places
