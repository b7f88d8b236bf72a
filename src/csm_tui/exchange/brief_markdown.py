"""A brief as Markdown: what people typed stands in it as it reads, and never begins a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.exchange.exporters.markdown import escaped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.exchange.brief_page import Line, Page, Section


def brief_markdown(page: Page) -> str:
    """The page as a text with a heading for the account and one for each section."""
    return "\n".join(_lines(page)) + "\n"


def _lines(page: Page) -> Iterator[str]:
    yield f"# {escaped(page.title)}"
    for parts in page.head:
        yield ""
        yield escaped(" · ".join(parts))
    for section in page.sections:
        yield ""
        yield f"## {section.title}" + (f" ({section.note})" if section.note else "")
        yield ""
        yield from _items(section)


def _items(section: Section) -> Iterator[str]:
    if not section.lines:
        yield f"- {section.empty}"
    for line in section.lines:
        yield _item(line)
    if section.more:
        yield f"- and {section.more:,} more"


def _item(line: Line) -> str:
    tail = f" ({line.tail})" if line.tail else ""
    return f"- **{escaped(line.lead)}** {escaped(line.text)}{tail}"
