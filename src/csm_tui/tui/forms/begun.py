"""A form that was begun and left: what was typed in each field, and what the book said there at that time."""

from __future__ import annotations

import json
from typing import NamedTuple


class Begun(NamedTuple):
    """Texts by the names of their fields, and what stood there before."""

    texts: dict[str, str]
    before: dict[str, str]


def begun(draft: str) -> Begun:
    """What a draft holds; one that cannot be read holds nothing."""
    try:
        found = json.loads(draft) if draft else {}
    except ValueError:
        return Begun({}, {})
    return Begun(*(_texts(found, part) for part in Begun._fields))


def _texts(found: object, part: str) -> dict[str, str]:
    texts = found.get(part) if isinstance(found, dict) else None
    return {str(name): str(text) for name, text in texts.items()} if isinstance(texts, dict) else {}


def draft_of(texts: dict[str, str], before: dict[str, str]) -> str:
    """A draft of what was typed; nothing, where nothing was."""
    return json.dumps(Begun(texts, before)._asdict()) if texts else ""


def with_text(draft: str, name: str, text: str, before: str) -> str:
    """A draft in which a field holds this text."""
    found = begun(draft)
    return draft_of({**found.texts, name: text}, {**found.before, name: before})
