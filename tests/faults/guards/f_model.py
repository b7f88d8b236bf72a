"""The guards of group F."""

from __future__ import annotations

from collections.abc import Callable

from tests.faults.guards import Guard


def _without(pragma: str) -> Callable[[], None]:
    """Every connection is made as it is, but for one pragma."""

    def take_out() -> None:
        from csm_tui.store import connection

        agree = connection._agree

        def less(made: object, *, write: bool) -> None:
            class Deaf:
                def execute(self, statement: str) -> object:
                    return None if pragma in statement else made.execute(statement)  # type: ignore[attr-defined]

            agree(Deaf(), write=write)  # type: ignore[arg-type]

        connection._agree = less  # type: ignore[assignment]

    return take_out


F4 = "tests/faults/test_f_model.py::test_every_connection_is_made_with_its_guards"

GUARDS = {
    "foreign keys": Guard(F4, _without("foreign_keys")),
    "synchronous": Guard(F4, _without("synchronous")),
    "trusted schema": Guard(F4, _without("trusted_schema")),
}
