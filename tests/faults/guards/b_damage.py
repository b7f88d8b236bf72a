"""The guards of group B that concern the file itself."""

from __future__ import annotations

from typing import Any

from tests.faults.guards import Guard

HERE, SALVAGE = "tests/faults/test_b_damage.py", "tests/faults/test_b_salvage.py"


def _damage_is_told_from_bugs() -> None:
    from csm_tui.store import connection, transaction

    modules: list[Any] = [connection, transaction]
    for module in modules:
        module.is_whole = lambda _connection: True


def _the_rules_look_first() -> None:
    import csm_tui.keeping_up

    module: Any = csm_tui.keeping_up
    module.is_whole = lambda _reading: True


def _ways_out_are_told() -> None:
    from csm_tui.cli import mending

    module: Any = mending
    module.offers = lambda _path, _today: []


def _whose_file_it_is() -> None:
    from csm_tui.store import connection

    connection.APPLICATION_ID = 0


def _nothing_stands_in() -> None:
    from csm_tui.store import standing_in

    maker: Any = standing_in.StandingIn
    maker._stands_in = maker._is_there


def _nameless_trees_are_passed_by() -> None:
    from csm_tui.store.salvage import Saving

    saving: Any = Saving
    saving._whose = lambda *_given: None


GUARDS: dict[str, Guard] = {
    "damage is told from bugs": Guard(
        f"{HERE}::test_a_value_that_its_column_does_not_take_is_damage_and_no_bug", _damage_is_told_from_bugs
    ),
    "the rules look first": Guard(f"{HERE}::test_the_rules_write_nothing_into_a_damaged_book", _the_rules_look_first),
    "ways out of damage": Guard(
        f"{HERE}::test_a_damaged_book_is_read_or_refused_and_never_altered", _ways_out_are_told
    ),
    "what stands in for lost rows": Guard(f"{SALVAGE}::test_a_lost_root_is_no_lost_table", _nothing_stands_in),
    "trees without a root": Guard(f"{SALVAGE}::test_a_lost_root_is_no_lost_table", _nameless_trees_are_passed_by),
    "whose file it is": Guard(
        f"{HERE}::test_a_file_of_another_program_is_refused_and_left_as_it_is", _whose_file_it_is
    ),
}
