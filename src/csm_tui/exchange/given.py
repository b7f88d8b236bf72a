"""Files as they were given: each can be opened anew for every pass, even one that can be read only once."""

from __future__ import annotations

import io
import os
import stat
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

BUFFER = 1 << 16
MOST = 10**9
"""Bytes of a file: several years of everybody's work, and far less than a disk holds."""


class Given:
    """One file by its path, which is also what a refusal calls it."""

    def __init__(self, path: str) -> None:
        self.name = path
        self._kept: BinaryIO | None = None

    @contextmanager
    def stream(self) -> Iterator[io.BufferedReader]:
        """Its bytes from the start. Raises Refusal where there is no file, or none that can be read."""
        try:
            with self._opened() as stream:
                yield stream
        except FileNotFoundError:
            raise Refusal(f"There is no file {self.name}: check the path.") from None
        except (OSError, ValueError) as error:
            why = error.strerror if isinstance(error, OSError) else str(error)
            raise Refusal(f"{self.name} cannot be read: {why or 'it breaks off'}.") from None

    def _opened(self) -> io.BufferedReader:
        path = Path(self.name)
        if path.is_dir():
            raise Refusal(f"{self.name} is a folder: give the CSV in it.")
        if path.is_file() and path.stat().st_size > MOST:
            raise _too_large(self.name)
        if self._kept is None and (path.is_file() or not path.exists()):
            return io.BufferedReader(path.open("rb", buffering=0), BUFFER)
        if self._kept is None:
            self._kept = _copy(path)
        self._kept.seek(0)
        return io.BufferedReader(io.FileIO(os.dup(self._kept.fileno())), BUFFER)


def _copy(path: Path) -> BinaryIO:
    """What comes out of a pipe, in a file without a name that goes when we end. Raises Refusal for what has no end."""
    kept, size = tempfile.TemporaryFile(), 0  # noqa: SIM115 - it is kept for as long as the passes go on
    with path.open("rb", buffering=0) as pipe:
        if stat.S_ISCHR(os.fstat(pipe.fileno()).st_mode) and not os.isatty(pipe.fileno()):
            raise Refusal(f"{path} is a device: give a CSV.")
        while chunk := pipe.read(BUFFER * 16):
            size += len(chunk)
            if size > MOST:
                raise _too_large(str(path))
            kept.write(chunk)
    kept.flush()
    return kept


def _too_large(name: str) -> Refusal:
    return Refusal(f"{name} holds more than {MOST // 10**9} GB: split it, with the header above each part.")
