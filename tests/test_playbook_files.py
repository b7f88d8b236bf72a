"""The playbooks in files: those that ship are whole, the user's own add or replace, and a broken one stops nothing."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from csm_tui import paths, playbooks
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbook_reading import FIELDS, STEP
from csm_tui.domain.touchpoints import RISK_SIGNALS
from csm_tui.playbooks import Problem, all_playbooks, load, read_file, read_text

SHIPPED = sorted(Path(playbooks.SHIPPED).glob("*.toml"))
ROOT = Path(__file__).parents[1]
LEAST = 'id = "{id}"\nname = "Mine"\nanchor = "start"\n\n[[step]]\nid = "one"\ntitle = "First"\nday = 1\n'


def own(name: str, text: str | bytes) -> str:
    path = Path(paths.playbooks()) / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_every_shipped_file_is_whole(path: Path) -> None:
    template, problems = read_file(str(path))
    assert problems == []
    assert template is not None
    book = template.playbook
    assert book.id == path.stem
    assert template.text == path.read_text(encoding="utf-8")
    assert book.purpose
    assert all(step.guidance and step.checks for step in book.steps)
    assert all(book.steps_of(variant.name) for variant in book.variants)


def test_all_that_ship_are_on_the_shelf_and_load_by_their_id() -> None:
    shelf = all_playbooks()
    assert [one.playbook.id for one in shelf.templates] == sorted(path.stem for path in SHIPPED)
    assert shelf.problems == ()
    assert not any(one.own for one in shelf.templates)
    assert [load(one.playbook.id) for one in shelf.templates] == list(shelf.templates)


def test_nine_branches_are_there_for_the_nine_risk_signals() -> None:
    signals = [one.playbook.signal for one in all_playbooks().templates if one.playbook.signal]
    assert sorted(signals) == sorted(RISK_SIGNALS)
    assert len(RISK_SIGNALS) == 9


def test_the_files_go_into_the_wheel() -> None:
    """They lie inside the package that the wheel takes whole, and nothing takes them out."""
    targets = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]["targets"]
    assert targets["wheel"]["packages"] == ["src/csm_tui"]
    assert "exclude" not in targets["wheel"]
    assert Path(playbooks.SHIPPED).resolve() == ROOT / "src" / "csm_tui" / "playbooks"
    ignored = ROOT / ".gitignore"
    assert not ignored.exists() or not re.search(r"toml|playbooks", ignored.read_text(encoding="utf-8"))


def test_ones_own_adds_and_replaces_by_its_id() -> None:
    before = len(all_playbooks().templates)
    added, replaced = own("x.toml", LEAST.format(id="mine")), own("y.toml", LEAST.format(id="onboarding"))
    own("note.txt", "no playbook")
    own(".#x.toml", "an editor's lock")
    shelf = all_playbooks()
    assert shelf.problems == ()
    assert len(shelf.templates) == before + 1
    assert {one.path for one in shelf.templates if one.own} == {added, replaced}
    assert load("onboarding").playbook.name == "Mine"
    assert load("mine").text == LEAST.format(id="mine")


BROKEN: dict[str, tuple[str | bytes, int, str]] = {
    "a field": (LEAST.format(id="onboarding") + 'onwer = "us"\n', 9, "There is no field `onwer`"),
    "syntax": ('id = "onboarding"\nname = \n', 2, "This line is not TOML (Invalid value): mend it first."),
    "an end": ('id = "onboarding"\nname = """\n', 0, "This file is not TOML ("),
    "letters": (b'id = "\xff"', 0, "This file is not UTF-8 text"),
    "a flood": ("#" * 1_000_001, 0, "This file cannot be read (it is longer"),
    "a number": (f"day = {'9' * 5000}", 0, "This file holds a value that is too large"),
    "a nest": ("day = " + "[" * 5000, 0, "This file "),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_one_that_is_broken_is_told_by_its_line_and_the_shipped_one_stands(kind: str) -> None:
    text, line, told = BROKEN[kind]
    path = own("x.toml", text)
    (problem,) = all_playbooks().problems
    assert str(problem).startswith(f"{path}:{line}: {told}" if line else f"{path}: {told}")
    assert not load("onboarding").own


def test_a_folder_of_that_name_and_a_file_in_its_place_are_told() -> None:
    (Path(paths.playbooks()) / "x.toml").mkdir(parents=True)
    assert "it is not a file" in all_playbooks().problems[0].sentence
    (Path(paths.playbooks()) / "x.toml").rmdir()
    Path(paths.playbooks()).rmdir()
    Path(paths.playbooks()).write_text("", encoding="utf-8")
    (problem,) = all_playbooks().problems
    assert problem == Problem(paths.playbooks(), 0, "This folder cannot be looked into (Not a directory): check it.")
    assert load("onboarding").playbook.id == "onboarding"


def test_of_two_with_one_id_the_first_stands() -> None:
    first, second = own("a.toml", LEAST.format(id="mine")), own("b.toml", "\n" + LEAST.format(id="mine"))
    told = "The id `mine` is that of a.toml, which stands: give it another."
    assert all_playbooks().problems == (Problem(second, 2, told),)
    assert load("mine").path == first


@pytest.mark.parametrize(("wanted", "told"), [
    ("onbording", "did you mean onboarding?"), ("zzz", "`csm playbooks` lists them."), ("../playbooks/onboarding", ""),
])  # fmt: skip
def test_an_id_that_is_none_is_refused(wanted: str, told: str) -> None:
    with pytest.raises(Refusal, match=re.escape(f"There is no playbook {wanted}: {told}")):
        load(wanted)


MANY = '''\
# [[step]] in a comment
id = "mine"
name = "Say \\"[[step]]\\""
anchor = "start"
opens = 0            # line 5

[[step]]
id = "one"
title = 'First'
day = 1
guidance = """
[[step]]
id = "not this one"
owner = "nor this" \\"""
"""
"owner" = "me"       # line 16
checks = [
  "a = b",
  "[[step]]",
]
exit = """He says "so"""" # """" is a comment
[[ step ]]           # line 22, with no title
day = 2
id = "one"           # line 24
  required = 1       # line 25
guidance = \'\'\'
day = "x"
\'\'\'

[step.more]          # line 30 is told at the step """
x = 1

[[variant]]
name = "light"
steps = [            # line 35
  "three",
]
'''


def test_mistakes_stand_on_their_lines_in_order_whatever_texts_hold() -> None:
    _, problems = read_text(MANY, "f")
    assert [one.line for one in problems] == [5, 16, 22, 22, 24, 25, 35]
    assert [one.line for one in read_text(MANY.replace("\n", "\r\n"), "f")[1]] == [5, 16, 22, 22, 24, 25, 35]
    assert str(problems[1]) == f"f:16: `owner` must be {FIELDS[STEP]['owner'].says}."


@pytest.mark.parametrize(("text", "line"), [
    ("\n" + LEAST.format(id="x").replace("[[step]]", "[[stpe]]"), 6),
    ('id = "x"\nname = "x"\nanchor = "start"\nstep = [{id = "one"}]', 1),
    ('id = "x"\nname = "x"\nanchor = "start"\nstep = 3', 4),
    ("", 1),
])  # fmt: skip
def test_what_has_no_line_of_its_own_is_told_on_the_nearest(text: str, line: int) -> None:
    assert line in {one.line for one in read_text(text)[1]}
