"""Deeds: actions with their commands, all of which succeed on the book of `filled`; one file a subject."""

from __future__ import annotations

import pkgutil
from collections.abc import Callable
from importlib import import_module
from typing import Any, NamedTuple

from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint
from csm_tui.domain.due import Item
from csm_tui.domain.logline import parse
from csm_tui.store.connection import reading
from csm_tui.views.today import due_item
from tests.conftest import TODAY


class Deed(NamedTuple):
    """An action, and how its command is made from the book as it stands."""

    action: Callable[[Any, Any], Any]
    wanted: Callable[[str], Any]


def item(path: str, item_id: str) -> Item:
    """What is due under an id. Raises Refusal when nothing is."""
    with reading(path, TODAY) as book:
        return due_item(book, item_id)


def logging(line: str, notes: str = "", account_id: int = 1, account: str = "Northwind") -> Deed:
    """Logging a line."""
    return Deed(log_touchpoint, lambda _: LogTouchpoint(account_id, account, parse(line, TODAY), notes))


DEEDS: dict[str, Deed] = {
    name: deed
    for module in pkgutil.iter_modules(__path__, "tests.store.deeds.")
    for name, deed in import_module(module.name).DEEDS.items()
}
"""The deeds of every file of this folder, by their names."""
