"""Picks one command by name, reads its arguments, runs it, and says a Refusal in one sentence.

This is one of the two places where a Refusal is caught; the other is the app. Exit codes: 0 done, 1 refused,
2 wrong usage, 3 when `csm today --check` finds an open must-do, 130 on ctrl+c.
"""

from __future__ import annotations

import errno
import gc
import io
import os
import sys

from csm_tui import __version__
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Any, NoReturn

COMMANDS = {
    "today": "today",
    "since": "since",
    "log": "log",
    "done": "done",
    "snooze": "snooze",
    "move": "move",
    "accounts": "accounts",
    "account": "account",
    "contact": "contact",
    "touchpoint": "touchpoint",
    "promise": "promise",
    "onboarding": "onboarding",
    "cadence": "cadence",
    "reviews": "reviews",
    "promises": "promises",
    "recovery": "recovery",
    "recover": "recover",
    "plan": "plan",
    "brief": "brief",
    "find": "find",
    "export": "export",
    "filter": "filter_named",
    "import": "import_file",
    "undo": "undo",
    "redo": "redo",
    "history": "history",
    "backup": "backup",
    "restore": "restore",
    "paths": "paths",
    "doctor": "doctor",
    "playbooks": "playbooks",
    "playbook": "playbook",
    "settings": "settings",
    "completion": "completion",
    "demo": "demo",
}
"""Every command and its module in `commands/`; a test holds the two together."""

WORKSPACE, HELP = "workspace", "help"


UNWRITABLE = {errno.ENOSPC, errno.EIO, errno.EBADF, errno.EDQUOT, errno.EFBIG}
"""What the output says when it takes no more."""


def run() -> None:
    """The `csm` program. It lives for milliseconds, in which collecting garbage costs more than it frees."""
    gc.disable()
    if "_ARGCOMPLETE" in os.environ:
        from csm_tui.cli.completion import complete

        complete()
    _have_streams()
    sys.excepthook = _bug
    _leave(main(sys.argv[1:]))


def _bug(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    """In place of Python's own words, which hold the values that an error names."""
    from csm_tui.bugs import report

    sys.stderr.write(report(error))


def main(arguments: list[str]) -> int:
    """Run one command line; the exit code."""
    try:
        code = _main(arguments)
        sys.stdout.flush()
    except BrokenPipeError:
        _let_go()
        return 0
    except KeyboardInterrupt:
        return 130
    except OSError as error:
        if error.errno not in UNWRITABLE:
            raise
        _let_go()
        sys.stderr.write(f"csm: the output could not be written: {error.strerror}.\n")
        return 1
    return code


def _have_streams() -> None:
    """A stream that the caller closed leads nowhere, else the book would get its number."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115
    if sys.stdout.encoding != "utf-8" and isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")


def _leave(code: int) -> NoReturn:
    """End at once where no thread may still be at work: taking Python apart costs a third of `python -c pass`."""
    if "threading" in sys.modules:
        sys.exit(code)
    try:
        sys.stdout.flush()
    except OSError:  # ctrl+c came first, and nobody reads any more
        _let_go()
    sys.stderr.flush()
    os._exit(code)


def _let_go() -> None:
    """Nobody reads any more: what is still to be written goes nowhere, without a word."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    if isinstance(sys.exception(), BrokenPipeError):
        os.dup2(nowhere, sys.stderr.fileno())


def _main(arguments: list[str]) -> int:
    if not _is_text("".join(arguments)):
        sys.stderr.write("csm: the command line holds bytes that are not text here: write them as UTF-8.\n")
        return 1
    leading, name, rest = split(arguments)
    if name in {"-V", "--version"}:
        sys.stdout.write(f"csm {__version__}\n")
        return 0
    if name in {"-h", "--help", HELP}:
        return _help(rest)
    if name is not None and name not in COMMANDS:
        return _unknown(name)
    return _command(name or WORKSPACE, [*leading, *rest])


def _is_text(words: str) -> bool:
    try:
        words.encode()
    except UnicodeEncodeError:
        return False
    return True


def split(arguments: list[str]) -> tuple[list[str], str | None, list[str]]:
    """Options before the command, its name, and the rest: `csm --db FILE today` is `csm today --db FILE`."""
    leading: list[str] = []
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--db":
            leading += arguments[at : at + 2]
            at += 2
        elif word == "--json" or word.startswith("--db="):
            leading.append(word)
            at += 1
        else:
            return leading, word, arguments[at + 1 :]
    return leading, None, []


def _command(name: str, arguments: list[str]) -> int:
    from csm_tui.cli.shell import Shell
    from csm_tui.cli.usage import WrongUsage

    module = __import__(f"csm_tui.cli.commands.{COMMANDS.get(name, name)}", fromlist=["run"])
    shell = None
    try:
        chosen = _chosen(name, module, arguments)
        shell = Shell(chosen)
        code: int = module.run(chosen, shell)
        shell.say_if_only_read()
    except SystemExit as left:  # --help has been printed, or a signal has ended csm demo
        return int(left.code or 0)
    except WrongUsage as wrong:
        called = "csm" if name == WORKSPACE else f"csm {name}"
        sys.stderr.write(f"{called}: {wrong}\nTry `{called} --help`.\n")
        return 2
    except Refusal as refusal:
        return _refused(refusal, shell.done if shell else "")
    finally:
        if shell is not None:
            shell.close()
    return code


def _refused(refusal: Refusal, done: str) -> int:
    """Say it; where something had been done before, it is the answer that could not be read."""
    from csm_tui.safe import shown

    told = str(refusal)
    if done:
        reason = told.replace(": nothing was changed;", ";")
        told = f"“{done}” was saved, but what came of it cannot be shown: {reason}"
    lines = [*told.split("\n"), *_ways_out(refusal)]
    sys.stderr.write("".join(f"{shown(line)}\n" for line in lines))
    return 1


def _chosen(name: str, module: Any, arguments: list[str]) -> Any:
    """What the command line chooses, by name; a plain one is read without a parser."""
    from csm_tui.cli.usage import PLAIN, plain

    if name in PLAIN:
        leading, word, rest = split(arguments)
        chosen = plain(module.configure, leading, rest if word is None else [word, *rest])
        if chosen is not None:
            return chosen
    from csm_tui.cli.parsing import parser

    reader = parser(name, module.SUMMARY, getattr(module, "EPILOG", ""))
    module.configure(reader)
    return reader.parse_args(arguments)


def _ways_out(refusal: Refusal) -> list[str]:
    """What follows the sentence about a file that should be a book."""
    from csm_tui.store.connection import Unreadable

    if not isinstance(refusal, Unreadable):
        return []
    from csm_tui.cli.mending import ways_out

    return ways_out(refusal)


def _help(rest: list[str]) -> int:
    """The page that is named, the options of the command that is named, else what there is of both."""
    from csm_tui.cli.help import TOPICS, overview

    _, name, _ = split(rest)
    if name in TOPICS:
        return _command(HELP, rest)
    if name in COMMANDS:
        return _command(name, ["--help"])
    if name and not name.startswith("-"):
        return _unknown(name, *TOPICS)
    sys.stdout.write(overview())
    return 0


def _unknown(name: str, *pages: str) -> int:
    """Say so, with the nearest command, or page where one was asked for."""
    from difflib import get_close_matches

    from csm_tui.safe import shown

    near = get_close_matches(name, (*pages, *COMMANDS), 1)
    called = f"help {near[0]}" if near and near[0] in pages else "".join(near)
    what, lists = ("page or command", "lists them") if pages else ("command", "lists the commands")
    hint = f"Did you mean `csm {called}`?" if near else f"`csm --help` {lists}."
    sys.stderr.write(f"csm: there is no {what} {shown(name)!r}. {hint}\n")
    return 2
