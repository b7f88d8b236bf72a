"""Notes that were written as HTML, as the plain text that a reader of them saw."""

from __future__ import annotations

import re
from html.parser import HTMLParser

_LOOKS = re.compile(
    r"</?(?:p|div|br|span|ul|ol|li|b|i|u|strong|em|a|h[1-6]|table|tr|td|html|body|font)\b[^<>]*>|&\w+;", re.I
)
_BREAKS = frozenset(
    {"p", "div", "br", "ul", "ol", "tr", "table", "blockquote", *(f"h{level}" for level in range(1, 7))}
)
_SILENT = frozenset({"script", "style", "head", "title"})


class _Plain(HTMLParser):
    """The text between the tags, with the line ends that the tags make."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the parser's own signature
        self._silent += tag in _SILENT
        if tag == "li":
            self.parts.append("\n- ")
        elif tag in _BREAKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self._silent = max(self._silent - (tag in _SILENT), 0)
        if tag in _BREAKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.parts.append(re.sub(r"[ \t\r\n\f\v]+", " ", data))


def plain_text(text: str) -> str:
    """The text as it stands, or, where it holds tags, without them: paragraphs and list items on lines of their own."""
    if ("<" not in text and "&" not in text) or not _LOOKS.search(text):
        return text.strip()
    parser = _Plain()
    parser.feed(text)
    parser.close()
    lines = [re.sub(r"[ \u00a0]+", " ", line).strip() for line in "".join(parser.parts).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
