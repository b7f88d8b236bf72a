"""Whose a line of a file is: the accounts of the book that it names; never a guess between two."""

from __future__ import annotations

from csm_tui.actions.import_columns import number, text
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import Directory, Identity, Known
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing


class Whose(NamedTuple):
    """What a line says about the account that it belongs to. The ids are those of `source`; domains are normal already.

    A line may name several accounts by id. Where its people write from says something only when nothing else does.
    """

    source: str = ""
    ids: tuple[str, ...] = ()
    domain: str | None = None
    name: str | None = None
    writes_from: str | None = None


class Accounts:
    """The accounts of the book as lines name them."""

    def __init__(self, writing: Writing) -> None:
        ids: dict[int, list[tuple[str, str]]] = {}
        for row in writing.find("external_id"):
            ids.setdefault(number(row["account_id"]), []).append((str(row["source"]), str(row["value"])))
        self.names = {number(row["id"]): str(row["name"]) for row in writing.find("account")}
        self._directory = Directory(
            Known(account_id, str(row["name"]), text(row["domain"]), tuple(ids.get(account_id, ())))
            for row in writing.find("account")
            for account_id in (number(row["id"]),)
        )

    def of(self, whose: Whose) -> tuple[int, ...]:
        """The accounts of a line: by id, else by domain and name, else by where its people write from.

        Raises Refusal when the line names none, or one that the book does not have, or may mean either of two.
        """
        known = (self._directory.by_id(Identity("", None, whose.source, one)) for one in whose.ids)
        found = tuple(dict.fromkeys(one for one in known if one is not None))
        if found:
            return found
        for domain, name in ((whose.domain, whose.name), (whose.writes_from, None)):
            account_id = self._decided(whose, domain, name)
            if account_id is not None:
                return (account_id,)
        raise _unknown(whose)

    def _decided(self, whose: Whose, domain: str | None, name: str | None) -> int | None:
        if not domain and not name:
            return None
        first = whose.ids[0] if whose.ids else None
        return self._directory.decide(Identity(name or "", domain, whose.source, first))


def _unknown(whose: Whose) -> Refusal:
    said = whose.name or whose.domain
    if said:
        return Refusal(f"belongs to “{said}”, which is not an account of the book: import the accounts first")
    if whose.ids:
        return Refusal(f"belongs to account {whose.ids[0]}, which the book does not have: import the accounts first")
    return Refusal("does not say which account it belongs to")
