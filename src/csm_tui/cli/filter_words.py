"""The filter that every list command takes. It loads nothing, since csm today waits for it."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse

HELP = "words and tokens such as tier:high silent:21+ not:tag:emea =quiet; csm filter --help"


def filter_words(parser: argparse.ArgumentParser) -> None:
    """The filter that a list command takes."""
    parser.add_argument("filter", metavar="FILTER", nargs="*", default=[], help=HELP)
