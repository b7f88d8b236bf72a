"""Copying: a tool of the desktop first, then the terminal; and nothing is said to be copied that may not be."""

from __future__ import annotations

from pathlib import Path

import pytest

from csm_tui.tui import clipboard


def tool(folder: Path, name: str, body: str) -> None:
    """A program of that name, first on the path."""
    file = folder / name
    file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    file.chmod(0o755)


@pytest.fixture
def desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A path with nothing on it but what a test puts there, and no display."""
    for name in ("WAYLAND_DISPLAY", "DISPLAY", "WSL_DISTRO_NAME"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "bin"
    folder.mkdir()
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")
    monkeypatch.setattr(clipboard, "TIMEOUT_S", 0.3)
    for name in ("wl-copy", "xclip", "xsel"):
        tool(folder, name, "exit 1")
    return folder


def test_a_tool_is_used_only_where_its_display_is_and_gets_the_text(
    desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool(desktop, "xclip", f'cat > {desktop}/got; echo "$@" > {desktop}/how')
    assert clipboard.by_tool("Zoë\n田中") == ""
    monkeypatch.setenv("DISPLAY", ":0")
    assert clipboard.by_tool("Zoë\n田中") == "xclip"
    assert (desktop / "got").read_text(encoding="utf-8") == "Zoë\n田中"
    assert (desktop / "how").read_text(encoding="utf-8") == "-selection clipboard\n"


def test_a_tool_that_fails_or_hangs_gives_way_to_the_next_and_at_last_to_none(
    desktop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WAYLAND_DISPLAY", "w")
    monkeypatch.setenv("DISPLAY", ":0")
    tool(desktop, "wl-copy", "exec sleep 5")
    assert clipboard.by_tool("x") == ""
    tool(desktop, "xsel", "cat > /dev/null")
    assert clipboard.by_tool("x") == "xsel"


@pytest.mark.parametrize(
    ("term", "text", "may"),
    [("xterm-256color", "x", True), ("dumb", "x", False), ("linux", "x", False), ("xterm", "x" * 60_000, False)],
)
def test_a_terminal_is_asked_only_where_it_may_know_how(
    monkeypatch: pytest.MonkeyPatch, term: str, text: str, may: bool
) -> None:
    monkeypatch.setenv("TERM", term)
    assert clipboard.for_terminal(text) is may
