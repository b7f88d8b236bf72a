"""What the user has set, read once at the start; without a settings file nothing is read and nothing is loaded."""

from __future__ import annotations

import os

from csm_tui import paths
from csm_tui.domain.policy import POLICY, Policy
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

UNICODE, ASCII = "unicode", "ascii"
COMFORTABLE, COMPACT = "comfortable", "compact"


class Settings(NamedTuple):
    """The numbers of the rules, how things look, the keys by their ids (empty: switched off), the editor's command.

    `lines` says which line of the file gives a setting; `notices` are the sentences about what it gives wrongly.
    """

    policy: Policy = POLICY
    theme: str = "csm-dark"
    glyphs: str = UNICODE
    density: str = COMFORTABLE
    keys: Mapping[str, str] = {}
    editor: str = ""
    lines: Mapping[str, int] = {}
    notices: tuple[str, ...] = ()

    @property
    def editor_command(self) -> str:
        """The editor for long texts: the one that was set, else VISUAL, else EDITOR, else none."""
        return self.editor or os.environ.get("VISUAL") or os.environ.get("EDITOR") or ""


DEFAULT = Settings()


def settings() -> Settings:
    """The settings of this user; a file that is wrong in places gives the defaults there, and a notice for each."""
    path = paths.settings()
    if not os.path.lexists(path):
        return DEFAULT
    from csm_tui.settings_file import read

    return read(path)
