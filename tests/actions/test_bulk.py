"""One change to many: what is so already stays, a must-do comes back tomorrow, and one undo takes all of it back."""

from __future__ import annotations

from datetime import date

import pytest

from csm_tui.actions.bulk import ChangeAccounts, Changed, SnoozeItems, change_accounts, snooze_items
from csm_tui.actions.tagging import as_tag
from csm_tui.domain.errors import Refusal
from csm_tui.store.connection import reading
from csm_tui.store.transaction import undo
from csm_tui.views.bulk import most_pressing, tag_preview, tags_there, value_preview
from csm_tui.views.today import account_items
from tests.conftest import TODAY
from tests.store.deeds import Deed, item
from tests.store.test_every_action import AT, do, dump, filled, rows


def change(path: str, wanted: ChangeAccounts) -> Changed:
    found: Changed = do(path, Deed(change_accounts, lambda _: wanted))
    return found


def test_a_tier_is_set_where_it_is_another_as_was_previewed_and_one_undo_takes_it_back(book: str) -> None:
    path = filled(book)
    ids = (1, 2, 3, 4)
    with reading(path, TODAY) as look:
        seen = value_preview(look, ids, "tier", "low-touch")
        every = value_preview(look, (1, 4), "tier", "low-touch")
        nothing = value_preview(look, (2,), "tier", "low-touch")
        owner = value_preview(look, (1,), "owner", "Park")
    assert seen.sentence == "3 of 4 accounts: tier high-touch (2), white-glove (1) → low-touch; 1 already is."
    assert every.sentence == "2 accounts: tier high-touch → low-touch."
    assert (nothing.changes, nothing.sentence) == (0, "Nothing to change: of 1 account 1 already is.")
    assert owner.sentence == "1 account: owner none → Park."
    before = dump(path)
    wanted = ChangeAccounts(ids, "tier low-touch", (("tier", "low-touch"),))
    assert change(path, wanted) == Changed(seen.changes, 1)
    assert rows(path, "SELECT DISTINCT tier FROM account") == [("low-touch",)]
    assert undo(path, "shell", AT).label == "4 accounts: tier low-touch"
    assert dump(path) == before


def test_tags_are_given_and_taken_once_whatever_their_capitals(book: str) -> None:
    path = filled(book)
    with reading(path, TODAY) as look:
        assert tag_preview(look, (1, 2), "EMEA", give=True).sentence == (
            "1 of 2 accounts: tag EMEA is added; 1 has it already."
        )
        assert tag_preview(look, (1, 2), "emea", give=False).changes == 1
        assert tags_there(look, (1, 2)) == [("emea", 1)]
    assert change(path, ChangeAccounts((1, 2), "add tag EMEA", tags=("EMEA", "emea"))) == Changed(1, 1)
    assert rows(path, "SELECT account_id, tag FROM account_tag ORDER BY 1") == [(1, "emea"), (2, "emea")]
    change(path, ChangeAccounts((1,), "tier low-touch", (("tier", "low-touch"),), tags=("#emea", " Emea ")))
    assert rows(path, "SELECT account_id, tag FROM account_tag ORDER BY 1") == [(1, "emea"), (2, "emea")]
    change(path, ChangeAccounts((1, 2), "remove", untags=("#Emea",)))
    assert rows(path, "SELECT * FROM account_tag") == []


def test_a_change_that_changes_nothing_is_refused_and_an_account_that_is_gone_is_passed_over(book: str) -> None:
    path = filled(book)
    with pytest.raises(Refusal, match="Nothing to change"):
        change(path, ChangeAccounts((2, 99), "tier low-touch", (("tier", "low-touch"),)))
    assert change(path, ChangeAccounts((1, 99), "x", (("tier", "low-touch"),))) == Changed(1, 1)


@pytest.mark.parametrize("text", ["", "  ", "two words", "x" * 41, 'a"b', "none", "#None"])
def test_a_tag_is_one_word(text: str) -> None:
    with pytest.raises(Refusal, match="is not a tag"):
        as_tag(text)
    assert as_tag(" #vip ") == "vip"


def test_items_are_put_off_together_a_must_do_to_tomorrow_and_what_is_due_later_stays(book: str) -> None:
    path = filled(book)
    wanted = SnoozeItems(tuple(item(path, one) for one in ("c1", "p1", "p2")), date(2026, 11, 26), "ill")
    assert do(path, Deed(snooze_items, lambda _: wanted)) == 2
    assert rows(path, "SELECT item, until_on, reason FROM snooze WHERE id > 1 ORDER BY item") == [
        ("c1", "2026-11-26", "ill"), ("p1", "2026-11-22", "ill"),
    ]  # fmt: skip
    with pytest.raises(Refusal, match="nothing was put off"):
        do(path, Deed(snooze_items, lambda _: SnoozeItems((wanted.items[2],), date(2026, 11, 23))))


def test_the_most_pressing_of_many_accounts_is_what_is_most_pressing_at_each(book: str) -> None:
    path = filled(book)
    with reading(path, TODAY) as look:
        found = {one.account.account_id: one for one in most_pressing(look, (1, 2, 3, 4))}
        assert found == {one: account_items(look, one)[0] for one in (1, 2, 3, 4)}
        assert most_pressing(look, ()) == []
