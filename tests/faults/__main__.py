"""`make faults`: every row in full, the matrix with its figures, and the table of docs/reliability.md made from it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import defaultdict
from pathlib import Path
from typing import Any

from tests.faults.matrix import ROWS

Told = dict[str, Any]
"""A tally as it was written, with whether its test passed, and how long it took."""
PAGE = Path(__file__).parents[2] / "docs" / "reliability.md"
BEGIN, END = "<!-- matrix: made by `make faults` -->\n", "<!-- end of matrix -->"
HEAD = "| row | what is done to it | tried | lost | crashed | injected | figures | seconds |\n" + "| --- " * 8 + "|\n"


def main(chosen: list[str]) -> int:
    """Run, print, and keep the table if all rows ran."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "told.jsonl"
        path.touch()
        env = {**os.environ, "CSM_ALL_ROUNDS": "1", "CSM_FAULTS": str(path)}
        code = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", *(chosen or ["tests/faults"])], env=env, check=False
        ).returncode
        table = "".join(lines(path.read_text(encoding="utf-8").splitlines()))
    print(HEAD + table)
    if not chosen:
        keep(HEAD + table)
    return code


def lines(told: list[str]) -> list[str]:
    """A line a row of the matrix; the figures of its tests are added up."""
    rows: dict[str, list[Told]] = defaultdict(list)
    for line in told:
        one = json.loads(line)
        rows[one["row"]].append(one)
    return [_line(row, what, rows[row]) for row, what in ROWS.items()]


def _line(row: str, what: str, tests: list[Told]) -> str:
    if not tests:
        return f"| {row} | {what} | **not tried** | | | | | |\n"
    found = [sum(len(test[kind]) for test in tests) for kind in ("lost", "crashed", "injected")]
    failed = "" if all(test["passed"] for test in tests) else " **failed**"
    figures: dict[str, float] = defaultdict(float)
    for test in tests:
        for name, value in test["figures"].items():
            figures[name] += value
    told = ", ".join(f"{value:,.10g} {name}" for name, value in figures.items())
    tried, seconds = sum(test["tried"] for test in tests), sum(test["seconds"] for test in tests)
    return f"| {row} | {what}{failed} | {tried:,} | {' | '.join(map(str, found))} | {told} | {seconds:.0f} |\n"


def keep(table: str) -> None:
    """Write the table into the page, between its marks."""
    page = PAGE.read_text(encoding="utf-8")
    before, rest = page.split(BEGIN)
    after = rest.split(END)[1]
    PAGE.write_text(f"{before}{BEGIN}{table}{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
