"""The verbs of a command that has several, such as `csm account add`: each has its parser, its act, and its words."""

from __future__ import annotations

from csm_tui.cli.parsing import Layout, common
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import Any

    from csm_tui.cli.shell import Shell

    Act = Callable[[argparse.Namespace, Shell], int]
    Verbs = Any  # argparse does not name the type of a set of sub-parsers


def verbs(parser: argparse.ArgumentParser) -> Verbs:
    """A place for the verbs; one of them must be given."""
    return parser.add_subparsers(title="verbs", metavar="VERB", dest="verb", required=True)


def do_verb(chosen: argparse.Namespace, shell: Shell) -> int:
    """Do what the verb says; a name may be several words."""
    if isinstance(getattr(chosen, "name", None), list):
        chosen.name = " ".join(chosen.name)
    code: int = chosen.act(chosen, shell)
    return code


def verb(made: Verbs, name: str, act: Act, what: str, example: str) -> argparse.ArgumentParser:
    """One verb: what it does, how it is called, and the options that every command has."""
    import argparse

    one: argparse.ArgumentParser = made.add_parser(
        name,
        help=what,
        description=f"{what[0].upper()}{what[1:]}.",
        epilog=f"  {example}",
        formatter_class=Layout,
        allow_abbrev=False,
    )
    common(one, default=argparse.SUPPRESS)
    one.set_defaults(act=act)
    return one


_DONE = {"Edit": "Edited", "Delete": "Deleted", "Correct": "Corrected", "Remove": "Removed", "Merge": "Merged"}


def done(label: str) -> str:
    """What history calls an operation, as it is told once it is done: `Delete promise p1`, `Deleted promise p1`."""
    first, blank, rest = label.partition(" ")
    return f"{_DONE.get(first, first)}{blank}{rest}"
