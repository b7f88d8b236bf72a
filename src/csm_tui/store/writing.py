"""The verbs over SQLModel rows, in one transaction. Loading this costs more than most commands: import late."""

from __future__ import annotations

from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy import select as sql_select
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import StaticPool
from sqlmodel import Session, col, select

from csm_tui.domain.policy import POLICY
from csm_tui.store.connection import SHELL_BUSY_S
from csm_tui.store.kept import kept
from csm_tui.store.tables import BY_NAME
from csm_tui.store.transaction import transaction
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator
    from datetime import date
    from typing import Any

    from csm_tui.domain.policy import Policy
    from csm_tui.store import table_row
    from csm_tui.store.journal import Operation
    from csm_tui.store.verbs import Row, Value


class ModelWriting:
    """The verbs over the SQLModel tables; each change is flushed at once, so that CHECKs speak in place."""

    def __init__(self, session: Session, today: date, policy: Policy = POLICY) -> None:
        self._session = session
        self.today = today
        self.policy = policy

    def find(self, table: str, **equals: Value) -> list[Row]:
        """The rows whose columns equal the values given, by id."""
        model = BY_NAME[table]
        conditions = [getattr(model, name).is_not_distinct_from(value) for name, value in equals.items()]
        found = self._session.exec(select(model).where(*conditions).order_by(col(model.id)))
        return [row.model_dump() for row in found]

    def each(self, table: str, *columns: str) -> Iterator[tuple[Value, ...]]:
        """Some columns of every row, by id, one row after another."""
        model = BY_NAME[table]
        chosen = [getattr(model, name) for name in columns]
        for row in self._session.execute(sql_select(*chosen).order_by(col(model.id)).execution_options(yield_per=500)):
            yield tuple(row)

    def add(self, table: str, **values: Value) -> int:
        """A new row; its id."""
        row = BY_NAME[table]()
        _set(row, values)
        self._session.add(row)
        self._session.flush()
        return int(row.id or 0)

    def change(self, table: str, row_id: int, **values: Value) -> None:
        """Set columns of one row."""
        row = self._session.get_one(BY_NAME[table], row_id)
        _set(row, values)
        self._session.flush()

    def remove(self, table: str, row_id: int) -> None:
        """Take a row out, with what hangs on it."""
        self._session.delete(self._session.get_one(BY_NAME[table], row_id))
        self._session.flush()
        self._session.expire_all()


def _set(row: table_row.Row, values: dict[str, Value]) -> None:
    for name, value in kept(values).items():
        setattr(row, name, value)


class _Borrowed:
    """A connection lent to SQLAlchemy, which may not end the transaction: that is `transaction`'s to do."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def _leave(self) -> None:
        """What SQLAlchemy calls at its own ends: nothing ends here."""

    commit = rollback = close = _leave


@contextmanager
def write(
    path: str, operation: Operation, today: date, busy_s: float = SHELL_BUSY_S, policy: Policy = POLICY
) -> Iterator[ModelWriting]:
    """A transaction with the SQLModel verbs. Bound values never stand in an error's text."""
    with transaction(path, operation, busy_s) as connection:
        engine = create_engine(
            "sqlite://", creator=lambda: _Borrowed(connection), poolclass=StaticPool, hide_parameters=True
        )
        try:
            with Session(engine) as session:
                yield ModelWriting(session, today, policy)
        except DBAPIError as error:
            raise error.orig or error from None
