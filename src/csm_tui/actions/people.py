"""Who is meant by a line of a file: the contacts of an account by id, email or name; never a guess between two."""

from __future__ import annotations

from csm_tui.actions.import_columns import number, text
from csm_tui.domain.errors import Refusal
from csm_tui.domain.identity import id_key
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Writing


class Who(NamedTuple):
    """What a line says about a person. The id is that of `source`."""

    source: str = ""
    source_id: str | None = None
    email: str | None = None
    name: str | None = None


class People:
    """The contacts of the accounts that lines have spoken of."""

    def __init__(self, writing: Writing) -> None:
        self._writing = writing
        self._at: dict[int, dict[tuple[str, ...], list[int]]] = {}
        self._ids: dict[int, tuple[str, str] | None] = {}

    def meant(self, account_id: int, who: Who) -> int | None:
        """The contact of this account by its id, else by its email, else by its name; None for somebody new.

        One that bears another id of the same source is somebody else. Raises Refusal where two come into question.
        """
        known = self._known(account_id)
        named = set(known.get(("name", folded(who.name or "")), ()))
        if who.source_id is not None:
            same = known.get(("id", *id_key(who.source, who.source_id)))
            if same:
                return same[0]
        for key in (("email", folded(who.email or "")), ("name", folded(who.name or ""))):
            found = [one for one in known.get(key, ()) if key[1] and self._may_be(one, who)]
            found = [one for one in found if one in named] or found
            if len(found) > 1:
                raise Refusal(f"could be any of {len(found)} contacts called “{who.name or who.email}”")
            if found:
                return found[0]
        return None

    def _may_be(self, contact_id: int, who: Who) -> bool:
        bears = self._ids[contact_id]
        return who.source_id is None or bears is None or bears[0] != who.source

    def put(self, account_id: int, row: Row) -> None:
        """A contact that is new, or that is known by more from now on."""
        self._learn(self._known(account_id), row)

    def accounts_of(self, who: Who) -> tuple[int, ...]:
        """The accounts at which the person with this id is a contact."""
        if who.source_id is None:
            return ()
        source, key = id_key(who.source, who.source_id)
        found = self._writing.find("contact", source=source, source_id=key)
        return tuple(dict.fromkeys(number(row["account_id"]) for row in found))

    def _known(self, account_id: int) -> dict[tuple[str, ...], list[int]]:
        if account_id not in self._at:
            known: dict[tuple[str, ...], list[int]] = {}
            self._at[account_id] = known
            for row in self._writing.find("contact", account_id=account_id):
                self._learn(known, row)
        return self._at[account_id]

    def _learn(self, known: dict[tuple[str, ...], list[int]], row: Row) -> None:
        contact_id, source_id = number(row["id"]), text(row.get("source_id"))
        bears = None if source_id is None else id_key(str(row["source"]), source_id)
        self._ids[contact_id] = bears
        keys: list[tuple[str, ...]] = [("name", folded(str(row["name"])))]
        keys += [("email", folded(str(row["email"])))] if row.get("email") else []
        keys += [("id", *bears)] if bears else []
        for key in keys:
            if contact_id not in known.setdefault(key, []):
                known[key].append(contact_id)
