"""What a list says when there is no account to show: that the book is empty, or that all there are were put away."""

from __future__ import annotations

from csm_tui.store.queries.sizes import holdings
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from csm_tui.cli.shell import Shell


def no_account(shell: Shell) -> str:
    """The sentence, with what to do next."""
    there = shell.read(holdings).accounts
    if there:
        return f"No account is active: all {there:,} are archived or have churned (csm accounts --archived)."
    return "The book is empty: csm import FILE, or csm account add NAME. (`csm demo` shows a filled one.)"
