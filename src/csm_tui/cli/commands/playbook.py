"""csm playbook: one playbook step by step, and what is wrong in a file of one."""

from __future__ import annotations

import os
from itertools import groupby

from csm_tui import playbooks
from csm_tui.cli.shell import Cell
from csm_tui.cli.verbs import do_verb, verb, verbs
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import STANDARD, TALK
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.playbooks import Playbook, StepTemplate
    from csm_tui.playbooks import Template

SUMMARY = "One playbook, step by step; or what is wrong in the file of one."
EPILOG = """\
  csm playbook show onboarding --variant enterprise
  csm playbook check ~/.config/csm-tui/playbooks/onboarding.toml"""
WIDTH, DAY_WIDTH = 79, 16
POINTS = ("- ", "* ")


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their words."""
    made = verbs(parser)
    one = verb(made, "show", _show, "its phases and steps", "csm playbook show onboarding --variant light")
    one.add_argument("playbook", metavar="ID|FILE", help="an id that `csm playbooks` lists, or a .toml file")
    one.add_argument("--variant", default=STANDARD, metavar="WORD", help="another form of it")
    one = verb(made, "check", _check, "every mistake in a file, with its line", "csm playbook check my-onboarding.toml")
    one.add_argument("file", metavar="FILE", help="the playbook, a TOML file")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Do what the verb says."""
    return do_verb(chosen, shell)


def _check(chosen: argparse.Namespace, shell: Shell) -> int:
    template, problems = _of_file(chosen.file)
    if shell.json:
        shell.emit([{"file": one.path, "line": one.line or None, "sentence": one.sentence} for one in problems])
    for problem in () if shell.json else problems:
        shell.out(str(problem))
    if template is not None:
        shell.say(f"{chosen.file}: no mistakes.")
    return 1 if problems else 0


def _of_file(path: str) -> tuple[Template | None, list[playbooks.Problem]]:
    if not os.path.exists(path):
        raise Refusal(f"There is no file {path}: give the path of a playbook.")
    return playbooks.read_file(path)


def _show(chosen: argparse.Namespace, shell: Shell) -> int:
    template = _template(chosen.playbook)
    book = template.playbook
    forms = list(dict.fromkeys([STANDARD, *(variant.name for variant in book.variants)]))
    if chosen.variant not in forms:
        raise Refusal(f"{book.name} has no variant {chosen.variant}: use one of {', '.join(forms)}.")
    steps = book.steps_of(chosen.variant)
    if shell.json:
        own = {"own": template.own, "path": template.path, "variant": chosen.variant, "variants": forms}
        shell.emit({**book._asdict(), **own, "steps": [step._asdict() for step in steps]})
        return 0
    _print_head(template, forms, shell)
    for phase, group in groupby(steps, lambda step: step.phase):
        shell.out()
        if phase:
            shell.out(Cell(phase.upper(), "heading"))
        for step in group:
            _print_step(step, shell)
    return 0


def _template(typed: str) -> Template:
    """The playbook of an id or in a file. Raises Refusal where there is none, or one that is wrong."""
    if not typed.endswith(playbooks.ENDING) and os.sep not in typed:
        return playbooks.load(typed)
    template, problems = _of_file(typed)
    if template is None:
        raise Refusal("\n".join(map(str, problems)))
    return template


def _print_head(template: Template, forms: list[str], shell: Shell) -> None:
    book = template.playbook
    shell.out(Cell(book.name, "bold"), f" ({book.id}, {template.path if template.own else 'shipped'})")
    if book.purpose:
        _print_text(book.purpose, "", "", shell)
    shell.out(Cell(_counting(book), "muted"))
    if len(forms) > 1:
        shell.out(Cell(f"Variants: {', '.join(forms)}.", "muted"))
    if book.exit:
        _print_text(f"Ends when: {book.exit}", "", "muted", shell)


def _counting(book: Playbook) -> str:
    told = f"Days count from: {book.anchor}."
    told += f" Opens {book.opens} {_days(book.opens)} before." if book.opens else ""
    return told + (f" For the signal {book.signal}." if book.signal else "")


def _print_step(step: StepTemplate, shell: Shell) -> None:
    marks = " · ".join(_marks(step))
    indent = " " * (DAY_WIDTH + 2)
    begun = (Cell(f"  {_day(step):<{DAY_WIDTH}}"), Cell(step.title, "bold"))
    if len(indent + step.title) + 2 + len(marks) <= WIDTH:
        shell.out(*begun, Cell(f"  {marks}", "muted"))
    else:
        shell.out(*begun)
        _print_text(marks, indent, "muted", shell)
    if step.not_later is not None:
        _print_text(f"At the latest {_around(step.not_later)} the opt-out day.", indent, "", shell)
    for line in _paragraphs(step.guidance):
        _print_text(line, indent, "", shell)
    for check in step.checks:
        _print_text(f"[ ] {check}", indent, "", shell)
    if step.exit:
        _print_text(f"Done when: {step.exit}", indent, "muted", shell)


def _paragraphs(markdown: str) -> list[str]:
    """Lines of one paragraph or of one point of a list joined, so that they can be broken where the room ends."""
    joined: list[str] = []
    for line in markdown.splitlines():
        begins = not line.strip() or line.lstrip().startswith(POINTS) or not joined or not joined[-1].strip()
        if begins:
            joined.append(line.rstrip())
        else:
            joined[-1] += f" {line.strip()}"
    return joined


def _print_text(text: str, indent: str, role: str, shell: Shell) -> None:
    """A text in lines that fit; a list's second lines stand under its text."""
    from textwrap import wrap

    begun = text[: len(text) - len(text.lstrip())]
    hang = begun + "  " if text.lstrip().startswith(POINTS) else begun
    hang = "    " if text.startswith("[ ] ") else hang
    for line in wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent + hang) or [""]:
        shell.out(Cell(line, role))


def _day(step: StepTemplate) -> str:
    if step.after_close:
        return f"closing {_offset(step.day)}"
    return f"working day {_offset(step.day)}" if step.working_days else f"day {_offset(step.day)}"


def _offset(day: int) -> str:
    return f"{day:+d}" if day else "0"


def _around(day: int) -> str:
    """A day as it lies to another: `5 days before`, `on`, `1 day after`."""
    return f"{abs(day)} {_days(abs(day))} {'before' if day < 0 else 'after'}" if day else "on"


def _days(number: int) -> str:
    return "day" if number == 1 else "days"


def _marks(step: StepTemplate) -> Iterator[str]:
    """Who does it, and what is special about it."""
    yield step.owner
    if step.required:
        yield "required"
    if step.gate:
        yield f"gate: {step.gate}"
    if step.on_time:
        yield "counts for on-time"
    if step.every:
        yield f"again every {step.every} {_days(step.every)}"
    if step.done_by:
        yield f"done by {'any two-way talk' if step.done_by == TALK else f'a held {step.done_by}'}"
    if step.closing:
        yield "done by closing the risk"
