"""An account is put away and brought back; nothing of it is lost either way."""

from __future__ import annotations

from csm_tui.actions.meanwhile import still_there
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing


class ArchiveAccount(NamedTuple):
    """An account to put away, or with `back` one to bring back."""

    account_id: int
    account: str
    back: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Bring {self.account} back" if self.back else f"Archive {self.account}"


def archive_account(writing: Writing, wanted: ArchiveAccount) -> None:
    """Put an account away: it owes nothing and leaves Today, lists, totals and boards, and stays to be found."""
    row = still_there(writing, "account", wanted.account_id, wanted.account)
    if wanted.back and row["archived_on"] is None:
        raise Refusal(f"{wanted.account} is not archived.")
    if not wanted.back and row["archived_on"] is not None:
        raise Refusal(f"{wanted.account} is archived already: `csm account archive NAME --back` brings it back.")
    on = None if wanted.back else writing.today.isoformat()
    writing.change("account", wanted.account_id, archived_on=on)
