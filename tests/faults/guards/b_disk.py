"""The guards of group B that stand in disk, files and backups."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
from typing import Any

from tests.faults.guards import Guard

BACKUPS, RESTORE = "tests/faults/test_b_backups.py::", "tests/faults/test_b_restore.py::"
DISK, IO, READ_ONLY = (f"tests/faults/test_b_{name}.py::" for name in ("disk", "io", "readonly"))
PATHS, PRIVATE = "tests/faults/test_b_paths.py::", "tests/faults/test_b_private.py::"


def _put(module: str, name: str, instead: Any) -> Any:
    """Something else stands where the program looks for its guard."""

    def take_out() -> None:
        from importlib import import_module

        setattr(import_module(f"csm_tui.{module}"), name, instead)

    return take_out


def _open_to_others() -> None:
    real = tempfile.mkstemp

    def made(*given: Any, **named: Any) -> tuple[int, str]:
        handle, path = real(*given, **named)
        os.chmod(path, 0o644)  # noqa: PTH101
        return handle, path

    tempfile.mkstemp = made  # type: ignore[assignment]


def _follow_and_overwrite() -> None:
    """A file is written where its name leads, whatever is there."""
    from csm_tui import placing

    os.path.lexists = lambda _: False  # type: ignore[assignment]
    placing._link = shutil.copy  # type: ignore[assignment]


def _deaf() -> None:
    """A disk that fails is waited for, and not listened to."""
    from csm_tui import placing

    real = placing.sync

    def sync(path: str) -> None:
        with suppress(OSError):
            real(path)

    placing.sync = sync


@contextmanager
def _untidy(target: str, suffix: str = "") -> Iterator[str]:
    """What is written aside stays where something fails."""
    handle, temporary = tempfile.mkstemp(prefix=".new-", suffix=suffix, dir=os.path.dirname(target))  # noqa: PTH120
    os.close(handle)
    yield temporary


class _Forgetful(dict[str, str]):
    """Holds nothing."""

    def __setitem__(self, key: str, value: str) -> None:
        """Let it go."""


def _newest_30() -> None:
    from csm_tui.store import rotation

    rotation.survivors = lambda names: {*rotation.newest_first(names)[:30]}


def _backed_up_at_every_look() -> None:
    from csm_tui.store import daily

    vars(daily)["_is_wanted"] = lambda _path: True


def _never_swept() -> None:
    from csm_tui import placing

    vars(placing)["sweep"] = lambda _folder, _newest: None


def _swept_from_under_others() -> None:
    from csm_tui import placing

    vars(placing)["_lives"] = lambda _process: False


def _never_given_up() -> None:
    from csm_tui.store.daily import Daily

    setattr(Daily, "give_up", lambda _self: None)  # noqa: B010 - the checker of types would not have it


def _begun_anew() -> None:
    from csm_tui.store import offers

    vars(offers)["missed"] = lambda _path: None


MISSED = "test_a_book_that_is_gone_is_missed_and_never_begun_anew_while_there_are_backups"
DAILY = "tests/faults/test_b_daily.py"
SWEPT = "test_what_a_kill_left_aside_is_swept_by_the_next_backup_and_restore"

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
    "what is written is private": Guard(PRIVATE + "test_the_shell_on_a_fresh_machine", _open_to_others),
    "doctor looks at copies": Guard(
        PRIVATE + "test_what_is_open_to_others_already_is_told", _put("store.checkup", "_within", lambda _: iter(()))
    ),
    "a second name is refused": Guard(
        PATHS + "test_a_book_with_a_second_name_is_read_and_not_written",
        _put("store.second_name", "has_second_name", lambda _: False),
    ),
    "our own second names are known": Guard(
        PATHS + "test_a_name_that_a_kill_left_to_the_book_stands_in_nobodys_way",
        _put("store.second_name", "_ours", lambda *_: 0),
    ),
    "one place for a book": Guard(
        PATHS + "test_a_book_behind_a_link_is_one_book_with_one_place",
        _put("paths", "backups", lambda book: str(book) + ".backups"),
    ),
    "names of SQLite's own": Guard(
        PATHS + "test_a_name_that_sqlite_takes_for_its_own_is_refused", _put("placing", "is_sqlites", lambda _: False)
    ),
    "nothing is overwritten": Guard(PATHS + "test_what_is_in_the_way_is_refused_and_stays", _follow_and_overwrite),
    "what failed leaves nothing behind": Guard(
        DISK + "test_a_full_disk_loses_nothing_and_all_goes_on_once_there_is_room", _put("placing", "aside", _untidy)
    ),
    "what no disk takes is held": Guard(
        DISK + "test_a_draft_that_cannot_be_kept_leaves_the_one_before", _put("tui.drafts", "_HELD", _Forgetful())
    ),
    "a disk that fails is heard": Guard(IO + "test_the_nth_call_of_python_fails", _deaf),
    "read-only is said": Guard(
        READ_ONLY + "test_a_book_that_may_not_be_written", _put("store.only_read", "why_only_read", lambda _: "")
    ),
    "the sweep may fail": Guard(
        READ_ONLY + "test_a_book_that_may_not_be_written", _put("keeping_up", "BookFile", KeyError)
    ),
    "a book that is missed": Guard(f"tests/faults/test_b_restore.py::{MISSED}", _begun_anew),
    "one backup a day": Guard(f"{DAILY}::test_one_backup_a_day_is_made_of_what_there_is", _backed_up_at_every_look),
    "a copy that is given up": Guard(f"{DAILY}::test_a_copy_that_is_given_up_leaves_nothing", _never_given_up),
    "what kills leave is swept": Guard(f"{DAILY}::{SWEPT}", _never_swept),
    "what others write is not swept": Guard(f"{DAILY}::{SWEPT}", _swept_from_under_others),
}
