"""The filter language: words and `field:value` tokens that all must hold; how it is read, written, and asked of a row.

`tier:high band:risk silent>21 renew<90 #champion north` is one filter. A leading `-` or `not:` turns a token round.
"""

from __future__ import annotations

import re

from csm_tui.domain.errors import Refusal
from csm_tui.domain.filter_fields import ALIASES, FIELDS, OF_ITEMS, NumberField, RowFacts, WordField, fits, plain
from csm_tui.domain.money import amount
from csm_tui.domain.naming import folded
from csm_tui.domain.touchpoints import Signal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

WORD, SIGNAL, SAVED = "", "#", "="
NONE = "none"
"""The value of a field that has none."""

MOST_DIGITS = 18
_TOKEN = r'(?:[^\s"]|"[^"]*(?:"|$))+'
_FIELD = r"([^\W\d_]+)(>=|<=|[:<>=])(.*)"
_NUMBER = r"(?a)[+−-]?\d+"


class Term(NamedTuple):
    """One token: the field (empty for a plain word, `#` for a signal), how it compares, with what, turned round or not.

    A number is in days, or in cents where the field is money.
    """

    field: str
    op: str
    value: str | int
    negated: bool = False


class Filter(NamedTuple):
    """Tokens that all must hold; none at all holds for every row."""

    terms: tuple[Term, ...] = ()


class Wrong(Refusal):
    """A token that cannot be read, and why; an unfinished one only lacks its end."""

    def __init__(self, message: str, *, unfinished: bool = False) -> None:
        super().__init__(message)
        self.unfinished = unfinished


def parse(text: str, fields: Iterable[str] = OF_ITEMS, saved: Mapping[str, str] | None = None) -> Filter:
    """Read a filter for a list that has these fields; `=name` stands for a saved one.

    Raises Wrong, naming the token and the nearest right one.
    """
    return Filter(tuple(term for token in _tokens(text) for term in _terms(token, frozenset(fields), saved or {})))


def understood(
    text: str, fields: Iterable[str] = OF_ITEMS, saved: Mapping[str, str] | None = None
) -> tuple[Filter, str]:
    """What is being typed, as far as it can be read, and what is wrong with it (empty: nothing).

    A wrong token is looked for as plain text; an unfinished one is left out until it is finished.
    """
    terms: list[Term] = []
    wrong = ""
    for token in _tokens(text):
        try:
            terms += _terms(token, frozenset(fields), saved or {})
        except Wrong as fault:
            wrong = wrong or str(fault)
            if not fault.unfinished:
                terms.append(Term(WORD, ":", token.replace('"', "").strip()))
    return Filter(tuple(terms)), wrong


def matches(wanted: Filter, row: RowFacts) -> bool:
    """Whether all tokens hold for a row."""
    return all(_holds(term, row) is not term.negated for term in wanted.terms)


def narrower(wanted: Filter, before: Filter) -> bool:
    """Whether all that a filter lets through went through the one before as well: a token more, or a longer word."""
    longer = [str(term.value) for term in wanted.terms if _is_word(term)]
    return all(
        term in wanted.terms or (_is_word(term) and any(str(term.value) in word for word in longer))
        for term in before.terms
    )


def _is_word(term: Term) -> bool:
    return term.field == WORD and not term.negated


def written(wanted: Filter) -> str:
    """A filter as text that reads back as the same."""
    return " ".join(map(_token, wanted.terms))


def names(text: str) -> list[str]:
    """The saved filters that a text stands on."""
    return [token[1:] for token in _tokens(text) if token.startswith(SAVED)]


def expanded(text: str, saved: Mapping[str, str]) -> str:
    """The text with each `=name` in it replaced by what was saved under that name."""
    return " ".join(saved.get(token[1:], token) if token.startswith(SAVED) else token for token in _tokens(text))


def _tokens(text: str) -> Iterator[str]:
    """The tokens, folded before they are told apart, so that a full-width quote or colon is one."""
    return (found.group() for found in re.finditer(_TOKEN, folded(text)))


def _holds(term: Term, row: RowFacts) -> bool:
    if term.field == WORD:
        return plain(str(term.value)) in row.text
    if term.field == SIGNAL:
        return any(signal.startswith(str(term.value)) for signal in row.about.signals)
    field = FIELDS[term.field]
    if isinstance(field, NumberField):
        return _compares(field, term, field.held(row))
    held = field.held(row)
    wanted = str(term.value)
    return (wanted == NONE and not held) or any(fits(plain(value), wanted) for value in held)


def _compares(field: NumberField, term: Term, number: int | None) -> bool:
    if isinstance(term.value, str) or number is None:
        return number is None and (term.value == NONE or (field.missing_is_more and term.op in {">", ">="}))
    if term.op == "=":
        return number == term.value
    if term.op.endswith("=") and number == term.value:
        return True
    return number > term.value if term.op.startswith(">") else number < term.value


def _terms(token: str, fields: frozenset[str], saved: Mapping[str, str]) -> tuple[Term, ...]:
    bare, negated = _turned(token)
    if bare.startswith(SAVED):
        return _saved(bare, fields, saved, negated)
    return (_term(bare, fields)._replace(negated=negated),)


def _turned(token: str) -> tuple[str, bool]:
    """The token without what turns it round, and whether that was there."""
    for sign in ("-", "not:"):
        if token.startswith(sign):
            if token == sign:
                raise Wrong(f"“{token}” leaves out what follows it, such as {sign}tier:low.", unfinished=True)
            return token.removeprefix(sign), True
    return token, False


def _saved(token: str, fields: frozenset[str], saved: Mapping[str, str], negated: bool) -> tuple[Term, ...]:
    name = token[1:]
    if negated:
        raise Wrong(f"“{token}” is a whole filter and cannot be turned round: turn its words round one by one.")
    if name not in saved:
        begun = not name or any(one.startswith(name) for one in saved)
        raise Wrong(
            f"There is no saved filter “{token}”: `csm filter list` shows them.{_nearest(name, tuple(saved), SAVED)}",
            unfinished=begun,
        )
    return parse(saved[name], fields).terms


def _term(token: str, fields: frozenset[str]) -> Term:
    if token.startswith('"'):
        return _word(token)
    if token.startswith(SIGNAL):
        return _signal(token)
    found = re.fullmatch(_FIELD, token, re.DOTALL)
    if found is None:
        return _word(token)
    typed, op, value = found.group(1), found.group(2), found.group(3).replace('"', "")
    field = _field(typed, op, fields)
    if not value.strip():
        raise Wrong(f"“{token}” waits for a value, such as {_example(field)}.", unfinished=True)
    if isinstance(field, NumberField):
        return _number(field, op, value, token)
    return _choice(field, op, value, token)


def _word(token: str) -> Term:
    word = token.replace('"', "").strip()
    if not word:
        raise Wrong(f"“{token}” holds no word.", unfinished=True)
    return Term(WORD, ":", word)


def _signal(token: str) -> Term:
    name = token[1:]
    if not name:
        raise Wrong("“#” waits for a signal, such as #champion.", unfinished=True)
    if not any(signal.startswith(name) for signal in Signal):
        raise Wrong(f"There is no signal “{token}”.{_nearest(name, Signal, SIGNAL)}")
    return Term(SIGNAL, ":", name)


def _field(typed: str, op: str, fields: frozenset[str]) -> WordField | NumberField:
    name = ALIASES.get(typed, typed)
    if name not in FIELDS:
        known = ", ".join(one for one in FIELDS if one in fields)
        near = _nearest(name, (*fields, *ALIASES), "", op)
        raise Wrong(f"There is no field “{typed}{op}”.{near} There are {known}.")
    if name not in fields:
        raise Wrong(f"“{typed}{op}” asks for due items, which this list has not: use it in Today.")
    return FIELDS[name]


def _number(field: NumberField, op: str, value: str, token: str) -> Term:
    if op == ":" and len(value) > 1 and value[-1] in "+-":
        op, value = ("<=" if value[-1] == "-" else ">="), value[:-1]
    op = "=" if op == ":" else op
    if folded(value) == NONE and op == "=":
        return Term(field.name, op, NONE)
    try:
        return Term(field.name, op, _cents(value) if field.money else _whole(value))
    except Refusal:
        what = "an amount without a currency" if field.money else "a whole number"
        raise Wrong(f"“{token}” needs {what}, such as {field.example}.") from None


def _whole(value: str) -> int:
    if re.fullmatch(_NUMBER, value) is None or len(value) > MOST_DIGITS:
        raise Refusal("no number")
    return int(value.replace("−", "-"))


def _cents(value: str) -> int:
    read = amount(value)
    if read.currency is not None:
        raise Refusal("amounts are compared in the currency of each account")
    return read.cents


def _choice(field: WordField, op: str, value: str, token: str) -> Term:
    if op not in {":", "="}:
        raise Wrong(f"“{token}”: {field.name} is not a number; write {_example(field)}.")
    wanted = plain(value)
    if field.words and wanted != NONE and not any(fits(plain(word), wanted) for word in field.words):
        near = {part: word for word in reversed(field.words) for part in (word, *word.split("-"))}
        nearest = _nearest(value, near, f"{field.name}:")
        raise Wrong(f"There is no {field.name} “{value}”.{nearest} There are {', '.join(field.words)}.")
    return Term(field.name, ":", wanted)


def _example(field: WordField | NumberField) -> str:
    if isinstance(field, NumberField):
        return field.example
    words = [f"{field.name}:{word}" for word in field.words] or [f"{field.name}:emea"]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1])))


def _nearest(typed: str, known: Iterable[str], before: str, after: str = "") -> str:
    """` Did you mean tier:?`, or nothing where nothing is near; of a mapping the word that the near one stands for."""
    from difflib import get_close_matches

    near = get_close_matches(typed[:80], sorted(known), 1, 0.6)
    word = known[near[0]] if near and isinstance(known, dict) else "".join(near)
    return f" Did you mean {before}{word}{after}?" if near else ""


def _token(term: Term) -> str:
    turn = "-" if term.negated else ""
    if term.field == WORD:
        return f'{turn}"{term.value}"' if _needs_quotes(str(term.value)) else f"{turn}{term.value}"
    if term.field == SIGNAL:
        return f"{turn}#{term.value}"
    if isinstance(term.value, int):
        return f"{turn}{term.field}{term.op}{_digits(term.field, term.value)}"
    return f'{turn}{term.field}{term.op}"{term.value}"' if " " in term.value else f"{turn}{term.field}:{term.value}"


def _needs_quotes(word: str) -> bool:
    """Whether a plain word would read as something else without its quotes."""
    return " " in word or word[0] in "-#=" or word.startswith("not:") or re.fullmatch(_FIELD, word) is not None


def _digits(field: str, value: int) -> str:
    held = FIELDS[field]
    if not (isinstance(held, NumberField) and held.money):
        return str(value)
    whole, part = divmod(abs(value), 100)
    return ("-" if value < 0 else "") + (f"{whole}.{part:02d}" if part else str(whole))
