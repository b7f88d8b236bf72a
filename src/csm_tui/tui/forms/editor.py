"""A long text in the editor of one's own, over a private file that is gone afterwards."""

from __future__ import annotations

import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from csm_tui import paths
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable


def written_anew(command: str, text: str, suspend: Callable[[], Any]) -> str:
    """The text as the editor left it. Raises Refusal when the editor cannot be run, or failed."""
    paths.private_folder(paths.drafts())
    with tempfile.TemporaryDirectory(dir=paths.drafts()) as folder:
        file = Path(folder) / "notes.md"
        file.write_text(text, encoding="utf-8")
        try:
            with suspend():
                ran = subprocess.run([*shlex.split(command), str(file)], check=False)
        except SuspendNotSupported:
            raise Refusal("This terminal cannot be handed to an editor: e edits the notes in a form.") from None
        except (OSError, ValueError) as error:
            raise Refusal(f"The editor “{command}” could not be run ({error}): the notes stay as they were.") from None
        if ran.returncode != 0:
            raise Refusal(f"The editor “{command}” ended with {ran.returncode}: the notes stay as they were.")
        try:
            return file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            raise Refusal("The editor left no UTF-8 text: the notes stay as they were.") from None
