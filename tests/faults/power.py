"""A disk in memory, for SQLite as apsw brings it, that can be asked what would be left of it.

What was not synced may be lost: each sector of 512 bytes by itself, so that a page can be torn and a later write
outlive an earlier one; and a file that was made or deleted may be as before. The name of a file is firm once its folder
was synced, which SQLite does at the first sync of a new file, and after deleting a journal with synchronous=EXTRA.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import apsw

SECTOR = 512
Files = dict[str, bytes]


@dataclass(slots=True, eq=False)
class Content:
    """What a file holds, what of it is firm, and the writes since; a write without bytes cuts the file there."""

    now: bytearray = field(default_factory=bytearray)
    firm: bytes = b""
    waiting: list[tuple[int, bytes | None]] = field(default_factory=list)

    def write(self, offset: int, data: bytes | None) -> None:
        self.waiting.append((offset, data))
        _put(self.now, offset, data)

    def sync(self) -> None:
        self.firm, self.waiting = bytes(self.now), []

    def left(self, rng: random.Random) -> bytes:
        """What may be left of it when the power goes."""
        data = bytearray(self.firm)
        for offset, written in self.waiting:
            at = offset
            while written is not None and at < offset + len(written):
                end = min(offset + len(written), (at // SECTOR + 1) * SECTOR)
                if rng.random() < 0.5:
                    _put(data, at, written[at - offset : end - offset])
                at = end
            if written is None and rng.random() < 0.5:
                _put(data, offset, None)
        return bytes(data)


def _put(data: bytearray, offset: int, written: bytes | None) -> None:
    if written is None:
        del data[offset:]
        return
    data.extend(bytes(max(0, offset - len(data))))
    data[offset : offset + len(written)] = written


class Disk(apsw.VFS):
    """The disk under a name of its own; `happens` is called before each thing that changes it."""

    def __init__(self, happens: Callable[[Disk], None], **files: bytes) -> None:
        super().__init__(name := f"disk-{id(self)}", base="")
        self.name, self._happens = name, happens
        self.files = {at: Content(bytearray(data), data) for at, data in files.items()}
        self._firm, self._waiting = dict(self.files), list[tuple[str, Content | None]]()

    def connect(self, name: str) -> apsw.Connection:
        """A connection to one of its files."""
        return apsw.Connection(name, vfs=self.name)

    def as_it_stands(self) -> Files:
        """What a program leaves that is killed here: all that it wrote."""
        return {name: bytes(content.now) for name, content in self.files.items()}

    def without_power(self, rng: random.Random) -> Files:
        """What may be left when the power goes here."""
        names = dict(self._firm)
        for name, content in self._waiting:
            if rng.random() < 0.5:
                _rename(names, name, content)
        return {name: content.left(rng) for name, content in names.items()}

    def change(self) -> None:
        """Something is about to change."""
        self._happens(self)

    def named(self, name: str, content: Content | None) -> None:
        """A file is made or deleted."""
        _rename(self.files, name, content)
        self._waiting.append((name, content))

    def sync_folder(self) -> None:
        """All names are firm."""
        self._firm, self._waiting = dict(self.files), []

    def xOpen(self, name: Any, flags: list[int]) -> Any:
        path = str(name.filename() if isinstance(name, apsw.URIFilename) else name)
        if path not in self.files:
            self.change()
            self.named(path, Content())
        flags[1] = flags[0]
        return File(self, self.files[path])

    def xDelete(self, name: str, syncdir: bool) -> None:
        self.change()
        self.named(name, None)
        if syncdir:
            self.sync_folder()

    def xAccess(self, name: str, flags: int) -> bool:
        return name in self.files

    def xFullPathname(self, name: str) -> str:
        return name


def _rename(names: dict[str, Content], name: str, content: Content | None) -> None:
    if content is None:
        names.pop(name, None)
    else:
        names[name] = content


class File:
    """An open file, as apsw asks for it; there is one program, so locks are always to be had."""

    def __init__(self, disk: Disk, content: Content) -> None:
        self._disk, self._content, self._synced = disk, content, False

    def xRead(self, amount: int, offset: int) -> bytes:
        return bytes(self._content.now[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.change()
        self._content.write(offset, bytes(data))

    def xTruncate(self, size: int) -> None:
        self._disk.change()
        self._content.write(size, None)

    def xSync(self, flags: int) -> None:
        self._disk.change()
        self._content.sync()
        if not self._synced:
            self._disk.sync_folder()
        self._synced = True

    def xFileSize(self) -> int:
        return len(self._content.now)

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False

    def xSectorSize(self) -> int:
        return 4096

    def xDeviceCharacteristics(self) -> int:
        return apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE

    def xLock(self, level: int) -> None:
        return

    xUnlock = xLock

    def xCheckReservedLock(self) -> bool:
        return False

    def xClose(self) -> None:
        return
