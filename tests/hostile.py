# ruff: noqa: E501 - lists of strings, a line a family
"""Strings that have broken other programs, and what must be true of anything that shows them."""

from __future__ import annotations

import csv
import json
import re

import pytest

from tests.shared import DATA as SHARED

ESC, ST = "\x1b", "\x1b\\"

MARKUP = (
    "[/]", "[/", "[/bold]", "[bold]", "[b]x[/b]", "[@click=app.quit]x[/]", "[@click=app.quit]x", "[@click=quit]",
    "[@click=app.boom('x')]Acme", "[@click='app.exit']Acme[/]", "[link=https://x]y", "[link='https://x']y[/link]",
    "[$primary]x", "[$nope]x", "[a=b]x", "[[x]]", r"\[x]", "a\\", "x\\[", '{"a": [true, false]}',
    "Acme [jo@acme.com]", "[#zzz]", "[1]", '["]', "[EU] Acme", "x [/] y", "[]", "]", "[", "[on red]x", "[/x][y]",
    "$v", "${v}", "&amp;", "<b>x</b>", ":smile:", "~~x~~", "`x`", "# x", "- [ ] x",
)  # fmt: skip
STEERING = (
    f"{ESC}]52;c;UFdORUQ={ST}Evil", f"{ESC}]0;PWNED{ST}", f"{ESC}]0;PWNED\x07", f"{ESC}]8;;http://evil.example{ST}x{ESC}]8;;{ST}",
    f"a{ESC}[2Jb", f"{ESC}[31mred", f"{ESC}[c", f"{ESC}[6n", f"{ESC}P$q q{ST}x", f"{ESC}_apc{ST}x", f"{ESC}^pm{ST}x", f"{ESC}Xsos{ST}x",
    f"{ESC}[?1049l", f"{ESC}[?25h{ESC}[?1003h", "\x9b31mred", "\x9d0;PWNED\x9c", "\x90$q q\x9c", "bell\x07", "x" + "\x08" * 80 + "y",
    "one\rtwo", "one\ntwo", "one\r\ntwo", "a\tb", "a\x0bb\x0cc", f"{ESC}[201~quit", f"{ESC}[200~q", "del\x7fdel", "\x1c\x1d\x1e\x1fx",
    f"x{ESC}", f"{ESC}[38;5;1mx{ESC}[0m", "a\x85b", "a\u2028b\u2029c",
)  # fmt: skip
DIRECTION = (
    "\u202eevil\u202c", "abc\u202edef", "\u2066open", "a\u2067b\u2069c", "\u200emark\u200f", "\u061calm", "x\u202ax\u202bx\u202dx",
    "שלום world", "مرحبا", "a\u200bb", "\ufeffbom", "\u00adsoft\u00ad", "\u2060join", "\U000e0041\U000e0042tag", "\ufffe", "\uffff", "\ufff9x\ufffb",
)  # fmt: skip
SHAPES = (
    "e" + "\u0301" * 50, "\u0301lone", "Z̸̢̧a̴̡l̶̢g̷o̸", "\ufdfd", "👨‍👩‍👧‍👦 family", "🇩🇪🇫🇷 flags", "✈️ plane ✈", "👍🏽 skin", "é vs é",
    "ｆｕｌｌ　ｗｉｄｔｈ", "한국어 가나다", "日本語テスト", "中文測試", "ไทย ภาษา", "हिन्दी क्ष", "தமிழ்", "ᚠᛇᚻ", "𝔘𝔫𝔦", "𒀱𒐫", "ﷺ", "─│┌┐", "\u3164hangul filler", "\u00a0nbsp\u00a0",
)  # fmt: skip
NAMES = (
    "İstanbul", "ISTANBUL", "istanbul", "ıstanbul", "straße", "STRASSE", "Ångström", "A\u030angstro\u0308m", "café", "cafe\u0301", "Acme", "ACME",
    "None", "null", "NaN", "nan", "inf", "-", "--", "--help", "-rf", "--json", "-h", "@file", "@/etc/passwd", "$(x)", "`x`", "%s", "%d%n",
    "{0}", "{name}", "{", "}", "' OR 1=1 --", "'; DROP TABLE account; --", '"', "'", "%", "_", "NEAR(", "*", "a AND b", "=1+1", "+1", "@SUM(1)",
    "0", "00", "1e9", "true", "id:7", "id:", "c1", "none", "../../etc/passwd", "/dev/null", "C:\\con", "a/b", "~", ";", "|", "&", "a,b", 'a"b', "a;b",
)  # fmt: skip
LONG = ("x" * 10_000, "ab " * 3_333, "漢" * 4_000, "👩‍👩‍👧‍👦" * 800, "[" * 2_000)
UNKEEPABLE = ("nul\x00nul", "\x00", "\ud800", "half\udfff pair", "\udce4")
"""What no file of text can hold, or what another program would cut short: refused with a sentence."""

OWN = (*MARKUP, *STEERING, *DIRECTION, *SHAPES, *NAMES)
"""Every string that is kept byte for byte. The long ones stand apart, since there is a lot of them."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What may never reach a terminal from the book (a line end and a blank may)."""


def naughty() -> tuple[str, ...]:
    """The Big List of Naughty Strings, where it is at hand."""
    path = SHARED / "blns" / "blns.json"
    if not path.exists():
        return ()
    found: list[str] = json.loads(path.read_text(encoding="utf-8"))
    return tuple(text for text in found if text.strip() and keepable(text))


def keepable(text: str) -> bool:
    """Whether a file of text can hold it."""
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def surnames(most: int = 5) -> tuple[str, ...]:
    """Names of many countries in their own script, where they are at hand: the most common ones of each."""
    path = SHARED / "names-by-country" / "common-surnames-by-country.csv"
    if not path.exists():
        return ()
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["Rank"].isdigit() and int(row["Rank"]) <= most]
    return tuple(dict.fromkeys(row["Localized Name"] for row in rows if row["Localized Name"].strip()))


def needs(found: tuple[str, ...], what: str) -> None:
    """Skip, and say why, where the data is not at hand."""
    if not found:
        pytest.skip(f"{what} is not at hand: the shared data folder is not beside the repository")
