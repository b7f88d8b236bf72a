"""The guards of group D."""

from __future__ import annotations

from tests.faults.guards import Guard

GUARDS: dict[str, Guard] = {}
