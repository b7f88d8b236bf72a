"""Who is known by what while the lines of a file go in, kept on disk: memory holds neither book nor file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.actions.import_columns import number, text
from csm_tui.domain.identity import Identity, Known, decided, id_key, normal_domain, normal_name
from csm_tui.store.scratch import Scratch

if TYPE_CHECKING:
    from collections.abc import Iterator

    from csm_tui.store.verbs import Writing


class Identities:
    """The accounts of the book by id, domain and name, and the line that spoke for each first."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._scratch = Scratch()
        self._scratch.hang(self._keys_of_the_book())

    def _keys_of_the_book(self) -> Iterator[tuple[str, int]]:
        for account_id, name, domain in self._writing.each("account", "id", "name", "domain"):
            for key in _keys(str(name), normal_domain(text(domain) or "")):
                yield key, number(account_id)
        for account_id, source, value in self._writing.each("external_id", "account_id", "source", "value"):
            yield _id(str(source), str(value)), number(account_id)

    def close(self) -> None:
        """Forget it all."""
        self._scratch.close()

    def decide(self, wanted: Identity) -> int | None:
        """The account that a line is about, None for a new one. Raises Ambiguous when two come into question."""
        by_name, *by_domain = _keys(wanted.name, wanted.domain)
        keys = [by_name, *by_domain]
        if wanted.external_id is not None:
            keys.append(_id(wanted.source, wanted.external_id))
        found = self._scratch.under(keys)
        if not found:
            return None
        for key, account_id in found:
            if key[0] == "i":
                return account_id
        known = {account_id: self.known(account_id) for _, account_id in found}
        return decided(
            wanted,
            [known[account_id] for key, account_id in found if key in by_domain],
            [known[account_id] for key, account_id in found if key == by_name],
        )

    def known(self, account_id: int) -> Known:
        """By what an account is known just now."""
        (account,) = self._writing.find("account", id=account_id)
        ids = self._writing.find("external_id", account_id=account_id)
        pairs = tuple((str(row["source"]), str(row["value"])) for row in ids)
        return Known(account_id, str(account["name"]), text(account["domain"]), pairs)

    def add(self, account_id: int, wanted: Identity) -> None:
        """A new account."""
        keys = _keys(wanted.name, wanted.domain)
        if wanted.external_id is not None:
            keys.append(_id(wanted.source, wanted.external_id))
        self._scratch.hang([(key, account_id) for key in keys])

    def change(self, account_id: int, old: Known, wanted: Identity) -> None:
        """An account that goes by another name, domain or id from now on."""
        before = _keys(old.name, normal_domain(old.domain or ""))
        self._scratch.take_off([(key, account_id) for key in before])
        self.add(account_id, wanted._replace(domain=wanted.domain or normal_domain(old.domain or "")))

    def first_with_id(self, wanted: Identity, line: int) -> int:
        """The first line that bore this id, which may be this one."""
        return line if wanted.external_id is None else self._scratch.first(_id(wanted.source, wanted.external_id), line)

    def first_about(self, account_id: int, line: int) -> int:
        """The first line that spoke for this account, which may be this one."""
        return self._scratch.first(f"a{account_id}", line)


def _keys(name: str, domain: str | None) -> list[str]:
    by_name = f"n{normal_name(name)}"
    return [by_name] if domain is None else [by_name, f"d{domain}"]


def _id(source: str, value: str) -> str:
    return "i" + " ".join(id_key(source, value))
