"""The guards of group B that stand in disk, files and backups."""

from __future__ import annotations

from contextlib import nullcontext
from typing import Any

from tests.faults.guards import Guard

BACKUPS, RESTORE = "tests/faults/test_b_backups.py::", "tests/faults/test_b_restore.py::"


def _put(module: str, name: str, instead: Any) -> Any:
    """Something else stands where the program looks for its guard."""

    def take_out() -> None:
        from importlib import import_module

        setattr(import_module(f"csm_tui.{module}"), name, instead)

    return take_out


def _newest_30() -> None:
    from csm_tui.store import rotation

    rotation.survivors = lambda names: {*rotation.newest_first(names)[:30]}


GUARDS: dict[str, Guard] = {
    "a backup is verified": Guard(
        BACKUPS + "test_a_book_with_a_torn_page_is_never_copied_as_if_it_were_whole",
        _put("store.backup", "verify", lambda *_: None),
    ),
    "a backup is waited for": Guard(
        BACKUPS + "test_a_backup_is_on_the_disk_before_it_has_its_name_and_its_name_after",
        _put("placing", "sync", lambda _: None),
    ),
    "rotation": Guard(BACKUPS + "test_the_last_and_one_a_day_a_week_a_month_are_kept_for_400_days", _newest_30),
    "spoilt backups take no place": Guard(
        BACKUPS + "test_what_is_no_good_pushes_no_good_one_out", _put("store.backup", "_stands", lambda _: True)
    ),
    "the old journal is taken away": Guard(
        RESTORE + "test_a_stale_journal_is_never_played_into_the_restored_book",
        _put("store.backup", "_take_journal_away", lambda *_: None),
    ),
    "what a crash left is rolled back first": Guard(
        RESTORE + "test_a_kill_at_any_line_of_a_restore_leaves_old_or_new_and_the_next_restore_works",
        _put("store.backup", "_settled", lambda _: nullcontext()),
    ),
}
