"""How a command line is parsed: one way out of a wrong one, one layout of help, and what all commands take."""

from __future__ import annotations

import argparse
import re

from csm_tui import safe
from csm_tui.cli.usage import WrongUsage
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Any, NoReturn

MOST_INDENT = 48
"""The last column of a help text at which a second line can begin."""
MOST_DIGITS = 18
"""No count has more, and the file could not keep one that has."""

IN_PLAIN_WORDS = (
    (r"^argument ", ""),
    (r"^the following arguments are required: ", "missing: "),
    (r"^unrecognized arguments: ", "not understood: "),
    (r": expected (one|at least one) argument$", " needs a value"),
    (r": not allowed with argument ", " does not go with "),
)
"""What argparse says of a wrong line, and how we say it."""


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help for 79 columns; argparse's own looks the width up in shutil, which costs more than the command."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=79, max_help_position=26)

    def _fill_text(self, text: str, width: int, indent: str) -> str:
        """The lines of a description as they are, but none longer than the help: the rest goes on under its column."""
        from textwrap import fill

        return "\n".join(fill(line, width, subsequent_indent=indent + _under(line)) for line in text.split("\n"))


def _under(line: str) -> str:
    """The blanks before what an example is explained with; where that leaves little room, those of its own indent."""
    head, gap, _ = line.rpartition("  ")
    column, own = len(head + gap), len(line) - len(line.lstrip())
    return " " * (column if column == 0 or own < column <= MOST_INDENT else own + 2)


class Parser(argparse.ArgumentParser):
    """A parser that raises instead of leaving, so that there is one way out; `-3d` and `-tag:x` are words."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self._negative_number_matcher = re.compile(r"-(?:[0-9#=]|[a-z]+[:<>])")
        self.register("type", int, _whole_number)

    def parse_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The arguments; where they are words of one kind, such as files, options may stand between them.

        Not where `--` says that only words follow, which argparse forgets when it takes them apart.
        """
        words = [action for action in self._actions if not action.option_strings]
        if len(words) == 1 and words[0].nargs in {"+", "*"} and "--" not in (args or ()):
            return self.parse_intermixed_args(args, namespace)
        return super().parse_args(args, namespace)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """The arguments; the value of `--option=--`, which argparse reads as an empty list, is `--`."""
        chosen, rest = super().parse_known_args(args, namespace)
        for action in self._actions:
            if action.option_strings and action.default != [] and getattr(chosen, action.dest, None) == []:
                setattr(chosen, action.dest, self._get_value(action, "--"))
        return chosen, rest

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        """Refuse what is not one of the words of an option, which stand behind it."""
        if action.choices is not None and value not in action.choices:
            known = ", ".join(map(str, action.choices))
            raise argparse.ArgumentError(action, f"“{value}” is not one of {known}")

    def error(self, message: str) -> NoReturn:
        """Wrong usage, in one sentence of plain words."""
        for theirs, ours in IN_PLAIN_WORDS:
            message = re.sub(theirs, ours, message)
        raise WrongUsage(safe.shown(message))


def _whole_number(text: str) -> int:
    """What `type=int` reads: all whole numbers of options are counts."""
    if not (text.isascii() and text.isdigit() and len(text) <= MOST_DIGITS):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 0 up")
    return int(text)


def parser(name: str, summary: str, epilog: str) -> Parser:
    """The parser of a command, with the options that all commands take."""
    prog = "csm" if name == "workspace" else f"csm {name}"
    made = Parser(
        prog=prog,
        description=summary,
        epilog=epilog,
        formatter_class=Layout,
        allow_abbrev=False,
    )
    common(made)
    return made


def common(made: argparse.ArgumentParser, **default: Any) -> None:
    """The options that all commands take; a verb of a command takes them without a default of its own."""
    made.add_argument("--db", metavar="FILE", help="the book to use (else CSM_DB, else your own)", **default)
    made.add_argument(
        "--json",
        action="store_true",
        help="data for scripts: one array or one object",
        **default,
    )
