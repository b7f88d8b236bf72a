"""Picks one command by name, reads its arguments, runs it, and says a Refusal in one sentence.

This is one of the two places where a Refusal is caught; the other is the app. Exit codes: 0 done, 1 refused, 2 wrong
usage, 3 when `csm today --check` finds an open must-do, 130 on ctrl+c.
"""

from __future__ import annotations

import os
import sys
from importlib import import_module

from csm_tui import __version__
from csm_tui.domain.errors import Refusal

TYPE_CHECKING = False
if TYPE_CHECKING:
    from csm_tui.cli.shell import Shell

COMMANDS = {
    "today": "today",
    "log": "log",
    "done": "done",
    "snooze": "snooze",
    "move": "move",
    "accounts": "accounts",
    "account": "account",
    "contact": "contact",
    "cadence": "cadence",
    "promises": "promises",
    "import": "import_file",
    "undo": "undo",
    "redo": "redo",
    "history": "history",
    "backup": "backup",
    "restore": "restore",
    "paths": "paths",
    "demo": "demo",
}
"""Every command and its module in `commands/`; a test holds the two together."""

WORKSPACE = "workspace"


def run() -> None:
    """The `csm` program."""
    sys.exit(main(sys.argv[1:]))


def main(arguments: list[str]) -> int:
    """Run one command line; the exit code."""
    try:
        return _main(arguments)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _main(arguments: list[str]) -> int:
    leading, name, rest = _split(arguments)
    if name in {"-V", "--version"}:
        sys.stdout.write(f"csm {__version__}\n")
        return 0
    if name in {"-h", "--help", "help"}:
        return _help(rest)
    if name is not None and name not in COMMANDS:
        return _unknown(name)
    return _command(name or WORKSPACE, [*leading, *rest])


def _split(arguments: list[str]) -> tuple[list[str], str | None, list[str]]:
    """The options before the command, its name, and the rest: `csm --db FILE today` is `csm today --db FILE`."""
    leading: list[str] = []
    at = 0
    while at < len(arguments):
        word = arguments[at]
        if word == "--db" and at + 1 < len(arguments):
            leading += arguments[at : at + 2]
            at += 2
        elif word == "--json" or word.startswith("--db="):
            leading.append(word)
            at += 1
        else:
            return leading, word, arguments[at + 1 :]
    return leading, None, []


def _command(name: str, arguments: list[str]) -> int:
    from csm_tui.cli.shell import Shell, WrongUsage, parser

    module = import_module(f"csm_tui.cli.commands.{COMMANDS.get(name, name)}")
    shell: Shell | None = None
    try:
        reader = parser(name, module.SUMMARY, getattr(module, "EPILOG", ""))
        module.configure(reader)
        chosen = reader.parse_args(arguments)
        shell = Shell(chosen)
        code: int = module.run(chosen, shell)
    except WrongUsage as wrong:
        sys.stderr.write(f"csm {name}: {wrong}\nTry `csm {name} --help`.\n")
        return 2
    except Refusal as refusal:
        from csm_tui.safe import shown

        sys.stderr.write("\n".join(shown(line) for line in str(refusal).split("\n")) + "\n")
        return 1
    sys.stdout.flush()
    return code


def _help(rest: list[str]) -> int:
    if rest and rest[0] in COMMANDS:
        return _command(rest[0], ["--help"])
    from csm_tui.cli.help import overview

    sys.stdout.write(overview())
    return 0


def _unknown(name: str) -> int:
    from difflib import get_close_matches

    from csm_tui.safe import shown

    near = get_close_matches(name, COMMANDS, 1)
    hint = f" Did you mean `csm {near[0]}`?" if near else " `csm --help` lists the commands."
    sys.stderr.write(f"csm: there is no command {shown(name)!r}.{hint}\n")
    return 2
