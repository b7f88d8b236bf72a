"""Reads settings.toml: what it gives, on which line, and a sentence for each thing that it gives wrongly."""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal

from csm_tui import toml_file
from csm_tui.domain.errors import Refusal
from csm_tui.settings import DEFAULT, Settings
from csm_tui.settings_table import KEYS, RATES, TABLE, built, code, defaults, key_of, rate, written
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

MOST_NOTICES = 20
_BY_NAME = {setting.name: setting for setting in TABLE}
_TABLES = (*dict.fromkeys(name.partition(".")[0] for name in _BY_NAME if "." in name), RATES, KEYS)
_HEADER = re.compile(r"\s*\[\[?([^\]=]+)\]")
_KEY = re.compile(r"""\s*((?:[\w.\-\s]|"[^"]*"|'[^']*')+?)\s*=""")
_NOT_BARE = re.compile(r"""["'\s]""")


def read(path: str) -> Settings:
    """The settings that a file gives. What is wrong in it gets its default and a notice; no TOML: all defaults."""
    try:
        text = toml_file.text_of(path)
        given = tomllib.loads(text, parse_float=Decimal)
    except toml_file.UNREADABLE as error:
        return DEFAULT._replace(notices=(f"{path}{_reason(error)}: all settings are the defaults.",))
    return _Sheet(path, _lines(text)).filled(given)


def _reason(error: Exception) -> str:
    line, told = toml_file.reason(error)
    return f", line {line} {told}" if line else f" {told}"


def _lines(text: str) -> dict[str, int]:
    """On which line each name is first given; tomllib does not tell."""
    found: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if header := _HEADER.match(line):
            table = _NOT_BARE.sub("", header.group(1))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            name = _NOT_BARE.sub("", key.group(1))
            found.setdefault(f"{table}.{name}" if table else name, number)
    return found


def _leaves(given: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    for name, value in given.items():
        if isinstance(value, dict):
            yield from _leaves(value, f"{above}{name}.")
        else:
            yield above + name, value


class _Sheet:
    """All settings at their defaults, as the file changes them one by one."""

    def __init__(self, path: str, lines: dict[str, int]) -> None:
        self._path = path
        self._lines = lines
        self._values = defaults()
        self._taken: dict[str, int] = {}
        self._notices: list[str] = []

    def filled(self, given: Mapping[str, Any]) -> Settings:
        """The settings, with all that the file gives rightly."""
        for name, value in _leaves(given):
            try:
                self._take(name, value)
            except Refusal as refusal:
                self._notices.append(f"{self._path}, line {self._line(name)}: {refusal}")
        more = len(self._notices) - MOST_NOTICES
        told = (*self._notices[:MOST_NOTICES], *((f"{self._path}: {more} more like these.",) if more > 0 else ()))
        return built(self._values)._replace(lines=self._taken, notices=told)

    def _take(self, name: str, value: Any) -> None:
        table, _, below = name.partition(".")
        try:
            if table == RATES and below:
                self._values[RATES][code(below)] = rate(value)
                name = f"{RATES}.{code(below)}"
            elif table == KEYS and below:
                self._values[KEYS][below] = key_of(value)
            elif name in _BY_NAME:
                self._values[name] = _BY_NAME[name].read(value)
            else:
                raise Refusal(_unknown(name))
        except Refusal as refusal:
            raise self._wrong(name, refusal) from None
        self._taken[name] = self._line(name)

    def _wrong(self, name: str, refusal: Refusal) -> Refusal:
        if name not in _BY_NAME:
            told = str(refusal)
            return Refusal(told if told.startswith("there is no") else f"{name} {told}; it is left out.")
        return Refusal(f"{name} {refusal}; until then it is {written(_BY_NAME[name].default)}.")

    def _line(self, name: str) -> int:
        """The line of a name, else of the table that it stands in."""
        while name not in self._lines and "." in name:
            name = name.rpartition(".")[0]
        return self._lines.get(name, 1)


def _unknown(name: str) -> str:
    """The sentence for a name that is no setting, with the one that was probably meant."""
    from difflib import get_close_matches

    if name in _TABLES:
        return f"there is no setting {name}, but a table: write [{name}], and what it holds on the lines below."
    near = get_close_matches(name, _BY_NAME, 1) or get_close_matches(name, _TABLES, 1)
    hint = f"did you mean {near[0]}?" if near else "`csm settings --example` shows all there are."
    return f"there is no setting {name}: {hint}"
