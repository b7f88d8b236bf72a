"""csm as users start it, unless a guard is to be taken out of it first."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from tests.faults import spoil

CSM = (
    [str(Path(sys.executable).parent / "csm")] if not os.environ.get(spoil.ASKED) else [sys.executable, "-m", __name__]
)
"""The command to start."""

if __name__ == "__main__":
    from csm_tui.cli.main import run

    spoil.take_out(os.environ.get(spoil.ASKED, ""))
    run()
