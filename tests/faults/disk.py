"""Disks that are small, full or read-only, for programs that run in this process or in one of their own."""

from __future__ import annotations

import io
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from pathlib import Path

import pytest

from csm_tui.cli.main import main
from tests.cli.conftest import Ran

PAGE = 4096
NOBODY = 65534


class Disk:
    """A file system of its own in memory, in which so much room can be left as one likes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._filler = folder / ".filler"

    def leave(self, room: int) -> None:
        """Fill it but for so many bytes."""
        self.free()
        status = os.statvfs(self.folder)
        with self._filler.open("wb") as file, suppress(OSError):
            file.write(bytes(max(0, status.f_bavail * status.f_frsize - room)))

    def free(self) -> None:
        """Make room again."""
        self._filler.unlink(missing_ok=True)

    def remount(self, how: str) -> None:
        """`ro` or `rw`."""
        subprocess.run(["mount", "-o", f"remount,{how}", str(self.folder)], check=True)


@contextmanager
def mounted(folder: Path, size: str) -> Iterator[Disk]:
    """A disk of that size at a folder; the test is skipped where none can be mounted."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size},mode=0700", "none", str(folder)]
    if (
        os.geteuid() != 0
        or not sys.platform.startswith("linux")
        or subprocess.run(command, capture_output=True).returncode
    ):
        pytest.skip("no disk can be mounted here: that takes root")
    try:
        yield Disk(folder)
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def in_a_child(arguments: list[str], *, file_size: int | None = None, user: int | None = None) -> Ran:
    """A command line in a process of its own that may write no longer files, or is another user."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        out, err = io.StringIO(), io.StringIO()
        code = 99
        try:
            if user is not None and os.geteuid() == 0:
                os.setgid(user)
                os.setuid(user)
            if file_size is not None:
                resource.setrlimit(resource.RLIMIT_FSIZE, (file_size, file_size))
            with redirect_stdout(out), redirect_stderr(err):
                code = main(arguments)
        except BaseException as error:  # noqa: BLE001 - told to the parent
            err.write(f"Traceback: {type(error).__name__}: {error}")
        os.write(writer, "\0".join((str(code), out.getvalue()[:20_000], err.getvalue()[:20_000])).encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, encoding="utf-8") as told:
        code_, out_, err_ = told.read().split("\0")
    os.waitpid(child, 0)
    return Ran(int(code_), out_, err_)
