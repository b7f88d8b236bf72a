"""Money is a whole number of cents with a currency; nothing here rounds but half away from zero."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.typed import NamedTuple

MOST_CENTS = 10**15
"""Ten trillion: anything larger is a typing mistake, and stays far below what SQLite holds exactly."""

MOST_DIGITS = 40

SYMBOLS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY", "₹": "INR", "CHF": "CHF", "kr": "SEK", "zł": "PLN"}
SIGNS = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "INR": "₹"}
SCALES = {"": 1, "k": 1_000, "m": 1_000_000, "b": 1_000_000_000}


class Amount(NamedTuple):
    """An amount as it was written: cents, and the currency when one was named."""

    cents: int
    currency: str | None


_APART = "'’ \u00a0\u202f"
_PLAIN = r"(?a)([1-9]\d{0,11}|[1-9]\d{0,2}(?:,\d{3}){1,3})(?:\.(\d\d?))?"
"""The common case, which needs no care."""
_NUMBER = r"(?ai)^(\d[\d.,'’ \u00a0\u202f]*)\s*([kmb]?)$"
_CODE = r"(?s)^([A-Z]{3})\s*(.*?)$|^(.*?)\s*([A-Z]{3})$"


def amount(text: str) -> Amount:
    """Read `48000`, `1,234.50`, `1.234,50 €`, `($5)`, `12k` or `EUR 1.2m` to the cent.

    A single point or comma before exactly three digits groups thousands (`1.234` is 1234, but `0.125` is an
    eighth); otherwise it is the decimal mark. A blank and an apostrophe only ever group. Raises Refusal, naming
    the text, for anything else, for an amount below zero that is not in brackets or signed, and for more than
    ten trillion.
    """
    import re  # amounts are printed by every command, and read by few

    plain = re.fullmatch(_PLAIN, text)
    if plain is not None:
        return Amount(int(plain[1].replace(",", "")) * 100 + int((plain[2] or "").ljust(2, "0")), None)
    bare, negative = _unsigned(text.strip())
    bare, currency = _without_currency(bare)
    inner, also_negative = _unsigned(bare)
    match = re.match(_NUMBER, inner)
    if match is None:
        raise _not_money(text)
    cents = _cents(match.group(1), SCALES[match.group(2).lower()], text)
    return Amount(-cents if negative or also_negative else cents, currency)


def owed(text: str) -> Amount:
    """An amount that cannot be negative, such as what an account pays in a year."""
    read = amount(text)
    if read.cents < 0:
        raise Refusal(f"“{text.strip()}” is below zero: a yearly amount is 0 or more.")
    return read


def currency_code(text: str) -> str:
    """A currency as three capital letters, from its code or its sign."""
    code = SYMBOLS.get(text.strip(), text.strip().upper())
    if len(code) == 3 and code.isascii() and code.isalpha():
        return code
    raise Refusal(f"“{text.strip()}” is not a currency: use its three letters, such as EUR or USD.")


def currency_of(paid: Amount, named: str | None, otherwise: str | None = None) -> str | None:
    """The currency of an amount: that which it names, or which is named beside it, which must not differ."""
    if paid.currency is not None and named is not None and paid.currency != named:
        raise Refusal(f"is in {paid.currency} by its amount and in {named} by its currency")
    return paid.currency or named or otherwise


def _unsigned(text: str) -> tuple[str, bool]:
    if text.startswith("(") and text.endswith(")"):
        return text[1:-1].strip(), True
    if text[:1] in {"-", "−"}:
        return text[1:].strip(), True
    return text, False


def _without_currency(text: str) -> tuple[str, str | None]:
    for sign, code in SYMBOLS.items():
        if text.startswith(sign):
            return text[len(sign) :].strip(), code
        if text.endswith(sign):
            return text[: -len(sign)].strip(), code
    import re

    match = re.match(_CODE, text)
    if match is None:
        return text, None
    if match.group(1):
        return match.group(2), match.group(1)
    return match.group(3), match.group(4)


def _cents(digits: str, scale: int, text: str) -> int:
    whole, fraction = _split(digits, text)
    if len(whole) + len(fraction) > MOST_DIGITS:
        raise Refusal(f"That amount has more than {MOST_DIGITS} digits: check the number.")
    parts: int = 10 ** len(fraction)
    cents, left = divmod(int(whole + fraction) * scale * 100, parts)
    cents += 1 if 2 * left >= parts and fraction else 0
    if cents > MOST_CENTS:
        raise Refusal(f"“{text.strip()}” is more than ten trillion: check the number.")
    return cents


def _split(digits: str, text: str) -> tuple[str, str]:
    """The whole digits and the decimal digits, whichever mark separates them."""
    marks = [mark for mark in digits if not mark.isdigit()]
    if not marks:
        return digits, ""
    last = marks[-1]
    head, _, tail = digits.rpartition(last)
    if len(set(marks)) == 1 and (len(marks) > 1 or last in _APART or (len(tail) == 3 and head.strip("0"))):
        return _grouped(digits.split(last), text), ""
    if marks.count(last) > 1 or last in _APART or not tail or len(set(marks)) > 2:
        raise _not_money(text)
    return _grouped(head.split(marks[0]) if len(marks) > 1 else [head], text), tail


def _grouped(groups: list[str], text: str) -> str:
    """The digits of thousands in groups of three, of which the first does not begin with nought."""
    if len(groups) > 1 and (any(len(group) != 3 for group in groups[1:]) or not 1 <= len(groups[0].lstrip("0")) <= 3):
        raise _not_money(text)
    return "".join(groups)


def _not_money(text: str) -> Refusal:
    return Refusal(f"“{text.strip()}” is not an amount: write it like 48000, 1,234.50 or 12k.")


def median(amounts: list[int]) -> int | None:
    """The middle amount in cents; of two middle ones their mean, rounded half up. None of none."""
    if not amounts:
        return None
    ordered = sorted(amounts)
    low, high = ordered[(len(ordered) - 1) // 2], ordered[len(ordered) // 2]
    return (low + high + 1) // 2


def sign(currency: str) -> str:
    """What stands before an amount: `€`, or the code and a space where no sign is common."""
    return SIGNS.get(currency, f"{currency} ")


def written(cents: int, currency: str) -> str:
    """An amount in full, cents only where there are any: `€48,000`, `-$12.50`."""
    whole, part = divmod(abs(cents), 100)
    minus = "-" if cents < 0 else ""
    return f"{minus}{sign(currency)}{whole:,}" + (f".{part:02d}" if part else "")


def short(cents: int, currency: str) -> str:
    """An amount in at most three digits and a letter, rounded half up: `€48k`, `€1.24M`, `€950`."""
    units = (abs(cents) + 50) // 100
    minus = "-" if cents < 0 else ""
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "k")):
        if units >= size - size // 2000:
            return f"{minus}{sign(currency)}{_three_digits(units, size)}{letter}"
    return f"{minus}{sign(currency)}{units}"


def _three_digits(units: int, size: int) -> str:
    """`48`, `1.24`, `12.4`: no more than three digits, no zeros at the end."""
    for decimals in (2, 1, 0):
        scaled = (units * 10**decimals + size // 2) // size
        if scaled < 1000 or decimals == 0:
            break
    if size == 10**3:
        scaled, decimals = (units + size // 2) // size, 0
    text = f"{scaled / 10**decimals:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text
