"""The tags of an account: words that mark it, given and taken away."""

from __future__ import annotations

from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing


def tag_account(writing: Writing, account_id: int, tags: tuple[str, ...], untags: tuple[str, ...]) -> bool:
    """Give an account tags and take others away; whether that changed anything. Capitals make no other tag."""
    there = {folded(str(row["tag"])): int(row["id"] or 0) for row in writing.find("account_tag", account_id=account_id)}
    gone = {folded(tag) for tag in untags} & there.keys()
    for tag in sorted(gone):
        writing.remove("account_tag", there.pop(tag))
    new = {folded(tag): as_tag(tag) for tag in tags}
    for key in [key for key in new if key not in there]:
        writing.add("account_tag", account_id=account_id, tag=new[key])
        there[key] = 0
        gone.add(key)
    return bool(gone)


def as_tag(text: str) -> str:
    """A tag as it is kept: one word. Raises Refusal for none and for several."""
    tag = text.strip().removeprefix("#")
    if len(tag.split()) != 1 or len(tag) > 40 or '"' in tag:
        raise Refusal(f"“{text.strip()}” is not a tag: write one word of at most 40 letters, such as emea.")
    return tag
