"""The way to the terminal outlives it."""

from __future__ import annotations

import errno
import io
import threading

import pytest
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread

from csm_tui.tui.driver import Outliving


class Closed(io.StringIO):
    """A terminal that was closed, and counts who still calls."""

    calls = 0

    def write(self, _text: str) -> int:
        self.calls += 1
        raise OSError(errno.EIO, "Input/output error")


def test_what_is_painted_on_a_closed_terminal_holds_nobody_up() -> None:
    closed = Closed()
    thread = WriterThread(Outliving(closed))  # type: ignore[arg-type]
    thread.start()

    def paint() -> None:
        for _ in range(3 * MAX_QUEUED_WRITES):
            thread.write("x")

    painting = threading.Thread(target=paint, daemon=True)
    painting.start()
    painting.join(10)
    assert not painting.is_alive()
    thread.stop()
    assert closed.calls == 1, "after the first error nobody is called any more"


def test_what_is_written_to_a_terminal_that_is_there_arrives() -> None:
    file = io.StringIO()
    out = Outliving(file)
    out.write("one ")
    out.flush()
    out.write("two")
    assert file.getvalue() == "one two"
    with pytest.raises(io.UnsupportedOperation):
        out.fileno()
