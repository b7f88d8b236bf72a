"""Which account or person is meant by a few typed letters; never a guess between two."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal, UnknownAccount
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MOST_CANDIDATES = 8
BETWEEN_NAMES = "\n"
"""Keeps whole names apart where several are one value; a name may have a comma in it."""


class Named(NamedTuple):
    """A row that goes by a name."""

    id: int
    name: str


class Person(NamedTuple):
    """A contact as naming sees it; who has left is meant only when nobody else is."""

    id: int
    name: str
    active: bool


def folded(text: str) -> str:
    """A text as comparison sees it: one form of each letter, no capitals, single blanks."""
    if not text.isascii():
        import unicodedata

        text = unicodedata.normalize("NFKC", text)
    return " ".join(text.casefold().split())


def numbered(text: str) -> int | None:
    """The number of `id:7`, which means that account even where another is called so; None for any other text."""
    prefix, _, number = folded(text).partition(":")
    return int(number) if prefix == "id" and number.isascii() and number.isdigit() and len(number) < 19 else None


def account_named(accounts: Sequence[Named], text: str) -> Named:
    """The account whose whole name is the text, else the only one whose name contains it; `id:7` names one by number.

    Raises UnknownAccount with the candidates when none or several go by it.
    """
    wanted = folded(text)
    if not wanted:
        raise UnknownAccount("Which account? Give a part of its name.")
    number = numbered(text)
    found = _going_by(accounts, text, wanted) if number is None else [one for one in accounts if one.id == number]
    if len(found) == 1:
        return found[0]
    raise _several(text, found) if found else _none(text, accounts)


def _going_by(accounts: Sequence[Named], text: str, wanted: str) -> list[Named]:
    """The accounts of this very name, else of this name without regard to its form, else with it in theirs."""
    exact = [account for account in accounts if account.name == text]
    if exact:
        return exact
    near = [(name, account) for account in accounts if wanted in (name := folded(account.name))]
    return [account for name, account in near if name == wanted] or [account for _, account in near]


def _several(text: str, found: Sequence[Named]) -> UnknownAccount:
    names = [account.name for account in found]
    if len(set(names)) < len(names):
        names = [f"{account.name} (id:{account.id})" for account in found]
    shown = tuple(names[:MOST_CANDIDATES])
    more = f"\n  and {len(names) - len(shown)} more" if len(names) > len(shown) else ""
    return UnknownAccount(
        f"{_quoted(text)} could be any of {len(names)} accounts; give more of the name:\n  "
        + "\n  ".join(shown)
        + more,
        shown,
    )


def _none(text: str, accounts: Sequence[Named]) -> UnknownAccount:
    if not accounts:
        return UnknownAccount("The book is empty: `csm import FILE` or `csm account add NAME` fills it.")
    near = _near(text, [account.name for account in accounts])
    hint = ("; near it:\n  " + "\n  ".join(near)) if near else "; `csm accounts` lists them all."
    return UnknownAccount(f"No account goes by {_quoted(text)}{hint}", near)


def _near(text: str, names: list[str]) -> tuple[str, ...]:
    from difflib import get_close_matches

    by_folded = {folded(name): name for name in names[:2000]}
    words = {word: name for name in names[:2000] for word in folded(name).split()}
    close = get_close_matches(folded(text)[:80], [*by_folded, *words], 4, 0.7)
    return tuple(dict.fromkeys(by_folded.get(match) or words[match] for match in close))


def _quoted(text: str) -> str:
    return f"“{text if len(text) <= 60 else text[:59] + '…'}”"


def person_named(people: Sequence[Person], typed: str) -> Person | None:
    """The one person whom `jon`, `jon.bell` or `Jon Bell` means: by the whole name, else by words, else by beginnings.

    A dot is a blank. Somebody still there comes before somebody who left; two who fit equally are nobody.
    """
    wanted = folded(typed.replace(".", " "))
    for fits in (_is_name, _has_words, _has_beginnings):
        found = [person for person in people if fits(folded(person.name.replace(".", " ")), wanted)]
        found = [person for person in found if person.active] or found
        if found:
            return found[0] if len(found) == 1 else None
    return None


def fitting(people: Iterable[Person], typed: str) -> list[str]:
    """The names of all whom a typed name could mean."""
    return [person.name for person in people if person_named([person], typed) is not None]


def person_meant(people: Sequence[Person], typed: str) -> Person | None:
    """The one person whom a name means, None for somebody new. Raises Refusal where it could be several."""
    found = person_named(people, typed)
    near = fitting(people, typed) if found is None else []
    if near:
        raise Refusal(f"“{typed}” could be {' or '.join(near)}: give more of the name.")
    return found


def names_in(text: str, known: Iterable[str]) -> list[str]:
    """The names in a text with commas between them; a known name that has a comma in it is one name."""
    import re

    whole = sorted((name for name in known if "," in name), key=len, reverse=True)
    one = "|".join([*map(re.escape, whole), "[^,]*"])
    found = re.findall(rf"\s*({one})\s*(?:,|$)", text, re.IGNORECASE)
    return [name for name in map(str.strip, found) if name]


def _is_name(name: str, wanted: str) -> bool:
    return name == wanted


def _has_words(name: str, wanted: str) -> bool:
    return bool(wanted) and set(wanted.split()) <= set(name.split())


def _has_beginnings(name: str, wanted: str) -> bool:
    words = name.split()
    return bool(wanted) and all(any(word.startswith(part) for word in words) for part in wanted.split())
