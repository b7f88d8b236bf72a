"""The tags of an account: words that mark it, given and taken away."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing


NONE = "none"
"""The word for no tag at all."""


def tag_account(writing: Writing, account_id: int, tags: tuple[str, ...], untags: tuple[str, ...]) -> bool:
    """Give an account tags and take others away; whether that changed anything. Capitals make no other tag."""
    there = {folded(str(row["tag"])): int(row["id"] or 0) for row in writing.find("account_tag", account_id=account_id)}
    gone = {folded(_bare(tag)) for tag in untags} & there.keys()
    for tag in sorted(gone):
        writing.remove("account_tag", there.pop(tag))
    new = {folded(tag): tag for tag in map(as_tag, tags)}
    for key in [key for key in new if key not in there]:
        writing.add("account_tag", account_id=account_id, tag=new[key])
        there[key] = 0
        gone.add(key)
    return bool(gone)


def as_tag(text: str) -> str:
    """A tag as it is kept: one word. Raises Refusal for none and for several."""
    tag = _bare(text)
    if folded(tag) == NONE:
        raise Refusal(f"“{text.strip()}” is not a tag: tag:none finds the accounts without one.")
    if len(tag.split()) != 1 or len(tag) > 40 or '"' in tag:
        raise Refusal(f"“{text.strip()}” is not a tag: write one word of at most 40 letters, such as emea.")
    return tag


def _bare(text: str) -> str:
    return text.strip().removeprefix("#")
