"""csm since: what came about since the book was last looked at, or since a day or a moment."""

from __future__ import annotations

from datetime import datetime, time

from csm_tui import clock, words
from csm_tui.cli.shell import Cell
from csm_tui.domain import daywords
from csm_tui.domain.errors import Refusal
from csm_tui.store.queries.looks import Look
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.since import as_json, since, since_last_look

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.views.since import Since

SUMMARY = "What fell due, what was done elsewhere, which decision days came into range, since the last look."
EPILOG = """\
  csm since                       since the workspace was last closed
  csm since yesterday
  csm since '2026-11-20 17:40'"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm since`."""
    parser.add_argument(
        "moment", nargs="*", metavar="DAY", help="a day, with a time if you like: fri, 2026-11-20 17:40"
    )


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the delta."""
    if chosen.moment:
        found: Since | None = shell.read(since, Look(_moment(" ".join(chosen.moment), shell.today)))
    else:
        found = shell.read(since_last_look)
    if found is None:
        shell.say("The workspace has not been closed on this book yet: csm since yesterday.")
    if shell.json:
        shell.emit({"since": None, "due": [], "done": [], "decisions": []} if found is None else as_json(found))
    elif found is not None:
        _print(found, shell)
    return 0


def _moment(text: str, today: date) -> str:
    """A day, from its beginning, or a day and a time, as the book keeps moments."""
    word, _, clock_word = text.strip().replace("T", " ").partition(" ")
    on = daywords.back(word, today) or daywords.gone_by(word, today)
    at = daywords.clock_time(clock_word) if clock_word else "00:00"
    if on is None or at is None:
        raise Refusal(
            f"“{text}” is not a day: write one such as yesterday or 2026-11-20, and 17:40 behind it for a time."
        )
    return clock.utc(datetime.combine(on, time.fromisoformat(at)))


def _print(found: Since, shell: Shell) -> None:
    counts = words.since_counts(len(found.due), len(found.deeds), len(found.decisions))
    shell.say(f"Since {words.since_when(clock.local(found.look.at), found.today)}: {counts}.")
    _part(shell, "FELL DUE", [(item.id, item.account.name, item.what) for item in found.due])
    _part(shell, "DONE ELSEWHERE", [_deed(deed.kind, deed.label, deed.origin, deed.at) for deed in found.deeds])
    days = [(words.when(one.on, found.today), one.name, one.what) for one in found.decisions]
    _part(shell, "DECISION DAYS IN RANGE", days)


def _deed(kind: str, label: str, origin: str, at: str) -> tuple[str, str, str]:
    what = label if kind == "do" else f"{kind.capitalize()}: {label}"
    return f"{clock.local(at):%H:%M}", origin.split(" ", maxsplit=1)[0], what


def _part(shell: Shell, title: str, rows: list[tuple[str, str, str]]) -> None:
    if not rows:
        return
    shell.out(Cell(title, "heading"))
    widths = [max(len(row[at]) for row in rows) for at in (0, 1)]
    for first, second, third in rows:
        shell.out(Cell(f"  {first:<{widths[0]}}  ", "muted"), f"{second:<{widths[1]}}  {third}")
