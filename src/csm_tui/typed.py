"""What `typing` and `enum` give to the modules that most commands load, without loading them; the type checker sees the
originals.

Importing either costs a third of `python -c pass`; each NamedTuple of `typing` compiles all of its annotations, and
each class of `enum` takes its words in one by one.
"""

from __future__ import annotations

from _collections import _tuplegetter  # type: ignore[import-not-found]

__all__ = ["TYPE_CHECKING", "Generic", "NamedTuple", "StrEnum", "TypeVar"]

TYPE_CHECKING = False

FEW = 200
"""So many of a class are made without compiling anything; from there on it pays."""

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from enum import StrEnum
    from typing import Any, Generic, NamedTuple, TypeVar
else:

    def TypeVar(name: str) -> str:  # noqa: N802
        """The name of a type that only the type checker fills in."""
        return name

    class Generic:
        """What has such types."""

        __slots__ = ()

        def __class_getitem__(cls, _: object) -> type:
            return cls

    class _Fields(type):
        """Makes the annotated names of a class the fields of its tuples."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            fields = tuple(body.get("__annotations__", ()))
            defaults = {field: body[field] for field in fields if field in body}
            if tuple(defaults) != fields[len(fields) - len(defaults) :]:
                raise TypeError(f"{name}: what has no default stands before what has one")
            body |= {field: _tuplegetter(place, None) for place, field in enumerate(fields)}
            if fields:
                few = iter(range(FEW))
                body |= {"_fields": fields, "_field_defaults": defaults, "__match_args__": fields, "_few": few}
            return super().__new__(cls, name, bases, {"__slots__": (), **body})

    class NamedTuple(tuple, metaclass=_Fields):
        """A frozen row of values with names; the last of them may have defaults. In use it is one of `typing`."""

        _fields = ()

        def __new__(cls, /, *given: Any, **named: Any) -> NamedTuple:
            if next(cls._few, None) is None:
                cls._made_often()
            if named or len(given) != len(cls._fields):
                given += cls._others(len(given), named)
            return tuple.__new__(cls, given)

        @classmethod
        def _made_often(cls) -> None:
            """Give the class a constructor with its fields as arguments, as `typing` does at once."""
            fields = ", ".join(cls._fields)
            compiled = eval(f"lambda _cls, {fields}: _new(_cls, ({fields},))", {"_new": tuple.__new__})
            compiled.__defaults__ = tuple(cls._field_defaults.values())
            cls.__new__ = compiled

        @classmethod
        def _others(cls, given: int, named: dict[str, Any]) -> tuple[Any, ...]:
            """The values behind those given by place. Raises TypeError for one that is lacking, or is no field."""
            defaults = cls._field_defaults
            try:
                others = [named.pop(field) if field in named else defaults[field] for field in cls._fields[given:]]
            except KeyError as lacking:
                raise TypeError(f"{cls.__name__} lacks {lacking}") from None
            if named or given > len(cls._fields):
                raise TypeError(f"{cls.__name__} is made of {', '.join(cls._fields)}, and of nothing else")
            return tuple(others)

        @classmethod
        def _make(cls, values: Iterable[Any]) -> NamedTuple:
            """One of as many values as there are fields. Raises TypeError for any other number."""
            made = tuple.__new__(cls, values)
            if len(made) != len(cls._fields):
                raise TypeError(f"{cls.__name__} is made of {', '.join(cls._fields)}, and of nothing else")
            return made

        def _replace(self, /, **named: Any) -> NamedTuple:
            """The same with other values under some of the names. Raises ValueError for a name it has not."""
            replaced = self._make(map(named.pop, self._fields, self))
            if named:
                raise ValueError(f"{type(self).__name__} has no {', '.join(named)}")
            return replaced

        def _asdict(self) -> dict[str, Any]:
            """The values by name."""
            return dict(zip(self._fields, self, strict=True))

        def __getnewargs__(self) -> tuple[Any, ...]:
            return tuple(self)

        def __repr__(self) -> str:
            values = ", ".join(f"{field}={value!r}" for field, value in zip(self._fields, self, strict=True))
            return f"{type(self).__name__}({values})"

    class _Words(type):
        """Makes the texts in the body of a class its members: each is there once, and is found by its text."""

        def __new__(cls, name: str, bases: tuple[type, ...], body: dict[str, Any]) -> type:
            words = {key: text for key, text in body.items() if key[0] != "_" and type(text) is str}
            made = super().__new__(cls, name, bases, {"__slots__": (), **body, "_by_text": {}})
            for key, text in words.items():
                member = made._by_text[text] = str.__new__(made, text)
                member.name, member.value = key, text
                setattr(made, key, member)
            return made

        def __iter__(cls) -> Iterator[StrEnum]:
            return iter(cls._by_text.values())

        def __len__(cls) -> int:
            return len(cls._by_text)

        def __contains__(cls, text: object) -> bool:
            return text in cls._by_text

    class StrEnum(str, metaclass=_Words):
        """One of a few words, which is also the text that the file keeps. In use it is one of `enum`."""

        __slots__ = ("name", "value")

        def __new__(cls, text: str) -> StrEnum:
            try:
                return cls._by_text[text]
            except (KeyError, TypeError):
                raise ValueError(f"{text!r} is not a valid {cls.__name__}") from None

        def __reduce_ex__(self, _: object) -> tuple[type, tuple[str]]:
            return type(self), (self.value,)

        def __repr__(self) -> str:
            return f"<{type(self).__name__}.{self.name}: {self.value!r}>"
