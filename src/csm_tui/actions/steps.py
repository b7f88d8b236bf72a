"""Working a step of a plan: done, skipped with a reason, moved, waiting on somebody, ticked, noted."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.meanwhile import as_seen, stands_as_seen, still_there
from csm_tui.actions.plans import promise_step, settle, template_of, to_day
from csm_tui.domain.days import day_month, plausible
from csm_tui.domain.errors import Refusal
from csm_tui.domain.plans import GateFacts, Party, Step, StepState, missing, shifted
from csm_tui.domain.playbooks import Gate, Owner
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from csm_tui.domain.playbooks import StepTemplate
    from csm_tui.store.verbs import Row, Value, Writing


class DoneStep(NamedTuple):
    """A step that is done, on a day (today, if none is given); `checked` says that all of its checks hold."""

    step_id: int
    title: str
    account: str
    on: date | None = None
    checked: bool = False

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Done: {self.title} ({self.account})"


class SkipStep(NamedTuple):
    """A step that will not be done, and why."""

    step_id: int
    title: str
    account: str
    reason: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Skip: {self.title} ({self.account})"


class MoveStep(NamedTuple):
    """A step that gets another day; with `shift` the later open ones move by as many days."""

    step_id: int
    title: str
    account: str
    to: date
    shift: bool = False
    seen_on: date | None = None
    """Where it stood when it was looked at; None: nobody looked."""
    shown: Mapping[int, date] | None = None
    """Where the later steps were shown to go, by their ids; None: nobody looked."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        later = " and the later steps" if self.shift else ""
        return f"Move to {day_month(self.to)}: {self.title}{later} ({self.account})"


class WaitStep(NamedTuple):
    """A step that waits on a party since a day; with no party it waits no more."""

    step_id: int
    title: str
    account: str
    on: Party | None
    since: date | None = None
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        told = f"Waiting on {self.on}" if self.on else "No longer waiting"
        return f"{told}: {self.title} ({self.account})"


class TickStep(NamedTuple):
    """A check of a step, by its place (0 is the first), ticked or not."""

    step_id: int
    title: str
    account: str
    check: int
    ticked: bool = True

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"{'Tick' if self.ticked else 'Untick'} check {self.check + 1}: {self.title} ({self.account})"


class NoteStep(NamedTuple):
    """The notes of a step, in Markdown; they stand in the place of what was there."""

    step_id: int
    title: str
    account: str
    notes: str
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Note: {self.title} ({self.account})"


class GiveStep(NamedTuple):
    """Another owner for a step."""

    step_id: int
    title: str
    account: str
    owner: Owner
    seen: Row | None = None
    """What stood there when it was looked at; see `as_seen`."""

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Give to {self.owner}: {self.title} ({self.account})"


def done_step(writing: Writing, wanted: DoneStep) -> None:
    """Close a step as done. Raises Refusal for a gate whose condition does not hold, saying what is missing."""
    step = _open_step(writing, wanted)
    on = plausible(wanted.on or writing.today)
    if on > writing.today:
        raise Refusal("A step is done today or on a day before: give such a day, or move it instead.")
    template = template_of(writing, step)
    if template is not None and template.closing:
        raise Refusal(f"“{wanted.title}” is done by closing the risk: `csm recover {wanted.account!r} --close HOW`.")
    if wanted.checked and template is not None:
        step = {**step, "ticked": (1 << len(template.checks)) - 1}
        writing.change("step", wanted.step_id, ticked=step["ticked"])
    check_gate(writing, step, template)
    settle(writing, step, StepState.DONE, on)


def check_gate(writing: Writing, step: Row, template: StepTemplate | None) -> None:
    """Refuse a gate whose condition does not hold."""
    if step["gate"] is None:
        return
    since = date.fromisoformat(str(writing.find("plan", id=step["plan_id"])[0]["opened_on"]))
    checks = () if template is None else template.checks
    gate = _gate_facts(writing, step, since, len(checks))
    lacking = missing(Gate(str(step["gate"])), gate)
    if lacking:
        told = f"“{step['title']}” is a gate and cannot be passed yet: {lacking}"
        if missing(Gate(str(step["gate"])), gate._replace(checks_left=0)):
            raise Refusal(f"{told}. Or skip it with a reason.")
        left = "; ".join(text for place, text in enumerate(checks) if not int(step["ticked"] or 0) >> place & 1)
        ticks = f"`csm done k{step['id']} --checked` ticks them"
        raise Refusal(f"{told} ({left}). Where they hold, {ticks}. Or skip it with a reason.")


def _gate_facts(writing: Writing, step: Row, since: date, checks: int) -> GateFacts:
    account_id = int(step["account_id"] or 0)
    held = [
        row for row in writing.find("touchpoint", account_id=account_id, state="held", direction="two-way")
        if str(row["day"]) >= since.isoformat()
    ]  # fmt: skip
    active = sorted(
        (str(row["day"]), row["value"]) for row in writing.find("measure", account_id=account_id, name="active")
    )
    seats = writing.find("account", id=account_id)[0]["seats"]
    left = checks - int(step["ticked"] or 0).bit_count()
    reviewed = any(row["kind"] in REVIEW_KINDS for row in held)
    return GateFacts(
        bool(held), reviewed, left, int(active[-1][1] or 0) if active else None, int(seats) if seats else None
    )


def skip_step(writing: Writing, wanted: SkipStep) -> None:
    """Close a step that will not be done. Raises Refusal without a reason."""
    step = _open_step(writing, wanted)
    if not wanted.reason.strip():
        raise Refusal(f"Say why “{wanted.title}” is skipped: the reason stays with it.")
    template = template_of(writing, step)
    if template is not None and template.closing:
        raise Refusal(f"“{wanted.title}” is done by closing the risk: `csm recover {wanted.account!r} --close HOW`.")
    settle(writing, step, StepState.SKIPPED, writing.today, wanted.reason.strip())


def move_step(writing: Writing, wanted: MoveStep) -> int:
    """Give a step another day, and the later open ones with it if that is wished; how many moved in all."""
    row = _open_step(writing, wanted)
    to = plausible(wanted.to)
    if to < writing.today:
        raise Refusal("A step can be moved only to today or a day to come, such as fri or +3d.")
    stands_as_seen(row["due_on"], wanted.seen_on, to, wanted.title)
    moving = [] if not wanted.shift else later_steps(writing, row, to)
    if moving and wanted.shown is not None and wanted.shown != {int(one["id"] or 0): on for one, on in moving}:
        raise Refusal(
            "The later steps were changed elsewhere in the meantime. Nothing was written: see where they go now."
        )
    to_day(writing, row, to)
    for step, on in moving:
        to_day(writing, step, plausible(on))
    return 1 + len(moving)


def later_steps(writing: Writing, row: Row, to: date) -> list[tuple[Row, date]]:
    """The later open steps of the same plan with the days to which they would shift."""
    rows = {int(one["id"] or 0): one for one in writing.find("step", plan_id=row["plan_id"], state="open")}
    steps = [as_step(one) for one in rows.values()]
    shifts = shifted(as_step(row), to, steps, writing.policy.cadence.calendar)
    return [(rows[shift.step.step_id], shift.to) for shift in shifts]


def as_step(row: Row) -> Step:
    """A row, as far as shifting and gates ask about it."""
    return Step(
        int(row["id"] or 0), int(row["plan_id"] or 0), int(row["account_id"] or 0), int(row["n"] or 0),
        str(row["code"]), str(row["title"]), str(row["phase"]), Owner(str(row["owner"])), bool(row["required"]),
        None if row["gate"] is None else Gate(str(row["gate"])),
        date.fromisoformat(str(row["due_on"])), date.fromisoformat(str(row["baseline_on"])),
        StepState(str(row["state"])), waiting_since=_day(row["waiting_since"]), offset=int(row["day_offset"] or 0),
        done_by=str(row["done_by"]),
    )  # fmt: skip


def _day(text: Value) -> date | None:
    return None if text is None else date.fromisoformat(str(text))


def wait_step(writing: Writing, wanted: WaitStep) -> None:
    """Note on whom a step waits, and since when; the slip is put down to that party."""
    row = _open_step(writing, wanted)
    since = None if wanted.on is None else plausible(wanted.since or writing.today)
    if since is not None and since > writing.today:
        raise Refusal("A step waits since today or a day before.")
    values: Row = {
        "waiting_on": None if wanted.on is None else str(wanted.on),
        "waiting_since": None if since is None else since.isoformat(),
    }
    as_seen(row, wanted.seen, values)
    writing.change("step", wanted.step_id, **values)


def tick_step(writing: Writing, wanted: TickStep) -> None:
    """Tick a check of a step, or take the tick away."""
    row = _open_step(writing, wanted)
    template = template_of(writing, row)
    if template is None or not 0 <= wanted.check < len(template.checks):
        raise Refusal(f"“{wanted.title}” has no check {wanted.check + 1}.")
    bit = 1 << wanted.check
    ticked = int(row["ticked"] or 0)
    writing.change("step", wanted.step_id, ticked=ticked | bit if wanted.ticked else ticked & ~bit)


def note_step(writing: Writing, wanted: NoteStep) -> None:
    """Keep notes with a step, whatever its state."""
    row, notes = still_there(writing, "step", wanted.step_id, f"“{wanted.title}”"), wanted.notes.strip() or None
    as_seen(row, wanted.seen, {"notes": notes})
    writing.change("step", wanted.step_id, notes=notes)


def give_step(writing: Writing, wanted: GiveStep) -> None:
    """Give a step to another owner; a promise that stood for it goes, and another's step makes one."""
    row = _open_step(writing, wanted)
    as_seen(row, wanted.seen, {"owner": str(wanted.owner)})
    for promise in writing.find("promise", step_id=wanted.step_id, state="open"):
        writing.remove("promise", int(promise["id"] or 0))
    writing.change("step", wanted.step_id, owner=str(wanted.owner))
    promise_step(writing, {**row, "owner": str(wanted.owner)})


def _open_step(writing: Writing, wanted: DoneStep | SkipStep | MoveStep | WaitStep | TickStep | GiveStep) -> Row:
    """The step as it stands now. Raises Refusal, saying how it stands, when it is no longer open."""
    row = still_there(writing, "step", wanted.step_id, f"“{wanted.title}”")
    state = StepState(str(row["state"]))
    if state is StepState.PASSED:
        raise Refusal(f"“{wanted.title}” was over before the plan began: there is nothing to do about it.")
    if state is not StepState.OPEN:
        on = day_month(date.fromisoformat(str(row["closed_on"])))
        raise Refusal(f"“{wanted.title}” was {state} on {on}: undo that first if it should be open again.")
    return row
