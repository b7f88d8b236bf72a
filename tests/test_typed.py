"""What stands in for `typing` and `enum` is used as the original is: a class made both ways answers the same."""

from __future__ import annotations

import copy
import enum
import json
import pickle
import subprocess
import sys
import typing
from typing import Any

import pytest

from csm_tui import typed


class Light(typed.NamedTuple):
    """Made of the stand-in."""

    day: str
    minutes: int
    mood: str | None = None
    with_: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """A property of its own."""
        return f"{self.day}: {self.minutes}"


class Original(typing.NamedTuple):
    """The same, made of the original."""

    day: str
    minutes: int
    mood: str | None = None
    with_: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """A property of its own."""
        return f"{self.day}: {self.minutes}"


MADE: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    (("fri", 30), {}),
    (("fri", 30, "happy"), {}),
    (("fri", 30, "happy", ("jon",)), {}),
    (("fri",), {"minutes": 30, "with_": ("ana",)}),
    ((), {"minutes": 30, "day": "mon"}),
    ((), {"with_": (), "mood": "mixed", "minutes": 0, "day": ""}),
]
WRONG: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((), {}),
    (("fri",), {}),
    (("fri",), {"mood": "happy"}),
    (("fri", 30, None, (), 5), {}),
    (("fri", 30), {"day": "mon"}),
    (("fri", 30), {"hour": 5}),
]


class Often(typed.NamedTuple):
    """The same again, made so often that its constructor was compiled."""

    day: str
    minutes: int
    mood: str | None = None
    with_: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """A property of its own."""
        return f"{self.day}: {self.minutes}"


for _ in range(typed.FEW + 1):
    Often("fri", 30)


@pytest.mark.parametrize("made", [Light, Often])
@pytest.mark.parametrize(("given", "named"), MADE)
def test_it_is_made_read_compared_and_copied_like_the_original(
    made: type[Light | Often], given: tuple[Any, ...], named: dict[str, Any]
) -> None:
    light, original = made(*given, **named), Original(*given, **named)
    assert tuple(light) == tuple(original)
    assert (light.day, light.minutes, light.mood, light.with_) == tuple(original)
    assert light.told == original.told
    assert light == made(*given, **named)
    assert hash(light) == hash(original)
    assert light._asdict() == original._asdict()
    assert tuple(light._replace(minutes=7, mood="x")) == tuple(original._replace(minutes=7, mood="x"))
    assert repr(light) == repr(original).replace("Original", made.__name__)
    again = pickle.loads(pickle.dumps(light))
    assert type(again) is made
    assert again == light
    assert made._make(light) == light


@pytest.mark.parametrize(("given", "named"), WRONG)
def test_what_the_original_refuses_is_refused(given: tuple[Any, ...], named: dict[str, Any]) -> None:
    for made in (Light, Often, Original):
        with pytest.raises(TypeError):
            made(*given, **named)


def test_it_cannot_be_changed_and_has_no_room_for_more() -> None:
    light = Light("fri", 30)
    for name in ("minutes", "hour"):
        with pytest.raises(AttributeError):
            setattr(light, name, 5)
    with pytest.raises(ValueError, match="hour"):
        light._replace(hour=5)  # type: ignore[call-arg]


def test_a_default_before_what_has_none_is_an_error_at_once() -> None:
    body: dict[str, Any] = {"__annotations__": {"day": "str", "minutes": "int"}, "day": "fri"}
    with pytest.raises(TypeError, match="default"):
        type(Light).__call__(type(Light), "Wrong", (typed.NamedTuple,), body)


def test_a_match_takes_it_apart() -> None:
    match Light("fri", 30):
        case Light(day, minutes):
            assert (day, minutes) == ("fri", 30)
        case _:
            pytest.fail("it has no places")


class Mood(typed.StrEnum):
    """Words of the stand-in."""

    HAPPY = "happy"
    MIXED = "so so"

    @property
    def told(self) -> str:
        """A property of its own."""
        return f"{self}!"


class OriginalMood(enum.StrEnum):
    """The same words, of the original."""

    HAPPY = "happy"
    MIXED = "so so"

    @property
    def told(self) -> str:
        """A property of its own."""
        return f"{self}!"


@pytest.mark.parametrize("words", [Mood, OriginalMood])
def test_its_words_are_texts_each_there_once(words: type[Mood | OriginalMood]) -> None:
    happy = words("happy")
    assert list(words) == ["happy", "so so"]
    assert len(words) == 2
    assert (words.HAPPY is happy, words(happy) is happy, happy in words) == (True, True, True)
    assert (happy.name, happy.value, happy.told, str(words.MIXED), f"{happy:>6}") == (
        "HAPPY", "happy", "happy!", "so so", " happy",
    )  # fmt: skip
    assert type(happy.value) is type(str(happy)) is str
    assert happy in {"happy"}
    assert repr(happy) == f"<{words.__name__}.HAPPY: 'happy'>"
    assert json.dumps([happy]) == '["happy"]'
    assert pickle.loads(pickle.dumps(happy)) is copy.deepcopy(happy) is copy.copy(happy) is happy
    assert isinstance(happy, words)


@pytest.mark.parametrize("wrong", ["HAPPY", "", None, 1, []])
def test_no_other_word_is_taken(wrong: Any) -> None:
    for words in (Mood, OriginalMood):
        with pytest.raises(ValueError, match="is not a valid"):
            words(wrong)


def test_it_loads_neither_typing_nor_enum() -> None:
    probe = "import sys; import csm_tui.typed; sys.exit(not {'typing', 'enum', 'collections'}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-S", "-c", probe], env={"PYTHONPATH": ":".join(sys.path)}).returncode == 0
