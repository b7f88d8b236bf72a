"""csm playbooks: every playbook there is, shipped or one's own."""

from __future__ import annotations

from csm_tui.playbooks import all_playbooks
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.playbooks import Template

SUMMARY = "Every playbook: a template of dated steps, shipped or your own."
EPILOG = """\
  csm playbooks
  csm playbook show onboarding
Your own files add to the shipped ones or stand in for one by its id; csm paths
says in which folder they lie. One that is wrong is told by its line, and left
out."""


def configure(parser: argparse.ArgumentParser) -> None:
    """`csm playbooks` has the common options only."""


def run(_chosen: argparse.Namespace, shell: Shell) -> int:
    """List them; what is wrong in the user's own files goes to stderr."""
    found = all_playbooks()
    if shell.json:
        shell.emit([_facts(one) for one in found.templates])
    else:
        rows = [(one.playbook.id, one.playbook.name, str(one.playbook.anchor), *_ends(one)) for one in found.templates]
        shell.table(("Id", "Name", "Days count from", "Steps", "From"), rows, right=frozenset({3}))
    for problem in found.problems:
        shell.say(str(problem))
    return 0


def _ends(one: Template) -> tuple[str, str]:
    return str(len(one.playbook.steps)), "own" if one.own else "shipped"


def _facts(one: Template) -> dict[str, object]:
    book = one.playbook
    return {
        "id": book.id,
        "name": book.name,
        "purpose": book.purpose,
        "anchor": book.anchor,
        "signal": book.signal,
        "steps": len(book.steps),
        "variants": [variant.name for variant in book.variants],
        "own": one.own,
        "path": one.path,
    }
