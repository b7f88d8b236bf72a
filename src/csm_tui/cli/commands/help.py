"""csm help PAGE: a page of the documentation, laid out where somebody reads it in a terminal, else as it is written."""

from __future__ import annotations

import sys
from pathlib import Path

import csm_tui
from csm_tui.cli.help import TOPICS
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "A page of the documentation."
EPILOG = """\
  csm help                              every command and page
  csm help start                        the first day
  csm help logline > logline.md         Markdown in a file or a pipe"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm help`."""
    parser.add_argument("page", metavar="PAGE", choices=TOPICS, help=f"one of {', '.join(TOPICS)}")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Print the page."""
    text = page(chosen.page)
    if shell.json:
        shell.emit({"page": chosen.page, "text": text})
    elif sys.stdout.isatty():
        from csm_tui.cli.markdown import laid_out
        from csm_tui.cli.page import width

        for cells in laid_out(text, width(), styled=shell.styled):
            shell.out(*cells)
    else:
        for line in text.splitlines():
            shell.out(line)
    return 0


def page(topic: str) -> str:
    """The Markdown of a page."""
    return (_folder() / f"{topic}.md").read_text(encoding="utf-8")


def _folder() -> Path:
    """Where the pages lie: in the package where it was installed, beside `src` where it runs from its own tree."""
    package = Path(csm_tui.__file__).resolve().parent
    inside = package / "docs"
    return inside if inside.is_dir() else package.parents[1] / "docs"
