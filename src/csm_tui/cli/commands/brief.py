"""csm brief: one page before a call, as Markdown, or laid out where somebody reads it in a terminal."""

from __future__ import annotations

import sys

from csm_tui.cli.fields import ACCOUNT_HELP
from csm_tui.cli.page import lay_out
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.brief_markdown import brief_markdown
from csm_tui.exchange.brief_page import page
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.brief import as_json, brief
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.store.connection import Reading
    from csm_tui.views.brief import Brief

SUMMARY = "One page before a call: last touches, promises both ways, what changed, plan, renewal, people."
EPILOG = """\
  csm brief northwind
  csm brief northwind > brief.md           Markdown in a file or a pipe
  csm brief northwind --format md          Markdown in the terminal too"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm brief`."""
    parser.add_argument("account", metavar="ACCOUNT", nargs="+", help=ACCOUNT_HELP)
    parser.add_argument("--format", choices=("md", "text"), help="default: text in a terminal, else md")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the brief."""
    shell.keep_up()
    found = shell.read(_found, " ".join(chosen.account))
    if shell.json:
        shell.emit(as_json(found))
    elif (chosen.format or _usual()) == "md":
        for line in brief_markdown(page(found)).splitlines():
            shell.out(line)
    else:
        lay_out(page(found), shell)
    return 0


def _usual() -> str:
    return "text" if sys.stdout.isatty() else "md"


def _found(reading: Reading, name: str) -> Brief:
    found = brief(reading, find_account(reading, name).id)
    if found is None:
        raise Refusal("The account is gone by now: `csm accounts` lists those that are there.")
    return found
