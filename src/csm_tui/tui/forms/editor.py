"""A long text in the editor of one's own, over a private file that is gone afterwards."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from csm_tui import paths
from csm_tui.domain.errors import Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def written_anew(command: str, text: str, suspend: Callable[[], Any]) -> str:
    """The text as the editor left it. Raises Refusal when the editor cannot be run, or failed."""
    with _private_file(text) as file:
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
            raise Refusal("What the editor left is not UTF-8 text: the notes stay as they were.") from None


@contextmanager
def _private_file(text: str) -> Iterator[Path]:
    """A file (0600) with the text, in a folder of its own; both go in the end."""
    try:
        paths.private_folder(paths.drafts())
        with tempfile.TemporaryDirectory(dir=paths.drafts(), ignore_cleanup_errors=True) as folder:
            file = Path(folder) / "notes.md"
            with open(os.open(file, os.O_CREAT | os.O_WRONLY, 0o600), "w", encoding="utf-8") as stream:  # noqa: PTH123
                stream.write(text)
            yield file
    except OSError as error:
        told = f"No file for the editor can be made ({error.strerror}): the notes stay as they were."
        raise Refusal(told) from None
