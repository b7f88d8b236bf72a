"""What the shell offers when tab is pressed: commands, options, their words, accounts, people, items and files.

The shell runs `csm` with the line so far, and argcomplete says what could follow. It is loaded only then. Nothing here
says a word or changes a file: where there is no book, or one that cannot be read, nothing is offered.
"""

from __future__ import annotations

import argparse
import os
from importlib import import_module

from argcomplete.completers import FilesCompleter, SuppressCompleter
from argcomplete.finders import CompletionFinder
from argcomplete.lexers import split_line

from csm_tui import clock, paths
from csm_tui.cli.help import TOPICS
from csm_tui.cli.main import COMMANDS, HELP, split
from csm_tui.cli.parsing import parser
from csm_tui.domain.accounts import Role, Tier
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import Party
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.risks import BECAUSE, How, Severity
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal, State
from csm_tui.store.connection import reading
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from typing import Any

    from csm_tui.store.connection import Reading

    Offers = Iterable[str] | Mapping[str, str]

PATIENCE_S = 0.2
"""How long a book that another csm holds is waited for."""

WORDS: dict[str, Iterable[str]] = {
    "--kind": Kind, "--direction": Direction, "--mood": Mood, "--signal": Signal, "--state": State, "--side": Side,
    "--role": Role, "--tier": Tier, "--auto-renew": ("yes", "no"),
    "--on": ("today", "tomorrow", "yesterday"), "--by": ("today", "tomorrow"),
}  # fmt: skip
OF_RECOVER: dict[str, Iterable[str]] = {
    "--signal": list(Signal)[:9], "--confirm": list(Signal)[:9], "--met": list(Signal)[:9],
    "--wait": (*Party, "none"), "--owner": Owner, "--escalate": Severity, "--close": How, "--because": BECAUSE,
    "--move": ("today", "tomorrow"),
}  # fmt: skip
"""What the options of `csm recover` take; some of them mean something else at other commands."""

NOTHING: tuple[str, ...] = ()


def complete() -> None:
    """Answer the shell, and end: argcomplete leaves no way back."""
    line, point = os.environ["COMP_LINE"], int(os.environ["COMP_POINT"])
    words = split_line(line, point)[3][1:]
    leading, name, _ = split(words)
    known = COMMANDS.get(name or "")
    if known is None:
        made = _of_commands(name)
        os.environ["_ARGCOMPLETE"] = str(1 + len(leading) + (name is not None))
    else:
        module = import_module(f"csm_tui.cli.commands.{known}")
        made = parser(str(name), module.SUMMARY, "")
        module.configure(made)
        os.environ["_ARGCOMPLETE"] = str(2 + len(leading))
    _equip(made, _book(words))
    CompletionFinder()(made, always_complete_options=False, default_completer=SuppressCompleter())


def _no_files(**_: Any) -> Offers:
    return NOTHING


def _of_commands(name: str | None) -> argparse.ArgumentParser:
    """The words that can stand first, or behind `csm help`; nothing behind any other word."""
    made = argparse.ArgumentParser(add_help=name is None)
    if name is None:
        made.add_argument("--version", action="store_true")
        made.add_argument("--db", metavar="FILE")
    if name is None or name == HELP:
        made.add_argument("command", choices=[*COMMANDS, HELP] if name is None else sorted({*COMMANDS, *TOPICS}))
    return made


def _book(words: list[str]) -> str:
    """The path of the book that the line so far is about."""
    for at, word in enumerate(words):
        if word.startswith("--db="):
            return word.removeprefix("--db=")
        if word == "--db" and at + 1 < len(words):
            return words[at + 1]
    return paths.database()


def _equip(made: argparse.ArgumentParser, book: str) -> None:
    """Give each argument what it can become, in the verbs of a command as well."""
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                _equip(each, book)
        elif not action.choices:
            action.completer = _completer(made.prog, action, book)  # type: ignore[attr-defined]


def _completer(prog: str, action: argparse.Action, book: str) -> Callable[..., Offers]:
    metavar = str(action.metavar)
    if metavar == "FILE":
        return FilesCompleter()
    if metavar in {"ID|FILE", "PLAYBOOK"}:
        return _playbooks
    if action.option_strings and metavar != "ACCOUNT":
        known = {**WORDS, **(OF_RECOVER if prog == "csm recover" else {})}
        words = tuple(str(word) for word in known.get(action.option_strings[0], NOTHING))
        return lambda **_: words
    view = _view(prog, metavar)
    if view is None:
        return _no_files

    def offers(prefix: str, parsed_args: Any, **_: Any) -> Offers:
        """What can stand here; behind the first word of a line that goes on, nothing."""
        before = getattr(parsed_args, action.dest, None)
        if isinstance(before, list) and before:
            return NOTHING
        return _asked(book, lambda opened: view(opened, prefix, parsed_args))

    return offers


def _playbooks(prefix: str, **_: Any) -> Offers:
    """The ids of the playbooks; files once a folder has been typed."""
    from csm_tui.playbooks import all_playbooks

    if os.sep in prefix:
        return FilesCompleter()(prefix)
    return {one.playbook.id: one.playbook.name for one in all_playbooks().templates}


def _view(prog: str, metavar: str) -> Callable[[Reading, str, Any], Offers] | None:
    """What is offered for an argument, by what the help calls it."""
    if metavar.startswith("ITEM"):
        return _items
    if metavar == "NAME" and prog.startswith("csm contact ") and not prog.endswith(" add"):
        return _people
    of_account = metavar == "NAME" and prog.startswith("csm account ") and not prog.endswith(" add")
    if of_account or metavar.startswith("ACCOUNT") or metavar in {"FROM", "INTO"}:
        return _accounts
    return None


def _asked(book: str, view: Callable[[Reading], Offers]) -> Offers:
    try:
        with reading(book, clock.today(), PATIENCE_S) as opened:
            return view(opened)
    except (Refusal, OSError):
        return NOTHING


def _accounts(opened: Reading, prefix: str, _parsed: Any) -> Offers:
    from csm_tui.views.named import all_names

    return _begun({named.name: f"id:{named.id}" for named in all_names(opened)}, prefix)


def _people(opened: Reading, prefix: str, parsed: Any) -> Offers:
    from csm_tui.store.queries.contacts import contacts
    from csm_tui.views.named import find_account

    if not isinstance(parsed.account, str):
        return NOTHING
    account = find_account(opened, parsed.account)
    return _begun({person.name: "" for person in contacts(opened, account.id)}, prefix)


def _items(opened: Reading, _prefix: str, _parsed: Any) -> Offers:
    from csm_tui.safe import shown
    from csm_tui.views.today import today_list

    return {item.id: shown(f"{item.account.name}: {item.what}") for item in today_list(opened, most=100).items}


def _begun(names: dict[str, str], prefix: str) -> list[str]:
    """The names that begin so, in whatever capitals, as the rest of what was typed; one that a shell or an option
    could misread goes by its id, where it has one.
    """
    small, found = prefix.casefold(), []
    for name, number in names.items():
        offer = name if name.isprintable() and name[0].isalnum() else number
        if offer and offer[: len(prefix)].casefold() == small:
            found.append(prefix + offer[len(prefix) :])
    return found
