"""The doors of the shell: what is wrong, piped away, missing or hostile gets a sentence and its exit code."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

from csm_tui import __version__
from csm_tui.cli.help import GROUPS, TOPICS, overview
from csm_tui.cli.main import COMMANDS
from tests.cli.conftest import SRC, Csm, process, rows

OF_OTHERS = {"demo", "import"}
"""Their examples are written in sentences."""

MODULES = Path(SRC) / "csm_tui" / "cli" / "commands"


def test_every_command_has_a_module_and_every_module_a_command() -> None:
    files = {path.stem for path in MODULES.glob("*.py")} - {"__init__"}
    assert files == {*COMMANDS.values(), "workspace", "help"}


@pytest.mark.parametrize("module", sorted({*COMMANDS.values(), "workspace", "help"}))
def test_every_command_has_a_summary_in_one_sentence_a_parser_and_a_run(module: str) -> None:
    command = import_module(f"csm_tui.cli.commands.{module}")
    assert command.SUMMARY.endswith(".")
    assert "\n" not in command.SUMMARY
    examples = [line for line in getattr(command, "EPILOG", "").split("\n") if line.startswith("  csm ")]
    assert [line for line in examples if "  " not in line.strip() and len(line) > 79] == []  # to be copied whole
    assert callable(command.configure)
    assert callable(command.run)


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_the_help_of_every_command_has_examples_and_fits_a_terminal(csm: Csm, name: str) -> None:
    for arguments in ((name, "--help"), *([] if name in TOPICS else [("help", name)])):
        ran = csm(*arguments)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith(f"usage: csm {name}")
        assert f"\n  csm {name}" in ran.out.split("\n", 1)[1] or name in OF_OTHERS
        assert max(len(line) for line in ran.out.splitlines()) < 80


def test_what_explains_an_example_goes_on_under_its_own_column(csm: Csm) -> None:
    lines = csm("today", "--help").out.splitlines()
    place, first = next((n, line) for n, line in enumerate(lines) if "for scripts: exit code" in line)
    assert lines[place + 1].index("open") == first.index("for scripts")
    lines = csm("reviews", "--help").out.splitlines()
    assert "    the next is dated" in lines  # that column leaves no room: it goes on under the example


def test_the_overview_names_every_command_in_one_line_under_80_columns(csm: Csm) -> None:
    for arguments in (("help",), ("--help",), ("-h",)):
        assert csm(*arguments).out == overview()
    assert all(f"\n  {page} " in overview() for page in TOPICS)
    named = {word.strip(",") for _, lines in GROUPS for usage, _ in lines for word in usage.split()}
    assert set(COMMANDS) <= named
    assert max(len(line) for line in overview().splitlines()) < 80
    assert "csm log northwind 'call @jon" in overview()


def test_however_far_ahead_is_the_whole_book(csm: Csm, filled: str) -> None:
    assert csm("today", "--days", "999999999999", "--json").json == csm("today", "--all", "--json").json


def test_the_version_is_one_line(csm: Csm) -> None:
    assert csm("--version") == csm("-V") == (0, f"csm {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("tday",), "Did you mean `csm today`?"),
        (("frobnicate",), "`csm --help` lists the commands."),
        (("help", "tday"), "Did you mean `csm today`?"),
        (("today", "--nonsense"), "not understood: --nonsense"),
        (("today", "--days", "x"), "--days: “x” is not a whole number"),
        (("today", "--days", "-1"), "--days: “-1” is not a whole number"),
        (("export", "foo"), "WHAT: “foo” is not one of accounts, contacts"),
        (("snooze",), "csm snooze: missing: ITEM"),
        (("--db",), "--db needs a value"),
        (("undo", "extra"), "not understood: extra"),
        (("today", "--js"), "not understood: --js"),
        (("x\x1b[31m",), "there is no command"),
    ],
)
def test_wrong_usage_says_how_it_is_meant(csm: Csm, filled: str, arguments: tuple[str, ...], says: str) -> None:
    ran = csm(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert "\x1b" not in ran.err


def test_the_book_may_be_named_before_and_behind_the_command(csm: Csm, filled: str, tmp_path: Path) -> None:
    other = str(tmp_path / "other.db")
    csm("--db", other, "account", "add", "Elsewhere")
    for arguments in (
        ("--db", other, "accounts"),
        (f"--db={other}", "accounts"),
        ("accounts", "--db", other),
    ):
        assert [one["name"] for one in csm(*arguments, "--json").json] == ["Elsewhere"]
    assert csm("account", "show", "elsewhere", "--db", other, "--json").json["id"] == 1
    assert len(csm("accounts", "--json").json) == 3


def test_an_empty_name_of_a_book_is_not_ones_own_book(csm: Csm, filled: str) -> None:
    ran = csm("accounts", "--db", "")
    assert (ran.code, ran.out) == (1, "")
    assert "--db names no file" in ran.err


def test_a_pinned_day_that_is_none_is_refused(csm: Csm, filled: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CSM_TODAY", "yesterday")
    ran = csm("today")
    assert (ran.code, ran.out) == (1, "")
    assert "CSM_TODAY is 'yesterday'" in ran.err


@pytest.mark.parametrize("content", [b"", b"hello\n", b"\x00" * 4096, b"SQLite format 3\x00" + b"\x01" * 4096])
@pytest.mark.parametrize(
    "command", [("today",), ("log", "acme", "call hi"), ("account", "add", "X"), ("undo",), ("backup",)]
)
def test_a_file_that_is_no_book_is_refused_in_one_sentence_and_left_alone(
    csm: Csm, tmp_path: Path, book_path: str, content: bytes, command: tuple[str, ...]
) -> None:
    other = tmp_path / "other.db"
    other.write_bytes(content)
    ran = csm("--db", str(other), *command)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.count("\n") == 1
    assert other.read_bytes() == content
    assert [path.name for path in tmp_path.iterdir()] == ["other.db"]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_refused(csm: Csm, filled: str) -> None:
    Path(filled).chmod(0)
    assert "may not be read" in csm("today").err


def test_a_folder_is_no_book(csm: Csm, book_path: str, tmp_path: Path) -> None:
    ran = csm("--db", str(tmp_path), "today")
    assert (ran.code, ran.out) == (1, "")
    assert "is not a file" in ran.err


HOSTILE = "\x1b]0;x\x07\x1b[2J\u202eevil\x9b31m\r\n\t[@click=app.quit]x[/] \ufeff\u200b"


@pytest.mark.parametrize("command", ["today", "accounts", "cadence", "promises", "history"])
def test_nothing_stored_steers_the_terminal_and_what_is_stored_stays_as_it_was(
    csm: Csm, filled: str, command: str
) -> None:
    name = f"Acme {HOSTILE}"
    assert csm("account", "edit", "acme", "--name", name).code == 0
    assert csm("contact", "add", "acme", name).code == 0
    line = csm("log", "--notes", name, "--promise", name, "--by", "today", "acme", f"call {name}")
    assert line.code == 0
    assert rows(filled, "SELECT name, (SELECT name FROM contact WHERE account_id = 3) FROM account WHERE id = 3") == [
        (name.strip(), name.strip())
    ]
    for ran in (
        line,
        csm(command),
        csm(command, "--json"),
        csm("account", "show", "acme"),
        csm("done", "c3", name),
        csm("undo"),
    ):
        assert not [character for character in ran.out + ran.err if steers(character)]
    assert csm("account", "show", "acme", "--json").json["name"] == name.strip()


def steers(character: str) -> bool:
    """Whether a character moves a cursor, colours, or reorders what is shown."""
    return (character < " " and character != "\n") or "\x7f" <= character <= "\x9f" or character in "\u202e\u200b\ufeff"


def test_bytes_that_are_no_text_are_refused_in_a_sentence(filled: str) -> None:
    for arguments in ([b"log", b"acme", b"call \xff\xfe"], [b"--db", b"\xff.db", b"today"]):
        command = [sys.executable.encode(), b"-m", b"csm_tui", *arguments]
        ran = subprocess.run(command, env={**os.environ, "PYTHONPATH": SRC}, capture_output=True, timeout=60)
        assert (ran.returncode, ran.stdout) == (1, b"")
        assert ran.stderr.count(b"\n") == 1
        assert b"not text" in ran.stderr
    ran = process("today", env={"CSM_DB": "\udcff.db"})
    assert (ran.returncode, ran.stdout, ran.stderr.count(b"\n")) == (1, b"", 1)


def test_an_output_that_knows_few_characters_gets_marks_and_json_its_escapes(filled: str) -> None:
    few = {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert process("accounts", env=few).returncode == 0
    assert b'"at' not in process("accounts", "--json", env=few).stdout
    import json

    process("account", "edit", "acme", "--name", "Ačme 🚀")
    assert json.loads(process("accounts", "--json", env=few).stdout)[1]["name"] == "Ačme 🚀"


@pytest.mark.parametrize(
    ("environment", "coloured"),
    [({"TERM": "xterm"}, True), ({"TERM": "dumb"}, False), ({"TERM": "xterm", "NO_COLOR": "1"}, False)],
)
def test_on_a_terminal_there_are_colours_unless_they_are_not_wanted(
    filled: str, environment: dict[str, str], coloured: bool
) -> None:
    import pty

    ours, theirs = pty.openpty()
    base = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}
    command = [sys.executable, "-m", "csm_tui", "accounts"]
    subprocess.run(command, stdout=theirs, stderr=theirs, env={**base, "PYTHONPATH": SRC, **environment}, timeout=60)
    os.close(theirs)
    shown = os.read(ours, 65536)
    os.close(ours)
    assert b"Northwind" in shown
    assert (b"\x1b[" in shown) is coloured


def test_csm_alone_without_a_terminal_prints_what_csm_today_prints(csm: Csm, filled: str) -> None:
    assert csm() == csm("today")
    assert csm("--json") == csm("today", "--json")
    assert process().stdout == process("today").stdout


def test_csm_alone_without_a_terminal_makes_no_book(csm: Csm, book_path: str) -> None:
    assert csm().code == 1
    assert not Path(book_path).exists()


def test_a_must_do_is_an_exit_code_of_its_own_only_when_asked(csm: Csm, filled: str) -> None:
    assert csm("today").code == 0
    assert csm("today", "--check").code == 3
    assert csm("--json", "today", "--check").code == 3


def test_a_book_that_was_made_is_private(csm: Csm, book_path: str) -> None:
    csm("account", "add", "Acme")
    assert stat.S_IMODE(Path(book_path).stat().st_mode) == 0o600
    assert stat.S_IMODE(Path(book_path).parent.stat().st_mode) == 0o700


def test_a_folder_that_is_gone_leads_to_no_book_unless_its_whole_path_is_given(
    csm: Csm, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filled: str
) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    monkeypatch.chdir(folder)
    folder.rmdir()
    assert csm("--db", filled, "today").code == 0
    ran = csm("--db", "book.db", "today")
    assert (ran.code, ran.err.split(":")[0]) == (1, "The folder you are in is gone")
