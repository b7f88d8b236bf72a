"""Who is known by what while the lines of a file go in, kept on disk: memory holds neither book nor file."""

from __future__ import annotations

from csm_tui.actions.import_columns import number, text
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import Ambiguous, Identity, Known, decided, id_key, normal_domain, normal_name
from csm_tui.store.scratch import Hung, Scratch
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csm_tui.store.verbs import Row, Writing

NAME, DOMAIN, ID, REFUSED, ACCOUNT = "n", "d", "i", "r", "a"
"""What a key begins with: it is of a name, a domain, an id, an id of a line that was refused, an account."""


class Identities:
    """The accounts of the book by id, domain and name, and the line that spoke for each first."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._scratch = Scratch()
        self._scratch.hang(self._keys_of_the_book())
        self._asked: tuple[Identity | None, list[str]] = (None, [])

    def _keys_of_the_book(self) -> Iterator[Hung]:
        for account_id, name, domain in self._writing.each("account", "id", "name", "domain"):
            yield Hung(NAME + normal_name(str(name)), number(account_id), 0)
            host = normal_domain(str(domain)) if domain is not None else None
            if host is not None:
                yield Hung(DOMAIN + host, number(account_id), 0)
        for account_id, source, value in self._writing.each("external_id", "account_id", "source", "value"):
            yield Hung(ID + " ".join(id_key(str(source), str(value))), number(account_id), 0)

    def close(self) -> None:
        """Forget it all."""
        self._scratch.close()

    def meant(self, wanted: Identity, line: int) -> int | None:
        """The account that a line is about, None for a new one.

        Raises Refusal when two come into question, or when another line has spoken for it: which of the two is right
        is not ours to say.
        """
        keys = self._keys(wanted)
        found = self._scratch.under([*keys, *(REFUSED + key for key in keys if key[0] == ID)])
        if not found:
            return None
        try:
            first = next((hung.line for hung in found if hung.key[0] == REFUSED), None)
            account_id = None if first is not None else self._chosen(wanted, found, line)
            if account_id is not None:
                first = self._first(account_id, line, found)
            if first is not None and first != line:
                raise _twice(first)
        except Refusal:
            self._scratch.hang([Hung(REFUSED + key, 0, line) for key in keys if key[0] == ID])
            raise
        return account_id

    def found(self, wanted: Identity, line: int) -> int | None:
        """The account that a line is about, None for a new one, without having it speak for that account."""
        found = self._scratch.under(self._keys(wanted))
        return self._chosen(wanted, found, line) if found else None

    def silence(self, account_id: int) -> None:
        """No line has spoken for an account of the book after all."""
        self._scratch.take_off(f"{ACCOUNT}{account_id}", account_id)

    def _keys(self, wanted: Identity) -> list[str]:
        """The keys of an identity; those asked for last are remembered, since a new account is added by them."""
        if self._asked[0] is not wanted:
            keys = [NAME + normal_name(wanted.name)]
            if wanted.domain is not None:
                keys.append(DOMAIN + wanted.domain)
            if wanted.external_id is not None:
                keys.append(ID + " ".join(id_key(wanted.source, wanted.external_id)))
            self._asked = (wanted, keys)
        return self._asked[1]

    def _chosen(self, wanted: Identity, found: Sequence[Hung], line: int) -> int | None:
        by_id = next((hung.number for hung in found if hung.key[0] == ID), None)
        if by_id is not None:
            return by_id
        known = {hung.number: self.known(hung.number) for hung in found}
        try:
            return decided(
                wanted,
                [known[hung.number] for hung in found if hung.key[0] == DOMAIN],
                [known[hung.number] for hung in found if hung.key[0] == NAME],
            )
        except Ambiguous as ambiguous:
            for one in ambiguous.candidates:
                self._first(one.account_id, line, found)
            raise

    def _first(self, account_id: int, line: int, found: Sequence[Hung]) -> int:
        """The first line that spoke for an account, which may be this one."""
        earlier = [hung.line for hung in found if hung.number == account_id and hung.line]
        spoken = earlier or [hung.line for hung in self._scratch.under([f"{ACCOUNT}{account_id}"])]
        if spoken:
            return spoken[0]
        self._scratch.hang([Hung(f"{ACCOUNT}{account_id}", account_id, line)])
        return line

    def known(self, account_id: int) -> Known:
        """By what an account is known just now."""
        (account,) = self._writing.find("account", id=account_id)
        ids = self._writing.find("external_id", account_id=account_id)
        pairs = tuple((str(row["source"]), str(row["value"])) for row in ids)
        return Known(account_id, str(account["name"]), text(account["domain"]), pairs)

    def add(self, account_id: int, wanted: Identity, line: int) -> None:
        """A new account, of which a line has spoken."""
        self._scratch.hang([Hung(key, account_id, line) for key in self._keys(wanted)])

    def change(self, account_id: int, old: Row, wanted: Identity, line: int) -> None:
        """An account that goes by another name, domain or id from now on, as a line says; `old` is its row before."""
        before = normal_domain(str(old["domain"] or ""))
        for key in self._keys(Identity(str(old["name"]), before)):
            self._scratch.take_off(key, account_id)
        self.add(account_id, wanted._replace(domain=wanted.domain or before), line)


def _twice(line: int) -> Refusal:
    return Refusal(f"is the same account as line {line}, as far as can be told: keep one, or give each an id")
