"""The table of keys is the one truth: docs/keys.md shows it, and every binding of the workspace stands in it."""

from __future__ import annotations

from pathlib import Path

from csm_tui.tui import keys
from csm_tui.tui.app import CsmApp
from csm_tui.tui.screens.workspace import PANES
from csm_tui.tui.widgets.rows import Rows
from tests.key_table import ids

DOCS = Path(__file__).parents[2] / "docs"


def test_every_binding_of_the_app_has_an_id_a_word_and_a_tooltip() -> None:
    for binding in CsmApp.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id
        assert binding.description
        assert binding.tooltip


def test_a_pane_puts_the_keys_that_are_worth_most_in_it_first() -> None:
    known = {row.id: row.label for row in keys.WORK}
    for pane in PANES:
        assert [label for label, _ in keys.bar(first=pane.FIRST)][: len(pane.FIRST)] == [
            known[id_] for id_ in pane.FIRST
        ]
        assert sorted(keys.bar(first=pane.FIRST)) == sorted(keys.bar())


def test_no_two_keys_of_the_table_are_the_same() -> None:
    pressed = [key for row in (*keys.WORK, *keys.LIST) for key in row.keys.split(",")]
    assert len(pressed) == len(set(pressed))


def test_every_key_of_a_list_stands_in_the_table() -> None:
    known = {row.id for row in keys.LIST}
    for binding in Rows.BINDINGS:
        assert not isinstance(binding, tuple)
        assert binding.id in known | {"list.gg"}


def test_the_docs_list_the_ids_as_they_are() -> None:
    text = (DOCS / "keys.md").read_text(encoding="utf-8")
    assert text.split("<!-- ids -->\n")[1].split("\n<!-- /ids -->")[0] == ids()
