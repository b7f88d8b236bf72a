"""csm settings: the settings that hold and where each comes from; an example file; the editor on one's own."""

from __future__ import annotations

import os
import sys

from csm_tui import paths, settings_table
from csm_tui.cli.shell import is_terminal
from csm_tui.domain.errors import Refusal
from csm_tui.settings import settings
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from csm_tui.cli.shell import Shell
    from csm_tui.settings import Settings

SUMMARY = "The settings that hold, and where each comes from: a line of the file, the environment, or the default."
EPILOG = """\
  csm settings
  csm settings --example > ~/.config/csm-tui/settings.toml
  csm settings --edit
`csm paths` says where the file lies."""


class Line(NamedTuple):
    """One setting as it holds: its name, its value, and where that comes from."""

    name: str
    value: object
    source: str


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm settings`."""
    either = parser.add_mutually_exclusive_group()
    either.add_argument("--example", action="store_true", help="print a file with every setting at its default")
    either.add_argument("--edit", action="store_true", help="open the file in your editor; a new one is the example")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print or edit."""
    if chosen.example:
        sys.stdout.write(settings_table.example())
        return 0
    if chosen.edit:
        return _edit(shell)
    lines = list(_lines(shell.settings))
    if shell.json:
        shell.emit([{"name": one.name, "value": _plain(one.value), "from": one.source} for one in lines])
    else:
        shell.table(
            ("setting", "value", "from"), [(one.name, settings_table.written(one.value), one.source) for one in lines]
        )
    return 0


def _lines(found: Settings) -> Iterator[Line]:
    """Every setting, in the order of the table; then the rates and the keys that were given."""
    for name, value in settings_table.values(found).items():
        if isinstance(value, dict):
            for below, inner in value.items():
                yield Line(f"{name}.{below}", inner, _source(found, f"{name}.{below}"))
        else:
            yield _by_environment(name, found) or Line(name, value, _source(found, name))


def _source(found: Settings, name: str) -> str:
    return f"line {found.lines[name]}" if name in found.lines else "default"


def _by_environment(name: str, found: Settings) -> Line | None:
    """What the environment decides: the theme whatever the file says, the editor where the file says nothing."""
    wanted = {"theme": ("TEXTUAL_THEME",), "editor": () if found.editor else ("VISUAL", "EDITOR")}.get(name, ())
    return next((Line(name, os.environ[one], one) for one in wanted if os.environ.get(one)), None)


def _plain(value: object) -> object:
    """A value as JSON has it: days as texts, a rate as the number that was typed."""
    if isinstance(value, frozenset):
        return [settings_table.written(frozenset([one])).strip("[]'") for one in sorted(value)]
    return settings_table.written(value) if isinstance(value, tuple) else value


def _edit(shell: Shell) -> int:
    """Open the file in the editor, and say what is wrong in it afterwards."""
    import shlex
    import subprocess

    path, editor = paths.settings(), settings().editor_command
    if not is_terminal():
        raise Refusal(f"An editor needs a terminal: the settings lie at {path}.")
    if not editor:
        raise Refusal(f"No editor is known: set EDITOR, such as EDITOR=nano, or write {path} by other means.")
    _begin(path)
    try:
        code = subprocess.call([*shlex.split(editor), path])
    except (OSError, ValueError) as error:
        raise Refusal(
            f"The editor {editor!r} could not be started ({error}): set EDITOR to one that is there."
        ) from None
    for notice in settings().notices:
        shell.say(notice)
    shell.say("The settings hold from the next start of the workspace.")
    return 1 if code else 0


def _begin(path: str) -> None:
    """A new file holds the example, which changes nothing."""
    from csm_tui.exchange.written import written

    if os.path.lexists(path):
        return
    try:
        paths.private_folder(os.path.dirname(path))
    except OSError as error:
        raise Refusal(f"{path} cannot be made ({error.strerror}): check the folder.") from None
    with written(path) as stream:
        stream.write(settings_table.example())
