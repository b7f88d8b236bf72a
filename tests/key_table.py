"""The table of docs/keys.md, made from the table of keys."""

from __future__ import annotations

from csm_tui.tui import keys


def ids() -> str:
    """The table of ids of docs/keys.md, screen by screen."""
    listed: set[str] = set()
    rows = ["| id | key | does |", "| --- | --- | --- |"]
    for screen, table in keys.SCREENS.items():
        rows.append(f"| *on {screen}* | | |")
        rows += [f"| `{key.id}` | `{key.label}` | {key.tooltip} |" for key in table if key.id not in listed]
        listed |= {key.id for key in table}
    return "\n".join(rows)
