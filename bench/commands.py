"""Whole commands against `python -c pass` of the same interpreter, interleaved in one run: medians of ratios."""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

DAY = "2026-11-21"
CSM = str(Path(sys.executable).with_name("csm"))
LIMITS = {
    "--version": 3.0,
    "today, 200 accounts": 4.0,
    "log, 200 accounts": 4.0,
    "today, 40,000 steps": 8.0,
    "today, 10,000 accounts": 12.0,
}
SIZES = {
    "small": ["--accounts", "200", "--touchpoints", "20000"],
    "plans": ["--accounts", "1000", "--touchpoints", "20000", "--plans"],
    "large": ["--accounts", "10000", "--touchpoints", "1000000"],
}


def environment() -> dict[str, str]:
    """The day pinned, and byte code allowed."""
    kept = {name: text for name, text in os.environ.items() if name not in {"PYTHONDONTWRITEBYTECODE", "CSM_DB"}}
    return kept | {"CSM_TODAY": DAY}


def cpu_seconds(command: list[str]) -> float:
    """The processor time of one run, as the system counts it."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, env=environment(), check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def books(folder: Path, *, large: bool) -> dict[str, str]:
    """The made-up books that are measured on."""
    made = {}
    for name, sizes in SIZES.items():
        if name == "large" and not large:
            continue
        path = folder / f"{name}.db"
        command = [CSM, "demo", "--write", str(path), *sizes]
        subprocess.run(command, env=environment(), check=True, stderr=subprocess.DEVNULL)
        made[name] = str(path)
    return made


def commands(made: dict[str, str]) -> dict[str, list[str]]:
    """What is measured, by name."""
    name = subprocess.run(
        [CSM, "--db", made["small"], "accounts"], env=environment(), check=True, capture_output=True, text=True
    ).stdout.splitlines()[1][:20]
    found = {
        "--version": [CSM, "--version"],
        "today, 200 accounts": [CSM, "--db", made["small"], "today"],
        "log, 200 accounts": [CSM, "--db", made["small"], "log", name.strip(), "call all good :)"],
        "accounts, 200 accounts": [CSM, "--db", made["small"], "accounts"],
    }
    plans = [CSM, "--db", made["plans"]]
    found |= {f"{name}, 40,000 steps": [*plans, name] for name in ("today", "onboarding", "reviews", "recovery")}
    if "large" in made:
        found["today, 10,000 accounts"] = [CSM, "--db", made["large"], "today"]
    return found


def main() -> None:
    """Measure and print."""
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--runs", type=int, default=15)
    reader.add_argument("--small", action="store_true", help="leave out the book of 10,000 accounts")
    chosen = reader.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        wanted = commands(books(Path(folder), large=not chosen.small))
        ratios: dict[str, list[float]] = {name: [] for name in wanted}
        for run in range(chosen.runs + 1):
            base = cpu_seconds([sys.executable, "-c", "pass"])
            for name, command in wanted.items():
                if run:  # the first round warms up
                    ratios[name].append(cpu_seconds(command) / base)
                else:
                    cpu_seconds(command)
    print(f"{'command':<26} {'x pass':>7} {'min':>6} {'max':>6}  limit")
    for name, found in ratios.items():
        limit = f"{LIMITS[name]:>5.1f}" if name in LIMITS else "    –"
        print(f"{name:<26} {statistics.median(found):>7.2f} {min(found):>6.2f} {max(found):>6.2f}  {limit}")


if __name__ == "__main__":
    main()
