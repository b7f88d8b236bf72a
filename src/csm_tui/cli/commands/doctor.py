"""csm doctor: is everything as it should be? One line a check, with what to do where it is not."""

from __future__ import annotations

import os
import sys
from importlib.metadata import PackageNotFoundError, version

from csm_tui import __version__, paths
from csm_tui.cli.shell import Cell, is_terminal
from csm_tui.settings import ASCII, settings
from csm_tui.store.checkup import NOTE, OK, PROBLEM, RESTORE, SQLITE_VERSION, Finding, findings
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator, Mapping

    from csm_tui.cli.shell import Shell

SUMMARY = "Looks at the book, the settings, the backups, the terminal; says what to do where something is wrong."
EPILOG = """\
  csm doctor
  csm doctor --json
  csm doctor --salvage                     what can still be read of a damaged book, into a new one beside it
Exit code 1 when there is a problem; a note is worth knowing, and no problem."""
ROLES = {OK: "success", NOTE: "warning", PROBLEM: "error"}
LEAST_COLUMNS, LEAST_LINES = 80, 24


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm doctor`."""
    parser.add_argument(
        "--salvage", action="store_true", help="put what can be read of a damaged book into a new one beside it"
    )


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Look at everything; the exit code says whether there is a problem. Or salvage."""
    if chosen.salvage:
        from csm_tui.cli import salvaging

        return salvaging.run(shell)
    about_book = list(findings(shell.path, shell.today))
    ways_out = _ways_out(shell.path) if any(one.remedy == RESTORE for one in about_book) else ()
    found = [*about_book, *ways_out, *_settings(), *_terminal(), *_versions()]
    problems = sum(one.state == PROBLEM for one in found)
    if shell.json:
        shell.emit([one._asdict() for one in found])
    else:
        for one in found:
            shell.out(Cell(f"{one.state:<8} ", ROLES[one.state]), f"{one.check:<12} {one.told}")
            if one.remedy:
                shell.out(Cell(f"{'':<22}{one.remedy}", "muted"))
        shell.say(f"{problems} problem{'' if problems == 1 else 's'}." if problems else "No problem.")
    return 1 if problems else 0


def _ways_out(path: str) -> Iterator[Finding]:
    """Each backup that could take the place of the book, and the salvage."""
    from csm_tui import clock
    from csm_tui.cli.mending import command, told
    from csm_tui.store.offers import offers

    for offer in offers(path, clock.today()):
        yield Finding("restore", NOTE, told(offer), command(path, "restore", offer.path))
    if not os.path.lexists(path):
        return
    salvage = "What can still be read can be put into a new book beside it."
    yield Finding("salvage", NOTE, salvage, command(path, "doctor", "--salvage"))


def _settings() -> Iterator[Finding]:
    """Each thing that is wrong in the file; a theme that is none of ours is looked up in Textual only when it runs."""
    path, found = paths.settings(), settings()
    remedy = "csm settings --edit; csm settings --example shows what may stand there"
    notices = (*found.notices, *_keys(found.keys))
    for notice in notices:
        yield Finding("settings", PROBLEM, notice, remedy)
    if not os.path.lexists(path):
        yield Finding("settings", OK, f"There is no {path}: the defaults hold.")
    elif not notices:
        yield Finding("settings", OK, f"{path} sets {len(found.lines)}.")


def _keys(wanted: Mapping[str, str]) -> tuple[str, ...]:
    """What is wrong with the keys; only the workspace knows."""
    if not wanted:
        return ()
    from csm_tui.tui.remapping import remapped

    return remapped(wanted).problems


def _terminal() -> Iterator[Finding]:
    """Whether a whole screen can be drawn here, in colour, with every sign."""
    term = os.environ.get("TERM", "")
    if not is_terminal():
        yield Finding("terminal", NOTE, "This is not a terminal.", "run csm doctor in the one where you use csm")
    elif term in {"", "dumb"}:
        yield Finding("terminal", NOTE, f"TERM is {term!r}: no workspace can be drawn.", "export TERM=xterm-256color")
    else:
        yield _size(term)
    yield _signs()


def columns_and_lines() -> tuple[int, int]:
    """How large the terminal is."""
    size = os.get_terminal_size(sys.stdout.fileno())
    return size.columns, size.lines


def _size(term: str) -> Finding:
    columns, lines = columns_and_lines()
    told = f"{term}, {_colours(term)}, {columns} columns and {lines} lines."
    if columns < LEAST_COLUMNS or lines < LEAST_LINES:
        return Finding("terminal", NOTE, told, f"{LEAST_COLUMNS} by {LEAST_LINES} show every list")
    return Finding("terminal", OK, told)


def _colours(term: str) -> str:
    """What the environment says about colours."""
    if os.environ.get("NO_COLOR"):
        return "no colours (NO_COLOR)"
    if os.environ.get("COLORTERM", "").lower() in {"truecolor", "24bit"}:
        return "16 million colours"
    return "256 colours" if "256" in term else "16 colours"


def _signs() -> Finding:
    """Whether the locale can write what is drawn."""
    encoding = sys.stdout.encoding or "ascii"
    if encoding.lower().replace("-", "") == "utf8" or settings().glyphs == ASCII:
        return Finding("signs", OK, f"The terminal is written in {encoding}.")
    remedy = "export LANG=C.UTF-8, or set glyphs = 'ascii' in the settings"
    return Finding("signs", NOTE, f"The terminal is written in {encoding}: ● ◆ ▲ and names may show as ?.", remedy)


def _versions() -> Iterator[Finding]:
    python = ".".join(str(part) for part in sys.version_info[:3])
    yield Finding("versions", OK, f"csm {__version__}, Python {python}, SQLite {SQLITE_VERSION}.")
    for package in ("textual", "sqlmodel", "platformdirs"):
        try:
            yield Finding("versions", OK, f"{package} {version(package)}.")
        except PackageNotFoundError:
            yield Finding("versions", PROBLEM, f"{package} is not installed.", "install csm-tui again")
