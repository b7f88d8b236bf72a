"""csm account merge: shows what would move, asks where somebody can answer, and merges."""

from __future__ import annotations

import sys

from csm_tui.cli.verbs import done
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell


def configure(one: argparse.ArgumentParser) -> None:
    """The two accounts, and whether to ask."""
    one.add_argument("gone", metavar="FROM", help="the account that goes into the other")
    one.add_argument("name", metavar="INTO", nargs="+", help="the account that stays")
    one.add_argument("--yes", action="store_true", help="do not ask")


def merge(chosen: argparse.Namespace, shell: Shell) -> int:
    """Merge one account into another. Raises Refusal where somebody says no."""
    from csm_tui.actions.merge import MergeAccounts, merge_accounts
    from csm_tui.exchange.merge_preview import merge_preview, sentences
    from csm_tui.views.named import find_account

    gone, stays = shell.read(find_account, chosen.gone), shell.read(find_account, chosen.name)
    wanted = MergeAccounts(stays.id, stays.name, gone.id, gone.name)
    for sentence in sentences(shell.read(merge_preview, wanted), wanted):
        shell.say(sentence)
    if not chosen.yes and sys.stdin.isatty() and sys.stdout.isatty():
        shell.say(f"Merge {gone.name} into {stays.name}? y/N")
        if sys.stdin.readline().strip().casefold() not in {"y", "yes"}:
            raise Refusal("Nothing was merged.")
    merged = shell.do(merge_accounts, wanted)
    if shell.json:
        counts = {"touchpoints": merged.touchpoints, "promises": merged.promises, "pulses": merged.pulses}
        people = {"people": list(merged.people), "joined": list(merged.joined), "tags": list(merged.tags)}
        shell.emit({"account": stays.name, "account_id": stays.id, "did": wanted.label, **counts, **people})
    else:
        shell.out(f"{done(wanted.label)}. `csm undo` parts them again.")
    return 0
