"""csm plan: shows the plans that run at an account, starts another playbook for it, or closes a plan."""

from __future__ import annotations

from itertools import groupby

from csm_tui.actions.add_step import AddStep, add_step
from csm_tui.actions.plans import ClosePlan, StartPlan, close_plan, start_plan
from csm_tui.cli.fields import ACCOUNT_HELP, choice, day, day_of_fact
from csm_tui.cli.page import lay_out
from csm_tui.cli.recovery_page import section, step_line
from csm_tui.cli.told import dated
from csm_tui.cli.told_plans import next_step
from csm_tui.cli.usage import WrongUsage
from csm_tui.domain import plans as rules
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import StepState
from csm_tui.domain.playbooks import RECOVERY, Owner
from csm_tui.exchange.brief_page import Page
from csm_tui.playbooks import load
from csm_tui.safe import shown
from csm_tui.store.queries import plans
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import find_account
from csm_tui.views.plans import step_json
from csm_tui.views.recovery import walked
from csm_tui.views.starting import starting

if TYPE_CHECKING:
    import argparse
    from datetime import date

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.naming import Named
    from csm_tui.domain.plans import Plan

SUMMARY = "The plans that run at an account, with their steps; start another playbook for it, or close a plan."
EPILOG = """\
  csm plan northwind                              what runs, step by step
  csm plan northwind onboarding                   counted from its start day
  csm plan northwind renewal                      from its renewal day
  csm plan northwind expansion --on mon
  csm plan northwind onboarding --add 'Second site live' --on fri --owner them
  csm plan northwind qbr --close 'they cancelled the review'
A recovery is opened with csm recover; `csm playbooks` lists the others."""


def configure(parser: argparse.ArgumentParser) -> None:
    """The options of `csm plan`."""
    parser.add_argument("account", metavar="ACCOUNT", help=ACCOUNT_HELP)
    parser.add_argument("playbook", metavar="PLAYBOOK", nargs="?", help="an id that `csm playbooks` lists")
    parser.add_argument("--on", metavar="DAY", help="the day from which it counts, or of the step that is added")
    parser.add_argument("--variant", metavar="NAME", default="", help="another form of it")
    parser.add_argument("--add", metavar="TITLE", help="a step of your own in a plan that runs")
    parser.add_argument("--owner", type=choice(list(Owner)), metavar="OWNER", help=", ".join(Owner))
    parser.add_argument("--required", action="store_true", help="the added step counts in n of m")
    parser.add_argument("--close", metavar="REASON", help="it is no longer followed; open steps are skipped")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Show, start or close."""
    if chosen.add is not None:
        return _add(chosen, shell)
    if chosen.owner or chosen.required:
        raise WrongUsage("--owner and --required belong to --add TITLE")
    if chosen.playbook is None and (chosen.on or chosen.variant or chosen.close is not None):
        raise WrongUsage("which playbook? csm plan ACCOUNT PLAYBOOK; `csm playbooks` lists them")
    if chosen.close is not None and (chosen.on or chosen.variant):
        raise WrongUsage("--close ends a plan: it takes neither --on nor --variant")
    shell.keep_up()
    where = shell.read(find_account, chosen.account)
    if chosen.playbook is None:
        return _show(where, shell)
    return _start(chosen, where, shell) if chosen.close is None else _close(chosen, where, shell)


def _add(chosen: argparse.Namespace, shell: Shell) -> int:
    """A step of one's own, on a day that must be given."""
    if chosen.on is None or chosen.variant or chosen.close is not None:
        raise WrongUsage("--add TITLE goes with --on DAY, and with --owner and --required alone")
    shell.keep_up()
    where = shell.read(find_account, chosen.account)
    due, owner = day(chosen.on, shell.today), Owner(chosen.owner or Owner.US)
    wanted = AddStep(where.id, where.name, chosen.add, due, chosen.playbook or "", owner, chosen.required)
    step_id = shell.do_light(add_step, wanted)
    plan = shell.read(plans.plan_of_step, step_id)
    if plan is None:
        raise Refusal("The plan is gone by now: `csm plan ACCOUNT` lists those that are there.")
    if shell.json:
        shell.emit(_json(plan, where))
    else:
        shell.out(f"Added k{step_id} to {plan.name} of {where.name}: {chosen.add}, {dated(due, shell.today)}.")
    return 0


def _show(where: Named, shell: Shell) -> int:
    running = shell.read(plans.of_account, where.id)
    if shell.json:
        shell.emit([_json(plan, where) for plan in running])
    elif not running:
        shell.say(f"{where.name} has no open plan: `csm plan ACCOUNT PLAYBOOK` starts one, `csm playbooks` lists them.")
    for number, plan in enumerate(() if shell.json else running):
        if number:
            shell.out("")
        lay_out(_page(plan, shell.today), shell)
    return 0


def _page(plan: Plan, today: date) -> Page:
    """A plan, phase by phase; the id of each step is what csm done takes."""
    steps, following = walked(plan.steps) if plan.playbook == RECOVERY else plan.steps, rules.next_step(plan.steps)
    done, of = rules.progress(steps)
    form = "" if plan.variant == "standard" else f", {plan.variant}"
    head = (f"{plan.playbook}{form}", f"counted from {dated(plan.anchor_on, today)}", f"{done} of {of} done")
    parts = groupby(steps, lambda step: step.phase)
    return Page(
        shown(plan.name),
        (head,),
        tuple(
            section(
                shown(f"{phase[:1].upper()}{phase[1:]}"),
                [step_line(step, following, today)._replace(lead=f"k{step.step_id}") for step in found],
                "",
            )
            for phase, found in parts
        ),
    )


def _start(chosen: argparse.Namespace, where: Named, shell: Shell) -> int:
    template = load(chosen.playbook)
    on = None if chosen.on is None else day_of_fact(chosen.on, shell.today)
    begins = shell.read(starting, where.id, template.playbook, on, chosen.variant)
    wanted = StartPlan(where.id, where.name, template, begins.anchor_on, begins.variant, begins.opt_out_on)
    plan_id = shell.do_light(start_plan, wanted)
    plan = shell.read(plans.plan, plan_id)
    if plan is None:
        raise Refusal("The plan is gone by now: `csm plan ACCOUNT` lists those that are there.")
    if shell.json:
        shell.emit(_json(plan, where))
    else:
        _tell(plan, where, shell)
    return 0


def _tell(plan: Plan, where: Named, shell: Shell) -> None:
    """What was started, from which day it counts, what was over by then, and what comes first."""
    form = "" if plan.variant == "standard" else f" ({plan.variant})"
    passed = sum(step.state is StepState.PASSED for step in plan.steps)
    over = f", of which {passed} lay before today and count as passed" if passed else ""
    counted = f"counted from {dated(plan.anchor_on, shell.today)}"
    shell.out(f"Started {plan.name}{form} for {where.name}, {counted}: {len(plan.steps)} steps{over}.")
    following = rules.next_step(plan.steps)
    shell.out(next_step(following, shell.today) if following else "Nothing of it is open.")


def _close(chosen: argparse.Namespace, where: Named, shell: Shell) -> int:
    running = shell.read(plans.of_account, where.id)
    found = next((plan for plan in running if plan.playbook == chosen.playbook), None)
    if found is None:
        there = ", ".join(plan.playbook for plan in running) or "none"
        raise Refusal(f"{where.name} has no open plan {chosen.playbook}; it has {there}.")
    wanted = ClosePlan(found.plan_id, found.name, where.name, chosen.close)
    shell.do_light(close_plan, wanted)
    closed = shell.read(plans.plan, found.plan_id)
    left = sum(step.state is StepState.OPEN for step in found.steps)
    if shell.json and closed is not None:
        shell.emit(_json(closed, where))
    else:
        shell.out(f"{wanted.label}: {left} open step{'' if left == 1 else 's'} skipped.")
    return 0


def _json(plan: Plan, where: Named) -> dict[str, object]:
    """A plan under the names that scripts rely on."""
    done, of = rules.progress(plan.steps)
    return {
        "id": plan.plan_id,
        "account": where.name,
        "account_id": where.id,
        "plan": plan.playbook,
        "name": plan.name,
        "variant": plan.variant,
        "anchor_on": plan.anchor_on.isoformat(),
        "opened_on": plan.opened_on.isoformat(),
        "closed_on": plan.closed_on.isoformat() if plan.closed_on else None,
        "done": done,
        "all": of,
        "steps": [step_json(step, where.name, plan.playbook) for step in plan.steps],
    }
