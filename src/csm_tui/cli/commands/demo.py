"""csm demo: the workspace on a made-up book that vanishes at the end, or such a book written to a file."""

from __future__ import annotations

import signal
from contextlib import contextmanager
from pathlib import Path

from csm_tui.cli.parsing import parser
from csm_tui.cli.usage import WrongUsage
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from typing import NoReturn

    from csm_tui.cli.shell import Shell

SUMMARY = "A made-up book to look around in: in a temporary file that goes at the end, or in one you keep."
EPILOG = "csm demo --write demo.db, then csm --db demo.db"


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm demo`."""
    parser.add_argument("--write", metavar="FILE", default=None, help="write the book to a new file and stop")
    accounts, touchpoints = (
        "how many accounts (default 40)",
        "how many touchpoints in all (default: a lifelike year)",
    )
    parser.add_argument("--accounts", type=int, default=40, metavar="N", help=accounts)
    parser.add_argument("--touchpoints", type=int, default=None, metavar="N", help=touchpoints)
    plans = "with --touchpoints: every account has plans running, about forty steps"
    parser.add_argument("--plans", action="store_true", help=plans)


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Write the book and say where, or look at one that lasts as long as the look."""
    if chosen.db:
        raise WrongUsage("the demo makes a book of its own: leave --db out, or keep it with --write FILE.")
    if chosen.write is not None:
        return _write(chosen, shell)
    import tempfile

    with _ended_by_signals(), tempfile.TemporaryDirectory(prefix="csm-demo-") as folder:
        shell.path = str(Path(folder) / "demo.db")
        _make(chosen, shell)
        return _look(shell)


def _make(chosen: argparse.Namespace, shell: Shell) -> None:
    from csm_tui.exchange.demo import write_demo

    write_demo(shell.path, shell.today, chosen.accounts, chosen.touchpoints, plans=chosen.plans)


def _write(chosen: argparse.Namespace, shell: Shell) -> int:
    """Write the book where it shall stay; where it is, how big, and how to look at it."""
    from csm_tui.exchange.demo import size
    from csm_tui.words import plural

    shell.path = chosen.write
    with _ended_by_signals():
        _make(chosen, shell)
    accounts, touchpoints = shell.read(size)
    length = Path(shell.path).stat().st_size
    if shell.json:
        shell.emit({"path": shell.path, "accounts": accounts, "touchpoints": touchpoints, "bytes": length})
        return 0
    from shlex import quote

    big = f"{plural(accounts, 'account')}, {plural(touchpoints, 'touchpoint')}, {length / 1_000_000:,.1f} MB"
    shell.say(f"A made-up book is at {shell.path}: {big}. Look at it with: csm --db {quote(shell.path)}")
    return 0


def _look(shell: Shell) -> int:
    """The workspace on a terminal; elsewhere what `csm today` prints."""
    from csm_tui.cli.commands.workspace import can_show

    if can_show() and not shell.json:
        from csm_tui.tui.start import open_workspace

        code: int = open_workspace(shell.path)
        return code
    from csm_tui.cli.commands import today

    reader = parser("today", today.SUMMARY, today.EPILOG)
    today.configure(reader)
    return today.run(reader.parse_args([]), shell)


@contextmanager
def _ended_by_signals() -> Iterator[None]:
    """While this holds, SIGTERM and SIGHUP unwind like ctrl+c does, so that nothing stays behind."""
    kept = {number: signal.signal(number, _leave) for number in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for number, handler in kept.items():
            signal.signal(number, handler)


def _leave(number: int, _frame: object) -> NoReturn:
    raise SystemExit(128 + number)
