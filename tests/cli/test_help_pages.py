"""`csm help PAGE` prints the pages of `docs/`: in the width of the terminal, wherever csm was installed."""

from __future__ import annotations

import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from csm_tui import safe
from csm_tui.cli.help import TOPICS
from csm_tui.cli.main import COMMANDS
from csm_tui.cli.markdown import laid_out
from tests.cli.conftest import SRC, Csm

DOCS = Path(SRC).parent / "docs"
PAGE = """\
# A *page*

One `csm log` and **two stressed words** in a line that is
too long; see [the keys](keys.md) and [rules.md](rules.md).
- an item that goes
  on
- another

## Under it
    code  as it is \\| said
| `a \\| b` | what |
| --- | --- |
| one | the words of a long cell |
<!-- a remark -->
```toml
x = "| y"
```
1. counted
"""


def lines(text: str, width: int) -> list[str]:
    """A page as a terminal without colours shows it."""
    return ["".join(cell.text for cell in line) for line in laid_out(text, width, styled=False)]


def test_a_page_is_laid_out_for_its_terminal() -> None:
    assert (
        "\n".join(lines(PAGE, 36))
        == """\
A *page*

  One `csm log` and two stressed
  words in a line that is too long;
  see the keys (`csm help keys`) and
  `csm help rules`.

  - an item that goes on
  - another

Under it

    code  as it is \\| said

  `a | b`  what
  ───────  ────────────────────────
  one      the words of a long cell

    x = "| y"

  1. counted"""
    )
    assert lines("a [b](architecture.md) `x\ny`", 30) == ["", "  a b `x y`"]


def test_a_table_without_room_wraps_its_cells_and_parts_its_rows() -> None:
    table = "| what | why |\n| --- | --- |\n| several words | and more of them |\n| x | y |\n"
    assert lines(table, 18)[1:] == [
        "  what     why", "  ───────  ───────", "  several  and", "  words    more of", "           them", "",
        "  x        y",
    ]  # fmt: skip


@pytest.mark.parametrize("width", [60, 80, 110])
@pytest.mark.parametrize("topic", TOPICS)
def test_no_page_shows_its_markup_or_leaves_its_width(topic: str, width: int) -> None:
    text = (DOCS / f"{topic}.md").read_text(encoding="utf-8")
    shown = lines(text, width)
    assert shown[0] == text.split("\n", 1)[0].removeprefix("# ")
    outside = [line for line in shown if not line.startswith("    ")]  # code stays as it is
    assert [line for line in outside if safe.width(line.rstrip()) > width] == []
    assert [line for line in outside if re.search(r"^ *\||\*\*|\]\(|<!--|\| ---", line)] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_plain_markdown_where_nobody_reads_it_in_a_terminal(csm: Csm, topic: str) -> None:
    text = (DOCS / f"{topic}.md").read_text(encoding="utf-8")
    assert csm("help", topic) == (0, text, "")
    assert csm("help", topic, "--json").json == {"page": topic, "text": text}


def test_a_page_of_a_command_says_where_its_options_are() -> None:
    for topic in set(TOPICS) & set(COMMANDS):
        assert f"csm {topic} --help" in (DOCS / f"{topic}.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("wrong", "near"), [("filtrs", "csm help filters"), ("snoze", "csm snooze"), ("qqq", "csm --help")]
)
def test_an_unknown_page_names_the_nearest(csm: Csm, wrong: str, near: str) -> None:
    ran = csm("help", wrong)
    assert (ran.code, ran.out) == (2, "")
    assert f"`{near}`" in ran.err


def in_a_terminal(*command: str, env: dict[str, str]) -> str:
    """What a command writes to a terminal."""
    master, slave = pty.openpty()
    with subprocess.Popen(command, stdin=slave, stdout=slave, env=env) as running:
        os.close(slave)
        shown = b""
        while True:
            try:
                shown += os.read(master, 65536)
            except OSError:
                break
    os.close(master)
    assert running.returncode == 0
    return shown.decode()


def test_where_it_was_installed_the_pages_lie_in_the_package(tmp_path: Path) -> None:
    shutil.copytree(Path(SRC) / "csm_tui", tmp_path / "csm_tui", ignore=shutil.ignore_patterns("__pycache__", "tui"))
    (tmp_path / "csm_tui" / "docs").mkdir()
    (tmp_path / "csm_tui" / "docs" / "start.md").write_text("# Installed\n\n**Here**\n", encoding="utf-8")
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "TERM": "xterm-256color"}
    shown = in_a_terminal(sys.executable, "-m", "csm_tui", "help", "start", env=env)
    assert shown.split() == ["\x1b[1mInstalled\x1b[0m", "\x1b[1mHere\x1b[0m"]


def test_the_package_takes_the_pages_with_it() -> None:
    import tomllib

    built = tomllib.loads((DOCS.parent / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["hatch"]["build"]
    assert built["targets"]["wheel"]["force-include"] == {"docs": "csm_tui/docs"}
    assert "/docs" in built["targets"]["sdist"]["include"]
