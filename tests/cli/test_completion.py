"""Tab offers commands, options, names and ids as the shell needs them, quickly, and changes nothing."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import SRC, Csm
from tests.cli.test_modules_loaded import HEAVY
from tests.store.test_every_action import run

ODD = """
INSERT INTO account (name, added_on) VALUES
  ('O''Brien & Sons "Ltd" $HOME `id`', '2026-01-01'), ('-rf', '2026-01-01'), ('#1 Corp', '2026-01-01'),
  ('Bell' || char(7) || char(27) || '[31m', '2026-01-01'), ('Line' || char(10) || 'Two', '2026-01-01'),
  ('Zürich: Süd', '2026-01-01')
"""


@pytest.fixture
def odd(filled: str) -> str:
    """A book with names that a shell could trip over."""
    run(filled, ODD)
    return filled


def offered(tmp_path: Path, line: str, shell: str = "bash") -> list[str]:
    """What the program answers when tab is pressed at the end of a line."""
    answer = tmp_path / "answer"
    answer.write_text("")
    asked = {
        "_ARGCOMPLETE": "1", "_ARGCOMPLETE_SHELL": shell, "_ARGCOMPLETE_STDOUT_FILENAME": str(answer),
        "_ARGCOMPLETE_SUPPRESS_SPACE": "1", "COMP_LINE": line, "COMP_POINT": str(len(line)),
        "_ARGCOMPLETE_COMP_WORDBREAKS": " \t\n\"'><=;|&(:",
    }  # fmt: skip
    ran = subprocess.run(
        [sys.executable, "-c", "from csm_tui.cli.main import run; run()"],
        env={**os.environ, "PYTHONPATH": SRC, **asked}, capture_output=True, timeout=60,
    )  # fmt: skip
    assert (ran.stdout, ran.stderr) == (b"", b"")
    return [one for one in answer.read_text(encoding="utf-8").split("\x0b") if one]


def test_commands_options_and_their_words_are_offered(odd: str, tmp_path: Path) -> None:
    assert set(offered(tmp_path, "csm acc")) == {"accounts", "account"}
    assert {"add", "show", "edit"} <= set(offered(tmp_path, "csm account "))
    assert offered(tmp_path, "csm log --mo") == ["--mood"]
    assert offered(tmp_path, "csm log --mood ") == ["happy", "mixed", "worried"]
    assert offered(tmp_path, "csm export tou") == ["touchpoints"]
    assert "import" in offered(tmp_path, "csm help im")
    assert {"start", "settings", "snooze"} <= set(offered(tmp_path, "csm help s"))
    assert offered(tmp_path, "csm playbook show onb") == ["onboarding"]
    assert offered(tmp_path, "csm plan northwind onb") == ["onboarding"]
    assert offered(tmp_path, "csm recover northwind --signal ch") == ["champion"]
    assert offered(tmp_path, "csm recover northwind --signal gr") == []  # no sign of risk
    assert offered(tmp_path, "csm recover northwind --close r") == ["recovered", "right-sized"]


def test_accounts_people_and_items_are_offered_where_they_stand(odd: str, tmp_path: Path) -> None:
    assert offered(tmp_path, "csm log northw") == ["northwind\\ Traders"]
    assert offered(tmp_path, "csm account show 'North") == ["Northwind Traders", "Northern Lights"][::-1]
    assert offered(tmp_path, "csm log northwind cal") == []
    assert offered(tmp_path, "csm find x --account ac") == ["acme"]
    assert offered(tmp_path, "csm contact left northwind An") == ["Ana\\ Diaz", "Ana\\ Lopez"]
    assert "p1" in offered(tmp_path, "csm done ")
    assert offered(tmp_path, "csm account add Nor") == []


def test_the_book_of_the_line_is_the_one_that_is_asked(odd: str, tmp_path: Path) -> None:
    assert offered(tmp_path, f"csm --db {odd} log ac") == ["ac" + "me"]
    assert offered(tmp_path, f"csm --db={tmp_path}/none.db log ac") == []
    assert not (tmp_path / "none.db").exists()


def test_a_name_that_could_be_misread_goes_by_its_id_and_steers_nothing(odd: str, tmp_path: Path) -> None:
    everything = offered(tmp_path, "csm log ", "fish")
    assert {"id:5", "id:6", "id:7", "id:8"} <= {one.split("\t")[0] for one in everything}
    assert not any(sign in one for one in everything for sign in "\x07\x1b\n")


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_in_a_real_bash_the_completed_line_names_the_account(odd: str, csm: Csm, tmp_path: Path) -> None:
    """What bash inserts is read back by bash to exactly the name, and nothing of it is run."""
    program = tmp_path / "bin" / "csm"
    program.parent.mkdir()
    program.write_text(f'#!/bin/sh\nPYTHONPATH={SRC} exec {sys.executable} -m csm_tui "$@"\n')
    program.chmod(0o755)
    script = csm("completion", "bash").out
    asked = (
        f'{script}\nCOMP_LINE="csm log O" COMP_POINT=9 COMP_TYPE=9\n_python_argcomplete csm\n'
        'eval "set -- ${COMPREPLY[0]}"; printf "%s" "$1"'
    )
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}
    ran = subprocess.run(["bash", "-c", asked], env=environment, capture_output=True, text=True, timeout=60)
    assert ran.stdout == 'O\'Brien & Sons "Ltd" $HOME `id`'


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_of_each_shell_is_printed(csm: Csm, shell: str) -> None:
    ran = csm("completion", shell)
    assert (ran.code, ran.err) == (0, "")
    assert "csm" in ran.out
    assert "_ARGCOMPLETE" in ran.out
    assert csm("completion", "tcsh").code == 2


def test_completing_a_name_loads_neither_a_heavy_library_nor_what_the_command_runs_with(odd: str) -> None:
    probe = (
        "import os, sys\n"
        "os._exit = lambda code: (print(*sys.modules), sys.stdout.flush(), sys.exit(0))\n"
        "from csm_tui.cli import completion\n"
        "completion.complete()\n"
    )
    asked = {
        "_ARGCOMPLETE": "1",
        "COMP_LINE": "csm log no",
        "COMP_POINT": "10",
        "_ARGCOMPLETE_STDOUT_FILENAME": os.devnull,
    }
    ran = subprocess.run(
        [sys.executable, "-c", probe], env={**os.environ, "PYTHONPATH": SRC, **asked}, capture_output=True, text=True,
        timeout=60,
    )  # fmt: skip
    modules = set(ran.stdout.split())
    assert "csm_tui.views.named" in modules
    assert (HEAVY | {"csm_tui.domain.logline", "csm_tui.actions.touchpoints"}) & modules == set()
