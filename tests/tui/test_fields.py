"""How the fields of a form are read, told, completed and refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.tui.forms import fields
from csm_tui.tui.forms.fields import Read, Said, completed
from tests.tui.conftest import DAY

if TYPE_CHECKING:
    from csm_tui.tui.forms.fields import Reader

TIERS: dict[str, str | int] = {"white-glove": "white-glove", "high-touch": "high-touch", "low-touch": "low-touch"}
SAID = Said(DAY, {"currency": "USD"})


@pytest.mark.parametrize(
    ("reader", "text", "values", "echo"),
    [
        (fields.day("d"), "fri", "2026-11-27", "Fri 27 Nov 2026 · in 6 d"),
        (fields.day("d"), "+2w", "2026-12-05", "Sat 5 Dec 2026 · in 14 d"),
        (fields.day("d"), "eom", "2026-11-30", "Mon 30 Nov 2026 · in 9 d"),
        (fields.day("d"), "28.11", "2026-11-28", "Sat 28 Nov 2026 · in 7 d"),
        (fields.day("d"), "-1m", "2026-10-21", "Wed 21 Oct 2026 · 31 d ago"),
        (fields.day_gone_by("d", ""), "fri", "2026-11-20", "Fri 20 Nov 2026 · 1 d ago"),
        (fields.day("d"), " ", None, ""),
        (fields.amount("d", "currency"), "48k", 4_800_000, "$48,000.00 a year"),
        (fields.number("d", "seats"), "1,200", 1200, "1,200 seats"),
        (fields.choice("d", TIERS), "High", "high-touch", "high-touch"),
        (fields.choice("d", TIERS), "low touch", "low-touch", "low-touch"),
        (fields.time_of_day("d"), "9:05", "09:05", "09:05"),
        (fields.words("d"), " tea ", "tea", ""),
    ],
)
def test_a_text_is_read_and_told(reader: Reader, text: str, values: Any, echo: str) -> None:
    assert reader(text, SAID) == Read({"d": values}, echo)


def test_an_amount_may_name_its_currency_which_then_counts() -> None:
    read = fields.amount("arr_cents", "currency")("€1.234,50", SAID)
    assert read == Read({"arr_cents": 123_450, "currency": "EUR"}, "€1,234.50 a year")


@pytest.mark.parametrize(
    ("reader", "text", "sentence"),
    [
        (fields.day("d"), "fr", "not a day yet"), (fields.day("d"), "30.2.2026", "is not a day"),
        (fields.day("d", needed="A day."), "", "A day."), (fields.number("d", "x"), "-3", "not a whole number"),
        (fields.amount("d", "currency"), "($5)", "below zero"), (fields.choice("d", TIERS), "touch", "not one of"),
        (fields.choice("d", TIERS, "Which?"), "", "Which?"), (fields.time_of_day("d"), "25:00", "not a time of day"),
        (fields.words("d", "A name."), " ", "A name."), (fields.currency_code("d"), "euro", "not a currency"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_in_a_sentence(reader: Reader, text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        reader(text, SAID)


@pytest.mark.parametrize(
    ("text", "many", "whole"),
    [("hi", False, "high-touch"), ("HIGH", False, "high-touch"), ("", False, None), ("high-touch", False, None),
     ("x", False, None), ("low-touch, wh", True, "low-touch, white-glove"), ("low-touch,", True, None)],
)  # fmt: skip
def test_the_last_word_is_completed(text: str, many: bool, whole: str | None) -> None:
    assert completed(text, list(TIERS), many=many) == whole
