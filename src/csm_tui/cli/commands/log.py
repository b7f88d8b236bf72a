"""csm log: one line says all that a call changes, and the answer says what it did."""

from __future__ import annotations

import sys

from csm_tui.cli.fields import choice
from csm_tui.cli.usage import REST, WrongUsage
from csm_tui.domain.errors import Refusal
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, Signal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Iterable
    from typing import Any

    from csm_tui.actions.touchpoints import Logged
    from csm_tui.cli.shell import Shell
    from csm_tui.domain.logline import LogLine
    from csm_tui.domain.naming import Named, Person

SUMMARY = "Log what happened with an account, in one quoted line; options stand before ACCOUNT."
EPILOG = """\
The line: [day] [kind] [minutes] @people words :) #signal >our promise <theirs
  csm log northwind 'call @jon New VP asks whether we need it :( #value'
  csm log northwind 'email> sent the deck >send usage by team fri'
  csm log northwind '-3d meeting 45m @jon @"Ana Lopez" plan agreed pulse:4'
  csm log northwind '27.11 14:00 meeting @jon'            (books it)
  csm log --kind call --with jon --promise 'send usage' --by fri northwind 'ok'
  csm log northwind - < call.md      (its first line is the line, the rest notes)
Unquoted, write we: for >, they: for <, mood:happy for :), sig:value for #value."""

PROMISES = (
    ("--promise", "TEXT", "what we owe them"),
    ("--they", "TEXT", "what they owe us"),
    ("--by", "DAY", "the day of the promise before it"),
)


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm log`, which say the same as the line, for scripts."""
    parser.usage = "csm log [options] ACCOUNT LINE..."
    parser.add_argument("--kind", type=choice(list(Kind)), metavar="KIND", help=", ".join(Kind))
    parser.add_argument("--direction", type=choice(list(Direction)), metavar="WAY", help=", ".join(Direction))
    parser.add_argument("--with", dest="with_", action="append", default=[], metavar="NAME", help="who was there")
    parser.add_argument("--mood", type=choice(list(Mood)), metavar="MOOD", help=", ".join(Mood))
    parser.add_argument("--on", metavar="DAY", help="the day; one to come books")
    parser.add_argument("--at", metavar="HH:MM", help="the time of day")
    parser.add_argument("--minutes", type=int, metavar="N", help="how long it took")
    parser.add_argument("--pulse", type=int, choices=range(1, 6), metavar="1-5", help="your judgement of it")
    signals: dict[str, Any] = {"action": "append", "default": [], "type": choice(list(Signal))}
    parser.add_argument("--signal", metavar="NAME", help=", ".join(Signal), **signals)
    parser.add_argument("--notes", default="", metavar="TEXT", help="kept as it is, never parsed")
    for option, metavar, what in PROMISES:
        parser.add_argument(option, action="append", dest="said", type=_said(option), metavar=metavar, help=what)
    parser.add_argument("--new-contacts", action="store_true", help="an unknown @name becomes a contact")
    parser.add_argument("words", nargs=REST, metavar="ACCOUNT LINE...", help="part of a name; the line")


def _said(option: str) -> Callable[[str], tuple[str, str]]:
    return lambda text: (option, text)


def _promised(said: Iterable[tuple[str, str]]) -> list[tuple[Side, str, str | None]]:
    """`--promise` and `--they` begin a promise; `--by` gives the one before it its day."""
    promised: list[tuple[Side, str, str | None]] = []
    for option, text in said:
        if option != "--by":
            promised.append((Side.THEIRS if option == "--they" else Side.OURS, text, None))
        elif not promised or promised[-1][2] is not None:
            raise WrongUsage("each --by belongs to the --promise or --they before it")
        else:
            promised[-1] = (*promised[-1][:2], text)
    return promised


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Read the line, write it, and say what it did."""
    from csm_tui.actions.touchpoints import LogTouchpoint, log_touchpoint  # not for completing a name
    from csm_tui.cli.line import doubts, meant, read_line, with_options
    from csm_tui.cli.told import as_written

    words, chosen.promised = _words(chosen.words), _promised(chosen.said or ())
    text, notes = _standard_input() if words[1:] == ["-"] else (" ".join(words[1:]), "")
    where, known = shell.read(meant, words[0])
    line = with_options(read_line(text, known, shell.today, chosen.new_contacts), chosen, known, shell.today)
    for doubt in doubts(line, known, where.name):
        shell.say(doubt)
    notes = "\n\n".join(part for part in (notes, chosen.notes) if part.strip())
    done = shell.do_light(log_touchpoint, LogTouchpoint(where.id, where.name, line, notes))
    return _tell(shell, where, known, as_written(line, done), done)


def _words(typed: list[str]) -> list[str]:
    """ACCOUNT and what stands behind it."""
    words = typed[1:] if typed[:1] == ["--"] else typed
    if not words:
        raise WrongUsage("which account, and what happened? csm log ACCOUNT 'call @name what was said'")
    if words[1:] == ["-h"] or any(_is_option(word) for word in words[1:]):
        raise WrongUsage("options stand before ACCOUNT; behind it comes the line: quote one that has such a word")
    return words


def _is_option(word: str) -> bool:
    """Whether a word of its own looks like an option; a line that has one is quoted whole."""
    return word.startswith("--") and word[2:3].isalpha() and " " not in word


def _tell(shell: Shell, where: Named, known: list[Person], line: LogLine, done: Logged) -> int:
    """What was written, who is new, what was promised, and when contact is owed next."""
    from csm_tui.cli import told

    due = shell.read(told.owed, where.id)
    if shell.json:
        shell.emit(told.as_json(where, line, done, due))
        return 0
    first = told.logged(where, line, done, known, shell.today)
    shell.out(f"{first} {told.next_check_in(line, due, shell.today)}")
    if done.new_contacts:
        shell.out(f"New at {where.name}: {', '.join(done.new_contacts)}.")
    for sentence in (*told.promises(line, done.promise_ids, shell.today), *told.plans(where, done)):
        shell.out(sentence)
    if line.kind in {Kind.QBR, Kind.EBR}:
        from csm_tui.cli.told_reviews import after_review

        after_review(shell, where, line)
    return 0


def _standard_input() -> tuple[str, str]:
    """The first line, which is the log line, and the rest, which are the notes."""
    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refusal("Standard input is not UTF-8 text: nothing was logged.") from None
    first, _, rest = text.partition("\n")
    return first.rstrip("\r"), rest.strip("\r\n")
