"""The watch tells of another's writing while it runs, and of nothing once it was stopped."""

from __future__ import annotations

import threading
from pathlib import Path

from csm_tui.store.watch import Watch
from tests.blank import empty_book


def test_it_is_gone_once_it_was_stopped(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    empty_book(path)
    ticked = threading.Event()
    watch = Watch(path, lambda: None, ticked.set, lambda _: None)
    watch.start()
    assert ticked.wait(60)
    watch.stop()
    assert not watch.is_alive()


def test_what_was_written_before_it_began_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    ticked = threading.Event()
    watch = Watch(empty_book(str(tmp_path / "book.db")), lambda: told.append("changed"), ticked.set, lambda _: None)
    watch.start()
    assert ticked.wait(60)
    watch.stop()
    assert told == ["changed"], "and not again while nobody writes"


def test_a_book_that_goes_and_one_that_comes_back_are_news_once(tmp_path: Path) -> None:
    path = tmp_path / "book.db"
    empty_book(str(path))
    watch = Watch(str(path), lambda: None, lambda: None, lambda _: None)
    assert [watch._look() for _ in range(2)] == [False, False]
    path.rename(tmp_path / "elsewhere.db")
    assert [watch._look() for _ in range(3)] == [True, False, False]
    (tmp_path / "elsewhere.db").rename(path)
    assert [watch._look() for _ in range(3)] == [True, False, False]
    watch.stop()
