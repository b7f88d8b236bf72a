"""The guards of group A."""

from __future__ import annotations

from tests.faults.guards import Guard

GUARDS: dict[str, Guard] = {}
