"""The way to the terminal outlives it."""

from __future__ import annotations

import errno
import io
import os
import threading
import time

import pytest
from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers._writer_thread import MAX_QUEUED_WRITES, WriterThread
from textual.message import Message

from csm_tui.tui.driver import Outliving, TerminalDriver
from csm_tui.tui.incoming import Piece


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
    painting.join(60)
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


@pytest.mark.parametrize(("next_typed", "keys"), [("q", ["escape", "q"]), ("[A", ["up"])])
def test_an_escape_that_waited_is_a_key_of_its_own_though_the_machine_was_busy(
    next_typed: str, keys: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The thread that reads comes to the next key before it could see that none had followed in time."""
    driver, parser, seen = TerminalDriver.__new__(TerminalDriver), XTermParser(False), list[Message]()
    monkeypatch.setattr(driver, "process_message", seen.append)
    driver._hand_on([Piece("\x1b", pasted=False)], parser)
    assert seen == []
    parser._timeout_time = 0.0
    driver._hand_on([Piece(next_typed, pasted=False)], parser)
    assert [message.key for message in seen if isinstance(message, events.Key)] == keys


class Slow(io.TextIOWrapper):
    """A terminal that takes what it is given only when it is let, and remembers who gave it."""

    def __init__(self, end: int) -> None:
        super().__init__(os.fdopen(end, "wb"), write_through=True)
        self.gate = threading.Event()
        self.by: list[str] = []

    def write(self, text: str) -> int:
        self.gate.wait(60)
        self.by.append(threading.current_thread().name)
        return super().write(text)


def test_what_is_painted_at_once_does_not_overtake_what_still_waits() -> None:
    there, end = os.pipe()
    slow = Slow(end)
    driver = TerminalDriver.__new__(TerminalDriver)
    driver._file, driver._given, driver._stage = Outliving(slow), 0, None
    driver._writer_thread = WriterThread(driver._file)
    driver._writer_thread.start()
    driver.write("one ")
    driver.write_now("two ")
    slow.gate.set()
    while driver._file.out < 2:
        time.sleep(0.001)
    driver.write_now("three")
    driver._writer_thread.stop()
    assert os.read(there, 100) == b"one two three"
    assert slow.by == ["textual-output", "textual-output", threading.current_thread().name]
    slow.close()
    os.close(there)
