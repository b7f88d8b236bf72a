"""docs/shell.md tells every command, verb and option of the program, and none that there is not."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from csm_tui.cli.main import COMMANDS
from csm_tui.cli.parsing import parser

PAGE = (Path(__file__).parents[2] / "docs" / "shell.md").read_text(encoding="utf-8")
COMMON = {"-h", "--help", "--db", "--json"}


def read(name: str) -> argparse.ArgumentParser:
    module = import_module(f"csm_tui.cli.commands.{COMMANDS[name]}")
    made = parser(name, module.SUMMARY, "")
    module.configure(made)
    return made


def verbs(made: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.ArgumentParser]]:
    """The verbs of a command and what each reads."""
    for action in made._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from action.choices.items()


def options(made: argparse.ArgumentParser) -> set[str]:
    """The long options of a command and of its verbs."""
    own = {option for action in made._actions for option in action.option_strings if option.startswith("--")}
    return own.union(*(options(verb) for _, verb in verbs(made))) - COMMON


def told(name: str) -> str:
    """What the page says of a command: the rows and paragraphs that name it."""
    pieces = [piece for piece in re.split(r"\n\n|\n(?=\|)", PAGE) if re.search(rf"`csm {name}\b(?!-)", piece)]
    return "\n".join(pieces)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_page_tells_every_verb_and_option_of_a_command(name: str) -> None:
    made, piece = read(name), told(name)
    assert piece
    assert sorted(option for option in options(made) if not re.search(rf"{option}\b(?!-)", piece)) == []
    assert [verb for verb, _ in verbs(made) if not re.search(rf"\b{verb}\b", piece)] == []


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_every_option_says_what_it_is_for(name: str) -> None:
    made = read(name)
    for reads in (made, *(verb for _, verb in verbs(made))):
        assert [action.dest for action in reads._actions if action.option_strings and not action.help] == []


def test_the_page_tells_no_option_that_there_is_not() -> None:
    known = COMMON.union({"--version"}, *(options(read(name)) for name in COMMANDS))
    assert set(re.findall(r"--[a-z][a-z-]+", PAGE)) - known == set()
    assert set(re.findall(r"`csm ([a-z]+)", PAGE)) - {*COMMANDS, "help"} == set()


def test_every_command_tells_what_its_json_holds() -> None:
    keys = PAGE.split("## JSON")[1].split("## Environment")[0]
    assert [name for name in COMMANDS if not re.search(rf"`{name}[ `]", keys)] == []
