"""Deeds on what the lists keep: saved filters."""

from __future__ import annotations

from csm_tui.actions.saved_filters import RemoveFilter, SaveFilter, remove_filter, save_filter
from tests.store.deeds import Deed

DEEDS: dict[str, Deed] = {
    "save a filter": Deed(save_filter, lambda _: SaveFilter("Rich", "arr>50k =quiet")),
    "save a filter anew": Deed(save_filter, lambda _: SaveFilter("quiet", "silent>30")),
    "remove a filter": Deed(remove_filter, lambda _: RemoveFilter("quiet")),
}
