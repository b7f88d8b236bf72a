"""The two looks: calm, dense, one accent. Every colour of the workspace stands here and nowhere else."""

from __future__ import annotations

from textual.theme import Theme


def _theme(name: str, *, dark: bool, **hues: str) -> Theme:
    """A theme from its few hues; what text needs beside them is set so that it stays legible."""
    return Theme(
        name,
        primary=hues["accent"],
        secondary=hues["accent"],
        accent=hues["accent"],
        warning=hues["warning"],
        error=hues["error"],
        success=hues["success"],
        foreground=hues["foreground"],
        background=hues["background"],
        surface=hues["surface"],
        panel=hues["panel"],
        dark=dark,
        variables={
            "border": hues["accent"],
            "border-blurred": hues["rule"],
            "block-cursor-background": hues["cursor"],
            "block-cursor-blurred-background": hues["cursor"],
            "text-muted": hues["muted"],
            "text-disabled": hues["dim"],
            "text-error": hues["error"],
            "text-warning": hues["warning"],
            "text-success": hues["success"],
            "text-accent": hues["accent"],
        },
    )


DARK = _theme(
    "csm-dark",
    dark=True,
    accent="#7aa2f7",
    warning="#e0af68",
    error="#f7768e",
    success="#9ece6a",
    foreground="#c0caf5",
    background="#1a1b26",
    surface="#1f2130",
    panel="#292e42",
    rule="#414868",
    cursor="#283457",
    muted="#8a92b8",
    dim="#7d84a6",
)
LIGHT = _theme(
    "csm-light",
    dark=False,
    accent="#2e5aac",
    warning="#8a5a00",
    error="#b3243f",
    success="#3d6b1f",
    foreground="#2b3048",
    background="#f4f5fa",
    surface="#e9ebf4",
    panel="#dcdfec",
    rule="#b4b9cf",
    cursor="#cbd7f2",
    muted="#565d7a",
    dim="#5f6683",
)
