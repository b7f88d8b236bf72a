"""The README holds what it says: its commands run as they stand, and its links and those of the docs lead somewhere."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from csm_tui.cli.main import main
from csm_tui.clock import today
from csm_tui.exchange.demo import write_demo
from tests.key_table import ids

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "bench" / "README.md"])
FILES = {
    "accounts.csv": "Account,Tier,ARR,Renewal\nAlpine Ski House,high,48000,2027-06-01\n",
    "contacts.csv": "Account,First name,Last name,Email\nAlpine Ski House,Ann,Lee,ann@alpine.example\n",
    "deals.csv": "Deal name,Deal stage,Account,Close date\nAlpine Ski House renewal,open,Alpine Ski House,2027-07-01\n",
    "calls.csv": "Account,Date,Type,Subject\nAlpine Ski House,2026-11-02,call,all good\n",
}
SCREENS = {"csm", "csm demo"}
"""What opens the workspace: the tests of the workspace and of the demo run these."""


def blocks(text: str) -> list[str]:
    """The lines of code that stand indented, without what explains them."""
    lines = [line[4:] for line in text.splitlines() if line.startswith("    ")]
    return [re.sub(r"\s+#\s.*", "", line) for line in lines]


@pytest.mark.parametrize("page", ["README.md", "docs/start.md"])
def test_every_command_of_the_page_runs_as_it_stands(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CSM_DB", str(tmp_path / "book.db"))
    monkeypatch.setenv("CSM_TODAY", "2026-11-21")
    monkeypatch.chdir(tmp_path)
    write_demo(str(tmp_path / "book.db"), today())
    for name, text in FILES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    lines = [line for line in blocks((ROOT / page).read_text(encoding="utf-8")) if line.startswith("csm ")]
    assert len(lines) > 5
    for line in lines:
        if line in SCREENS:
            continue
        force = ["--force"] if "export" in line else []
        code = main([*shlex.split(line)[1:], *force])
        assert code == 0, (line, capsys.readouterr().err)


def test_the_line_that_ci_runs_is_the_one_of_the_readme() -> None:
    line = next(line for line in blocks(README) if "pytest" in line)
    assert line in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def test_the_keys_of_the_readme_are_those_of_the_program() -> None:
    table = README.split("<!-- keys -->\n")[1].split("\n<!-- /keys -->")[0].splitlines()[2:]
    assert len(table) > 10
    assert [row for row in table if f"| {row.removeprefix('| ')}\n" not in ids() + "\n"] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    for to in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        path, _, heading = to.partition("#")
        target = page.parent / path if path else page
        assert target.exists(), to
        if heading:
            found = re.findall(r"^#+ (.*)", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert heading in [re.sub(r"[^\w -]", "", one.lower()).replace(" ", "-") for one in found], to


def test_every_decision_stands_in_their_index() -> None:
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    for file in (ROOT / "docs" / "decisions").glob("0*.md"):
        title = file.read_text(encoding="utf-8").split("\n", 1)[0].split(". ", 1)[1]
        assert re.search(rf"\({re.escape(file.name)}\) \| {re.escape(title)}", index), file.name


def test_every_file_that_a_page_names_is_there() -> None:
    folders = [ROOT / name for name in ("src", "tests", "bench", "screenshots")]
    there = [f"/{file.relative_to(ROOT)}" for folder in folders for file in folder.rglob("*.*")]
    for page in PAGES:
        for name in re.findall(r"(?<![\w{},*])[\w/.-]*\w\.(?:py|sql)\b", page.read_text(encoding="utf-8")):
            placeholder = re.search(r"(^|[/_])(x|NNNN_name)\.", name)
            assert placeholder or any(file.endswith(f"/{name}") for file in there), (page.name, name)
