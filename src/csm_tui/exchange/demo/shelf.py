"""The shipped playbooks as the made-up book keeps them: each text stands in the file once, and a user's own never."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.playbooks import shipped

if TYPE_CHECKING:
    from csm_tui.domain.playbooks import Playbook
    from csm_tui.exchange.demo.rows import Rows


class Kept(NamedTuple):
    """A playbook, and the row in which its text is kept."""

    template_id: int
    playbook: Playbook


class Shelf:
    """The playbooks that plans were started with so far."""

    def __init__(self, rows: Rows) -> None:
        self._rows = rows
        self._kept: dict[str, Kept] = {}

    def take(self, playbook_id: str) -> Kept:
        """The shipped playbook of an id; its text is written when it is first asked for."""
        if playbook_id not in self._kept:
            template, number = shipped(playbook_id), self._rows.number("template")
            self._rows.add("template", number, sha256(template.text.encode()).hexdigest(), template.text)
            self._kept[playbook_id] = Kept(number, template.playbook)
        return self._kept[playbook_id]
