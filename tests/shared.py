"""The shared data folder, beside the repository or above it; tests that need it are skipped where it is not."""

from __future__ import annotations

from pathlib import Path

import pytest

_FOUND = [above / "shared" / "data" for above in Path(__file__).parents if (above / "shared" / "data").is_dir()]
DATA = _FOUND[0] if _FOUND else Path()
FILES = sorted(path for path in DATA.rglob("*") if path.is_file()) if _FOUND else []
shared_data = pytest.mark.skipif(not FILES, reason="the shared data folder is not beside the repository")
