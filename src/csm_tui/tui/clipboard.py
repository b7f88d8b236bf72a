"""Copying text: by a tool of the desktop where there is one, else through the terminal; and what can be said of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import NamedTuple

TIMEOUT_S = 2.0
MOST_FOR_TERMINAL = 74_994
"""More bytes, after their encoding, no terminal takes."""

DUMB = {"", "dumb", "linux", "unknown"}


class Tool(NamedTuple):
    """A program that copies what it reads, and where it can work."""

    command: tuple[str, ...]
    needs: str = ""
    platform: str = ""


TOOLS = (
    Tool(("pbcopy",), platform="darwin"),
    Tool(("wl-copy",), needs="WAYLAND_DISPLAY"),
    Tool(("xclip", "-selection", "clipboard"), needs="DISPLAY"),
    Tool(("xsel", "--clipboard", "--input"), needs="DISPLAY"),
    Tool(("clip.exe",), needs="WSL_DISTRO_NAME"),
)


def by_tool(text: str) -> str:
    """Copy by the first tool that works here; its name, or nothing when none did."""
    for tool in TOOLS:
        here = (not tool.platform or sys.platform == tool.platform) and (not tool.needs or os.environ.get(tool.needs))
        if here and shutil.which(tool.command[0]) and _fed(tool, text):
            return tool.command[0]
    return ""


def _fed(tool: Tool, text: str) -> bool:
    """Whether the tool took the text. It may stay behind to serve it, so its own output leads nowhere."""
    encoding = "utf-16-le" if tool.command[0] == "clip.exe" else "utf-8"
    try:
        ran = subprocess.run(
            tool.command, input=text.encode(encoding, "replace"), stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL, timeout=TIMEOUT_S, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return False
    return ran.returncode == 0


def for_terminal(text: str) -> bool:
    """Whether a terminal like this one may take the text by its own means (OSC 52); it never says whether it did."""
    return os.environ.get("TERM", "") not in DUMB and 4 * len(text.encode()) // 3 <= MOST_FOR_TERMINAL
