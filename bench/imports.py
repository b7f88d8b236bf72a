"""An import of many accounts against what the sqlite3 shell's `.import` of the same file costs, and its memory."""

from __future__ import annotations

import argparse
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DAY = "2026-11-21"
CSM = [sys.executable, "-m", "csm_tui"]
LIMIT = 10.0
HEADER = "Account ID,Account Name,Website,ARR,Renewal Date,Tier,Owner,Seats,City,Notes"
TABLE = """
CREATE TABLE t (id TEXT, name TEXT, site TEXT, arr TEXT, renewal TEXT, tier TEXT, owner TEXT, seats TEXT, city TEXT,
  notes TEXT);
CREATE UNIQUE INDEX by_id ON t (id);
CREATE INDEX by_name ON t (name);
CREATE INDEX by_renewal ON t (renewal);
.import --csv --skip 1 {path} t
"""
"""The indexes are those that the book keeps over the same facts."""


def written(path: Path, accounts: int, note: int) -> None:
    """A list of accounts as a CRM would export it, with notes of so many letters that nobody reads."""
    chance = random.Random(1)
    text = "x" * note
    with path.open("w", encoding="utf-8") as file:
        print(HEADER, file=file)
        for at in range(accounts):
            arr = f"{chance.randint(1, 999)},{chance.randint(100, 999)}.50"
            day = f"2027-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
            print(
                f'A{at:07d},Customer Number {at} GmbH,https://www.customer{at}.example.com,"{arr}",{day},Enterprise,'
                f"Jo Bell,{chance.randint(1, 900)},Köln,some notes {text}",
                file=file,
            )


def cost(command: list[str], script: str = "") -> tuple[float, int]:
    """The processor seconds of one run, and the most memory that any run has taken so far, in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = os.environ | {"CSM_TODAY": DAY}
    subprocess.run(command, input=script, text=True, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss // 1024


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--accounts", type=int, default=100_000)
    reader.add_argument("--note", type=int, default=0, help="letters of notes in each row, for a large file")
    reader.add_argument("--runs", type=int, default=3)
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path, book, table = Path(folder) / "book.csv", Path(folder) / "book.db", Path(folder) / "table.db"
        written(path, chosen.accounts, chosen.note)
        ratios, most = [], 0
        for _ in range(chosen.runs):
            book.unlink(missing_ok=True)
            table.unlink(missing_ok=True)
            theirs, _ = cost(["sqlite3", str(table)], TABLE.format(path=path))
            ours, most = cost([*CSM, "import", "--db", str(book), str(path)])
            ratios.append(ours / theirs)
        again, _ = cost([*CSM, "import", "--db", str(book), str(path)])
        size = path.stat().st_size / 1e6
    print(f"{chosen.accounts:,} accounts, {size:,.0f} MB: {statistics.median(ratios):.1f} x .import", end="")
    print(f" (min {min(ratios):.1f}, max {max(ratios):.1f}; limit {LIMIT:.0f}); {ours:.1f} s of processor time;")
    print(f"the same file again {again / ours:.2f} x the first time; at most {most:,} MB of memory")


if __name__ == "__main__":
    main()
