"""csm as users start it, unless a guard is to be taken out of it first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.faults import spoil

ROOT = Path(__file__).parents[2]

FIRST = (
    f"""
import sys
sys.path.insert(0, {str(ROOT)!r})
from tests.faults import spoil
spoil.take_out({os.environ[spoil.ASKED]!r})
"""
    if os.environ.get(spoil.ASKED)
    else ""
)
"""What a program that a test itself writes begins with."""

CSM = (
    [sys.executable, "-c", f"{FIRST}from csm_tui.cli.main import run\nrun()"]
    if FIRST
    else [str(Path(sys.executable).parent / "csm")]
)
"""The command to start."""
