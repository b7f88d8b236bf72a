"""What an import does, or would do, file by file, in the same words for every kind of list."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm_tui.actions.import_outcome import ChangedLine, NewLine, Outcome, Remark
    from csm_tui.exchange.survey import Surveyed


class Preview(NamedTuple):
    """What becomes of a file: how many lines in which way, the first of them in words, headers not used, remarks."""

    source: str
    title: str
    kind: str
    file: str
    new: int
    changed: int
    unchanged: int
    refused: Sequence[Remark]
    first_new: tuple[NewLine, ...]
    first_changed: tuple[ChangedLine, ...]
    unused_headers: tuple[str, ...]
    remarks: tuple[str, ...]

    @property
    def writes(self) -> bool:
        """Whether there is anything to write."""
        return bool(self.new or self.changed)

    @property
    def rows(self) -> int:
        """How many lines the file has, whatever became of them."""
        return self.new + self.changed + self.unchanged + len(self.refused)


def told(file: Surveyed, outcome: Outcome) -> Preview:
    """What a file and the book say together, in the order of its lines."""
    outcome.refused.sort()
    return Preview(
        source=file.source.NAME,
        title=file.source.TITLE,
        kind=file.kind,
        file=file.given.name,
        new=outcome.new,
        changed=outcome.changed,
        unchanged=outcome.unchanged,
        refused=outcome.refused,
        first_new=tuple(outcome.first_new),
        first_changed=tuple(outcome.first_changed),
        unused_headers=file.unused,
        remarks=(*file.told, *file.odd_words(), *outcome.remarks),
    )


def as_json(preview: Preview) -> dict[str, object]:
    """An import under the names that scripts know."""
    return {
        "source": preview.source,
        "new": preview.new,
        "changed": preview.changed,
        "unchanged": preview.unchanged,
        "refused": [{"line": remark.line, "reason": remark.reason} for remark in preview.refused],
        "unused_headers": list(preview.unused_headers),
    }
