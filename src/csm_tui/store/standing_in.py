"""What stands in for lost rows, so that what belongs to them need not go too: every reference of the new book holds.

The indexes still know some of a lost row: an account's name, the day of a touchpoint and whether it counted, an open
step. With that, and a name that says what it is, something stands in for it. Nothing stands in for a promise or a risk,
of which no index knows enough; what belonged to those is let go of, or left out where it cannot be.
"""

from __future__ import annotations

import sqlite3

from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from csm_tui.store.pages import Value

    Known = Mapping[str, Value]
    """Some columns of a row."""


class StandingIn:
    """Makes the rows of a new book belong to rows that are there; `known` are lost rows as indexes know them."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        known: Mapping[str, Mapping[int, Known]],
        today: date,
        texts: Mapping[str, str],
    ) -> None:
        self._connection, self._known = connection, known
        self._today, self._texts = today.isoformat(), texts
        self._tried: set[tuple[str, int]] = set()
        self.made: dict[str, list[int]] = {}
        self.left_out: dict[str, list[int]] = {}
        self._makers: dict[str, Callable[[int, Known], Known | None]] = {
            "account": self._account,
            "contact": self._contact,
            "template": self._template,
            "plan": self._plan,
            "touchpoint": self._touchpoint,
            "step": self._step,
        }

    def make_whole(self) -> None:
        """Stand in for what is lost, then settle every reference that leads nowhere, until none is left."""
        for table in self._makers:
            for row_id in self._known.get(table, ()):
                self._stands_in(table, row_id)
        while astray := self._connection.execute("PRAGMA foreign_key_check").fetchall():
            for table, row_id, parent, key in astray:
                self._settle(table, row_id, parent, self._column(table, key))

    def _column(self, table: str, key: int) -> str:
        keys = self._connection.execute(f"PRAGMA foreign_key_list({table})").fetchall()
        return next(str(row[3]) for row in keys if row[0] == key)

    def _settle(self, table: str, row_id: int, parent: str, column: str) -> None:
        """Stand in for the parent, else let go of it, else leave the row out."""
        found = self._connection.execute(f"SELECT {column} FROM {table} WHERE id = ?", (row_id,)).fetchone()
        if found is None or self._stands_in(parent, found[0]):
            return
        try:
            self._connection.execute(f"UPDATE {table} SET {column} = NULL WHERE id = ?", (row_id,))
        except sqlite3.IntegrityError:
            self._connection.execute(f"DELETE FROM {table} WHERE id = ?", (row_id,))
            self.left_out.setdefault(table, []).append(row_id)

    def _stands_in(self, table: str, row_id: int) -> bool:
        """Whether there is a row of that id now. It is tried once."""
        if (table, row_id) in self._tried or table not in self._makers:
            return self._is_there(table, row_id)
        self._tried.add((table, row_id))
        if self._is_there(table, row_id):
            return True
        known = self._known.get(table, {}).get(row_id, {})
        values = self._makers[table](row_id, known)
        if values is None:
            return False
        names, marks = ", ".join(values), ", ?" * len(values)
        try:
            self._connection.execute(f"INSERT INTO {table} (id, {names}) VALUES (?{marks})", (row_id, *values.values()))
        except sqlite3.IntegrityError:
            return False
        self.made.setdefault(table, []).append(row_id)
        return True

    def _is_there(self, table: str, row_id: int) -> bool:
        return self._connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (row_id,)).fetchone() is not None

    def _account(self, row_id: int, known: Known) -> Known:
        return {"name": f"Lost account {row_id}", "added_on": self._today, **known}

    def _contact(self, row_id: int, known: Known) -> Known | None:
        return {"name": f"Lost contact {row_id}", **known} if "account_id" in known else None

    def _template(self, row_id: int, known: Known) -> Known:
        """The text of the same digest, if that playbook is still there."""
        digest = str(known.get("digest", f"lost {row_id}"))
        return {"digest": digest, "text": self._texts.get(digest, "")}

    def _touchpoint(self, row_id: int, known: Known) -> Known | None:
        """Its day, and whether it counted as contact."""
        if "account_id" not in known:
            return None
        kind = "call" if "direction" in known else "note"
        return {"kind": kind, "direction": "internal", "summary": f"Lost touchpoint {row_id}", **known}

    def _step(self, _row_id: int, known: Known) -> Known | None:
        """One that is open; its checks and notes are lost."""
        if "title" not in known:
            return None
        found = self._connection.execute("SELECT template_id FROM plan WHERE id = ?", (known["plan_id"],)).fetchone()
        template_id = found[0] if found else None
        return {**known, "waiting_on": None, "template_id": template_id, "baseline_on": known["due_on"]}

    def _plan(self, row_id: int, known: Known) -> Known | None:
        """What its steps say of it, and the index of its playbook."""
        account_id, template_id, first, last, still_open = self._connection.execute(
            "SELECT min(account_id), min(template_id), min(baseline_on), max(coalesce(closed_on, due_on)), "
            "sum(state = 'open') FROM step WHERE plan_id = ?",
            (row_id,),
        ).fetchone()
        if account_id is None:
            return None
        playbook = str(known.get("playbook") or "lost")
        return {
            "account_id": account_id, "playbook": playbook, "name": f"Lost plan {row_id} ({playbook})",
            "template_id": template_id, "anchor_on": first, "opened_on": first,
            "closed_on": None if still_open else last,
        }  # fmt: skip
