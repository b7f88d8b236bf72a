"""The playbooks there are: those shipped beside this module, and the user's own, which add to them or stand in for one.

A file of the user's that cannot be read is told by file and line, and stops nothing: the shipped one stands.
"""

from __future__ import annotations

import os
from functools import lru_cache

from csm_tui import paths
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from csm_tui.domain.playbook_reading import Mistake
    from csm_tui.domain.playbooks import Playbook
    from csm_tui.domain.touchpoints import Signal

ENDING = ".toml"
SHIPPED = os.path.dirname(os.path.abspath(__file__))


class Template(NamedTuple):
    """A playbook, the text it was read from (which a running plan keeps), its file, whether it is the user's own."""

    playbook: Playbook
    text: str
    path: str
    own: bool


class Problem(NamedTuple):
    """What is wrong in a file: the line (0: with the whole file), and a sentence with the remedy."""

    path: str
    line: int
    sentence: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.sentence}" if self.line else f"{self.path}: {self.sentence}"


class Shelf(NamedTuple):
    """Every playbook, in the order of their ids, and what is wrong in the user's own files."""

    templates: tuple[Template, ...]
    problems: tuple[Problem, ...]


def all_playbooks() -> Shelf:
    """The shipped playbooks, with the user's own among them or in their place."""
    found, problems = _own()
    templates = {one.playbook.id: one for one in (*_shipped(_files(SHIPPED)), *found)}
    return Shelf(tuple(templates[name] for name in sorted(templates)), tuple(problems))


def load(playbook_id: str) -> Template:
    """The playbook of an id. Raises Refusal when there is none."""
    mine = next((one for one in _own()[0] if one.playbook.id == playbook_id), None)
    if mine is not None:
        return mine
    path = os.path.join(SHIPPED, playbook_id + ENDING)
    if path not in _files(SHIPPED):
        raise Refusal(_unknown(playbook_id))
    return _shipped([path])[0]


def branch(signal: Signal) -> Template:
    """The playbook that is the branch of a risk signal: the first of the user's own for it, else the shipped one."""
    from csm_tui.domain.risks import branch_id

    mine = next((one for one in _own()[0] if one.playbook.signal is signal), None)
    return load(branch_id(signal)) if mine is None else mine


def shipped(playbook_id: str) -> Template:
    """The playbook of an id as it ships, whatever stands in for it. Raises KeyError when none of that id ships."""
    template = read_file(os.path.join(SHIPPED, playbook_id + ENDING), own=False)[0]
    if template is None:
        raise KeyError(playbook_id)
    return template


def read_file(path: str, own: bool = True) -> tuple[Template | None, list[Problem]]:
    """The playbook in a file, or None with everything that is wrong in it, in the order of its lines."""
    from csm_tui import toml_file

    try:
        text = toml_file.text_of(path)
    except toml_file.UNREADABLE as error:
        return None, [Problem(path, 0, f"This file {toml_file.reason(error)[1]}: write a playbook into it.")]
    playbook, problems = read_text(text, path)
    return (None if playbook is None else Template(playbook, text, path, own)), problems


def read_text(text: str, path: str = "") -> tuple[Playbook | None, list[Problem]]:
    """The playbook that a text gives, or None with everything that is wrong in it."""
    from csm_tui import toml_file
    from csm_tui.playbooks.lines import lines

    try:
        playbook, mistakes = _read(text)
    except toml_file.UNREADABLE as error:
        line, told = toml_file.reason(error)
        whole = f"This {'line' if line else 'file'} {told}: mend it first."
        return None, [Problem(path, line, whole)]
    if playbook is not None:
        return playbook, []
    stands = lines(text)
    problems = [Problem(path, stands.of(one.table, one.at, one.field), one.sentence) for one in mistakes]
    return None, sorted(problems, key=lambda one: one.line)


@lru_cache(maxsize=64)
def _read(text: str) -> tuple[Playbook | None, list[Mistake]]:
    """A text is read once, since a plan asks for its template at every step."""
    import tomllib

    from csm_tui.domain.playbook_reading import read

    return read(tomllib.loads(text))


def _files(folder: str) -> list[str]:
    """The playbooks' files in a folder, by name. Raises OSError where it cannot be looked into."""
    names = sorted(name for name in os.listdir(folder) if name.endswith(ENDING) and not name.startswith("."))
    return [os.path.join(folder, name) for name in names]


def _shipped(files: Iterable[str]) -> list[Template]:
    """What ships is whole: tests read every file."""
    read = (read_file(path, own=False)[0] for path in files)
    return [one for one in read if one is not None]


def _own() -> tuple[list[Template], list[Problem]]:
    """The user's own playbooks, and what is wrong in them; of two with one id the first file's stands."""
    folder = paths.playbooks()
    if not os.path.lexists(folder):
        return [], []
    try:
        files = _files(folder)
    except OSError as error:
        return [], [Problem(folder, 0, f"This folder cannot be looked into ({error.strerror}): check it.")]
    found: dict[str, Template] = {}
    problems: list[Problem] = []
    for path in files:
        template, wrong = read_file(path)
        problems += wrong
        if template is None:
            continue
        first = found.setdefault(template.playbook.id, template)
        if first is not template:
            problems.append(_twice(template, first))
    return list(found.values()), problems


def _twice(template: Template, first: Template) -> Problem:
    from csm_tui.playbooks.lines import lines

    told = f"The id `{template.playbook.id}` is that of {os.path.basename(first.path)}, which stands: give it another."
    return Problem(template.path, lines(template.text).of("", 0, "id"), told)


def _unknown(playbook_id: str) -> str:
    """The sentence for an id that no playbook has, with the one that was probably meant."""
    from difflib import get_close_matches

    near = get_close_matches(playbook_id, [one.playbook.id for one in all_playbooks().templates], 1)
    hint = f"did you mean {near[0]}?" if near else "`csm playbooks` lists them."
    return f"There is no playbook {playbook_id}: {hint}"
