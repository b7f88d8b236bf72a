"""Notes that were written as HTML, as the plain text that a reader saw, in time that grows with their length alone.

Not by html.parser: it takes minutes over some unclosed tags, and raises over some declarations.
"""

from __future__ import annotations

import html
import re

_LOOKS = re.compile(
    r"</?(?:p|div|br|span|ul|ol|li|b|i|u|strong|em|a|h[1-6]|table|tr|td|html|body|font)\b[^<>]*>|&\w+;", re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]*)[^<>]*>", re.IGNORECASE | re.ASCII)
_BREAKS = frozenset(
    {"p", "div", "br", "ul", "ol", "tr", "table", "blockquote", *(f"h{level}" for level in range(1, 7))}
)
_UNSEEN = tuple(
    (re.compile(begin, re.IGNORECASE), re.compile(end, re.IGNORECASE))
    for begin, end in (
        ("<!--", "-->"),
        *((rf"<{tag}\b", rf"</{tag}[^<>]*>") for tag in ("script", "style", "head", "title")),
    )
)


def plain_text(text: str) -> str:
    """The text as it stands, or, where it holds tags, without them: paragraphs and list items on lines of their own."""
    if ("<" not in text and "&" not in text) or not _LOOKS.search(text):
        return text.strip()
    seen = re.sub(r"[ \t\r\n\f\v]+", " ", text)
    for begin, end in _UNSEEN:
        seen = _without(seen, begin, end)
    lines = html.unescape(_TAG.sub(_broken, seen)).split("\n")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(re.sub(r"[ \u00a0]+", " ", line).strip() for line in lines)).strip()


def _broken(tag: re.Match[str]) -> str:
    """The line end that a tag makes, if it makes one."""
    name = tag[2].lower()
    if name == "li":
        return "" if tag[1] else "\n- "
    return "\n" if name in _BREAKS else ""


def _without(text: str, begin: re.Pattern[str], end: re.Pattern[str]) -> str:
    """The text without what stands between two marks; a mark that is never closed stays."""
    kept, at = [], 0
    while (opened := begin.search(text, at)) and (closed := end.search(text, opened.end())):
        kept.append(text[at : opened.start()])
        at = closed.end()
    return "".join([*kept, text[at:]])
