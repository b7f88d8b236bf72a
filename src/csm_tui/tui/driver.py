"""The way to the terminal: Textual's, which outlives a terminal that goes away, and keeps signals out of its own work.

Textual hands what is painted to a thread through a queue of 30 places. A write to a terminal that was closed ends that
thread, and whatever is painted after it, the last goodbye included, waits for ever. Textual also stops and goes on
inside of a signal handler, where the lock of that queue may be held by the very call that was interrupted; takes every
SIGCONT for the end of a pause of its own, and so reads the keys twice and forgets how it found the terminal; and ends
on bytes that are no UTF-8. Here the loop hears the signals, between two things that it does.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
from codecs import getincrementaldecoder
from typing import IO, TYPE_CHECKING, Any

from textual import events
from textual._xterm_parser import XTermParser
from textual.drivers.linux_driver import LinuxDriver

from csm_tui.tui.incoming import AT_ONCE, SILENCE, Incoming, Piece

if TYPE_CHECKING:
    from collections.abc import Callable

    from textual.app import App

    from csm_tui.tui.stage import Stage

FRONT = "\x1b[?1049h"
"""Goes to the screen of programs, which some terminals clear then."""
ENDS = (signal.SIGTERM, signal.SIGHUP, signal.SIGINT)
LOOK_S = 0.1
"""How long a look for keys waits; so often the reader sees that it is to end."""


class Outliving:
    """A file to write to that takes everything, and after an error keeps nothing."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False
        self._taken = 0
        self.out = 0
        """How many texts have left, of all that were written."""

    def fileno(self) -> int:
        """The number of the file."""
        return self._file.fileno()

    def isatty(self) -> bool:
        """Whether it is a terminal, and still there."""
        return not self._gone and self._file.isatty()

    def write(self, text: str) -> None:
        """Write, as long as somebody is there."""
        self._unless_gone(self._file.write, text)
        self._taken += 1

    def flush(self) -> None:
        """Hand on what was written."""
        self._unless_gone(self._file.flush)
        self.out = self._taken

    def _unless_gone(self, call: Any, *text: str) -> None:
        try:
            if not self._gone:
                call(*text)
        except (OSError, ValueError):
            self._gone = True


class TerminalDriver(LinuxDriver):
    """Textual's driver, with a file that outlives the terminal, which ends, stops and goes on between two turns of the
    loop, and reads the keys once. It takes the terminal over from the stage: a first frame that stands is not cleared.
    """

    def __init__(self, app: App[Any], **wanted: Any) -> None:
        super().__init__(app, **wanted)
        self._file: Any = Outliving(self._file)
        self._given = 0
        self._on = self._paused = False
        self._ours: Any = app
        self._stage: Stage | None = getattr(app, "stage", None)

    def start_application_mode(self) -> None:
        """Take the terminal, unless it is not ours to take: then the next SIGCONT tries again."""
        self._listen()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self._stage is not None:
            self.attrs_before, self._stage = self._stage.before, None
        self._on = self._key_thread is not None and self._key_thread.is_alive()
        self._paused = not self._on

    def _listen(self) -> None:
        """The loop hears the signals, in place of the handlers that Textual has set."""
        heard: dict[signal.Signals, Callable[[], object]] = {
            signal.SIGTSTP: self._stop,
            signal.SIGCONT: self._go_on,
            **{number: lambda number=number: self.end(number) for number in ENDS},  # type: ignore[misc]
        }
        loop = asyncio.get_running_loop()
        for number, answer in heard.items():
            loop.add_signal_handler(number, answer)

    def end(self, number: int) -> None:
        """End the program as a signal does: the terminal is put back, and the status tells."""
        self._ours.exit(return_code=128 + number)

    def suspend_application_mode(self) -> None:
        """Leave the terminal for a while; nothing is painted meanwhile.

        The kernel stops us beside an editor that is stopped, while the loop waits for it; ctrl+c there is the editor's.
        """
        super().suspend_application_mode()
        self._paused = True
        loop = asyncio.get_running_loop()
        loop.remove_signal_handler(signal.SIGTSTP)
        loop.add_signal_handler(signal.SIGINT, lambda: None)

    def stop_application_mode(self) -> None:
        """Leave the terminal as it was found."""
        super().stop_application_mode()
        self._on = False

    def _stop(self) -> None:
        """Leave the terminal as it was found, and stop."""
        if self._on and self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.kill(os.getpid(), signal.SIGSTOP)

    def _go_on(self) -> None:
        """Take the terminal again, whoever stopped us and whatever was done to it meanwhile.

        An editor that has it keeps it; one that is gone, or that was left for good, stays so.
        """
        if not self._auto_restart or not (self._on or self._paused) or not os.isatty(self.fileno):
            return
        if self._on:
            self.suspend_application_mode()
        self.start_application_mode()
        self._ours.screen.refresh(layout=True)

    def write(self, data: str) -> None:
        """Paint, unless the terminal is somebody else's just now, or it would clear the first frame that stands."""
        clears = data == FRONT and self._stage is not None and self._stage.painted
        if not clears and self._writer_thread is not None and self._writer_thread.is_alive():
            self._given += 1
            super().write(data)

    def write_now(self, data: str) -> None:
        """Paint without a detour through the thread that writes, if that has nothing left and the terminal has room."""
        there = self._writer_thread is not None and self._writer_thread.is_alive()
        if there and self._file.out == self._given and select.select([], [self._file], [], 0)[1]:
            self._given += 1
            self._file.write(data)
            self._file.flush()
        else:
            self.write(data)

    def _run_input_thread(self) -> None:
        """Read keys; what goes wrong with that is a bug like any other."""
        try:
            self.run_input_thread()
        except Exception as error:  # noqa: BLE001 - carried to the screen's thread, where it ends the program
            self._loop.call_soon_threadsafe(self._ours._handle_exception, error)

    def run_input_thread(self) -> None:
        """Hand on what is typed and pasted until told to end. Bytes that are no text come as such; a terminal that is
        gone ends the program.
        """
        parser, incoming = XTermParser(self._debug), Incoming()
        decode = getincrementaldecoder("utf-8")("replace").decode
        last = False
        while not last:
            last = self.exit_event.is_set()  # what was typed until then is still read
            typed = self._typed(SILENCE if incoming.waits else LOOK_S)
            if typed is None:
                self._loop.call_soon_threadsafe(self.end, signal.SIGHUP)
                return
            self._hand_on(incoming.came(decode(typed)) if typed else incoming.silent(), parser)

    def _hand_on(self, pieces: list[Piece], parser: XTermParser) -> None:
        """Keys of what was typed, and what was pasted as one text.

        An escape that has waited for its time is a key, though this thread comes to it only with what was typed next;
        what goes on like the sign of a key goes with it.
        """
        if pieces and not pieces[0].text.startswith(("[", "O")):
            for message in parser.tick():
                self.process_message(message)
        for piece in pieces:
            if piece.pasted:
                self.process_message(events.Paste(piece.text))
                continue
            for message in parser.feed(piece.text):
                self.process_message(message)
        for message in parser.tick():
            self.process_message(message)

    def _typed(self, seconds: float) -> bytes | None:
        """What was typed within a moment; None when there is no terminal any more."""
        try:
            if not select.select([self.fileno], [], [], seconds)[0]:
                return b""
            if typed := os.read(self.fileno, AT_ONCE):
                return typed
        except OSError:  # as if nothing had been read
            pass
        if not os.isatty(self.fileno):
            return None
        self.exit_event.wait(LOOK_S)
        return b""
