"""Deeds of the lists: saved filters, and one change to many rows."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.accounts import AddAccount, EditAccount, add_account, edit_account
from csm_tui.actions.bulk import ChangeAccounts, SnoozeItems, change_accounts, snooze_items
from csm_tui.actions.saved_filters import RemoveFilter, SaveFilter, remove_filter, save_filter
from tests.store.deeds import Deed, item

DEEDS: dict[str, Deed] = {
    "save a filter": Deed(save_filter, lambda _: SaveFilter("Rich", "arr>50k =quiet")),
    "save a filter anew": Deed(save_filter, lambda _: SaveFilter("quiet", "silent>30")),
    "change many accounts": Deed(
        change_accounts,
        lambda _: ChangeAccounts(
            (1, 2, 3, 4), "tier low-touch", (("tier", "low-touch"), ("owner", "Park")), ("vip", "EMEA"), ("none",)
        ),
    ),
    "untag many accounts": Deed(change_accounts, lambda _: ChangeAccounts((1, 2), "x", untags=("Emea",))),
    "snooze many items": Deed(
        snooze_items,
        lambda path: SnoozeItems(tuple(item(path, one) for one in ("c1", "p1", "c4")), date(2026, 11, 30), "ill"),
    ),
    "tag an account": Deed(edit_account, lambda _: EditAccount(1, "Northwind", {}, ("vip",), ("emea",))),
    "add a tagged account": Deed(add_account, lambda _: AddAccount("Bolt", {}, ("vip", "VIP"))),
    "remove a filter": Deed(remove_filter, lambda _: RemoveFilter("quiet")),
}
