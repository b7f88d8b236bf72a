"""The watch tells of another's writing while it runs, and of nothing once it was stopped."""

from __future__ import annotations

import threading
from pathlib import Path

from csm_tui.store import migrate
from csm_tui.store.watch import Watch


def test_it_is_gone_once_it_was_stopped(tmp_path: Path) -> None:
    path = str(tmp_path / "book.db")
    migrate.ready(path)
    ticked = threading.Event()
    watch = Watch(path, lambda: None, ticked.set, lambda _: None)
    watch.start()
    assert ticked.wait(10)
    watch.stop()
    assert not watch.is_alive()
