"""csm find: words looked for in all touchpoints and notes."""

from __future__ import annotations

from csm_tui import safe
from csm_tui.cli.shell import Cell
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.find import MOST, as_json, find
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.finding import Piece
    from csm_tui.store.connection import Reading
    from csm_tui.views.find import Findings, Found

SUMMARY = "Find words in all touchpoints, newest first, and in the notes on accounts and people."
EPILOG = """\
  csm find renewal price                   both words, in any order; beginnings of words count
  csm find '"new vp"' --account northwind  words that follow each other, of one account
Capitals and accents make no difference. A hit stands in bold, or *so* where there is none."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm find`."""
    parser.add_argument("words", metavar="WORDS", nargs="+", help="what to look for; all of it must be there")
    parser.add_argument("--account", metavar="ACCOUNT", help="only what is about this account")
    parser.add_argument("--limit", metavar="N", type=int, default=MOST, help=f"at most so many (default {MOST})")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print where the words stand."""
    found = shell.read(_found, " ".join(chosen.words), chosen.account, max(1, chosen.limit))
    if shell.json:
        shell.emit([as_json(line) for line in found.lines])
        return 0
    if not found.lines:
        shell.say("Nothing was found: try fewer words, or only the beginning of one.")
    for line in found.lines:
        shell.out(*_row(line), *(_piece(piece, shell.styled) for piece in line.excerpt))
    if found.more:
        shell.say(f"There is more: --limit {chosen.limit * 4} shows it.")
    return 0


def _found(reading: Reading, words: str, account: str | None, limit: int) -> Findings:
    account_id = None if account is None else find_account(reading, account).id
    return find(reading, words, account_id, limit)


def _row(line: Found) -> tuple[Cell | str, ...]:
    what = str(line.kind) if line.kind else f"on {line.contact}" if line.contact else "on the account"
    day = line.day.isoformat() if line.day else "note"
    return (
        Cell(f"{day:<10}  ", "muted"),
        safe.fitted(line.account, 24),
        "  ",
        Cell(safe.fitted(what, 14) + "  ", "muted"),
    )


def _piece(piece: Piece, bold: bool) -> Cell | str:
    if not piece.hit:
        return piece.text
    return Cell(piece.text, "bold") if bold else f"*{piece.text}*"
