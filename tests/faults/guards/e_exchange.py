"""The guards of group E."""

from __future__ import annotations

from tests.faults.guards import Guard

GUARDS: dict[str, Guard] = {}
