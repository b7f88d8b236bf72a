"""The rows of the fault matrix: what is done to the program, and what must still hold.

A row's tests carry `@pytest.mark.fault("A1")` and count in their `tally`; `make faults` runs them all in full and
prints a line a row. A row without a test shows as not tried, so none can be forgotten.
"""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

ROWS = {
    "A1": "kill -9 at random moments",
    "A2": "kill -9 at each system call",
    "A3": "power cut: unsynced sectors lost, torn, reordered",
    "A4": "kill -9 while typing",
    "A5": "SIGTERM, SIGHUP, closed terminal, stop and go on",
    "A6": "an exception in a handler, worker, timer, paint",
    "B1": "disk full at the n-th write",
    "B2": "I/O error at the n-th read, write, fsync",
    "B3": "read-only file, folder, file system; no permission",
    "B4": "a damaged file",
    "B5": "salvage of a damaged file",
    "B6": "backups while two others write",
    "B7": "restore, and kill -9 in the middle of it",
    "B8": "400 days of backups",
    "B9": "umask 000, 022, 077",
    "B10": "links, odd paths, files that are there",
    "B12": "a file of another program",
    "C1": "8 writers at once",
    "C2": "the workspace and the shell edit the same",
    "C3": "a writer that holds the file",
    "C4": "writes from many threads",
    "C5": "a book of a newer version",
    "C6": "a book of each older version",
    "C7": "a migration that is cut off",
    "C8": "clocks that jump",
    "D1": "hostile text through every door",
    "D2": "stored bytes that would steer the terminal",
    "D3": "text that is parsed as markup (read in the code)",
    "D4": "wide, joined and right-to-left signs",
    "D5": "pastes of 5 MB",
    "D6": "500 sizes of the terminal",
    "D7": "odd terminals, closed pipes",
    "D8": "a customer's name outside the book",
    "E1": "encodings",
    "E2": "dialects of CSV",
    "E3": "files without end",
    "E4": "an import cut off, and taken twice",
    "E5": "days",
    "E6": "numbers",
    "E7": "formulas for a spreadsheet",
    "E8": "midnight, summer time, leap days",
    "E9": "out, in and out again",
    "F1": "random lives of a book against a model",
    "F2": "undo of every action",
    "F3": "what was deleted",
    "F4": "every connection",
    "F6": "each guard taken out",
}


@dataclass(slots=True)
class Tally:
    """What a test counted. What is lost, crashed or injected is a failure, and says itself."""

    row: str
    tried: int = 0
    lost: list[str] = field(default_factory=list)
    """What was said to be saved and is not there; what is half there; what was altered."""
    crashed: list[str] = field(default_factory=list)
    """A traceback, a hang, a terminal left behind, a sentence that is missing."""
    injected: list[str] = field(default_factory=list)
    """Text that acted: on the terminal, as markup, in a spreadsheet, on a path."""
    figures: dict[str, float] = field(default_factory=dict)

    def check(self) -> None:
        """Raise AssertionError if anything was found."""
        assert self.tried, "nothing was tried"
        for kind in ("lost", "crashed", "injected"):
            found = getattr(self, kind)
            assert not found, f"{len(found)} {kind}: {found[:5]}"

    def tell(self, passed: bool, seconds: float) -> None:
        """Add a line to the file that `make faults` reads, if there is one."""
        if path := os.environ.get("CSM_FAULTS"):
            told = {**asdict(self), "passed": passed, "seconds": seconds}
            with Path(path).open("a", encoding="utf-8") as file:
                file.write(json.dumps(told) + "\n")
