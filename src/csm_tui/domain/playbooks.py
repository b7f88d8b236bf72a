"""A playbook is a template of dated steps; started for an account it becomes a plan."""

from __future__ import annotations

from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from csm_tui.domain.touchpoints import Signal


class Anchor(StrEnum):
    """The day from which the days of a playbook count."""

    START = "start"
    KICKOFF = "kickoff"
    REVIEW_DAY = "review day"
    RENEWAL = "renewal"
    SIGNAL_DAY = "signal day"
    OPENED = "opened"


class Owner(StrEnum):
    """Who does a step. Whoever is not us is asked and chased: the step carries a promise with that name."""

    US = "us"
    THEM = "them"
    BOTH = "both"
    AE = "AE"
    SUPPORT = "support"
    PRODUCT = "product"
    EXECUTIVE = "executive"
    FINANCE = "finance"


OURS = frozenset({Owner.US, Owner.BOTH})


class Gate(StrEnum):
    """The condition that must hold before a gate can be passed; see `gates.missing`."""

    CHECKS = "all checks ticked"
    TALK = "two-way talk held"
    REVIEW = "review held"
    ACTIVE = "half the seats active"


TALK = "two-way"
"""What `done_by` says for any held two-way touchpoint; other words are kinds of touchpoint."""
ONBOARDING, RECOVERY, RENEWAL = "onboarding", "recovery", "renewal"
"""The ids of the playbooks that rules begin and end; those of the reviews are the kinds of touchpoint."""
STANDARD = "standard"
"""The form of a playbook that has every step on its own day; no variant may go by that name."""


class StepTemplate(NamedTuple):
    """One step: `day` counts from the anchor, in calendar days or in working days, negative before it.

    `not_later` is the same day counted back from the opt-out day; the earlier of the two holds (the two clocks of a
    renewal). `every` makes the step come again so many days after it is done. `closing` is done by closing the risk,
    `after_close` counts from that day.
    """

    id: str
    title: str
    day: int
    phase: str = ""
    owner: Owner = Owner.US
    working_days: bool = False
    not_later: int | None = None
    required: bool = False
    gate: Gate | None = None
    on_time: bool = False
    every: int | None = None
    closing: bool = False
    after_close: bool = False
    done_by: str = ""
    guidance: str = ""
    checks: tuple[str, ...] = ()
    exit: str = ""


class Variant(NamedTuple):
    """Another form of a playbook: only some of its steps, or its days stretched by a percentage."""

    name: str
    steps: tuple[str, ...] = ()
    percent: int = 100


class Playbook(NamedTuple):
    """A template. `signal` makes it a branch of the recovery; `opens` is how many days before the anchor it begins."""

    id: str
    name: str
    anchor: Anchor
    purpose: str = ""
    signal: Signal | None = None
    opens: int = 0
    exit: str = ""
    steps: tuple[StepTemplate, ...] = ()
    variants: tuple[Variant, ...] = ()

    def step(self, step_id: str) -> StepTemplate | None:
        """The step of an id, None when the playbook has none such."""
        return next((step for step in self.steps if step.id == step_id), None)

    def variant(self, name: str) -> Variant:
        """A variant by name; the standard one has every step on its own day."""
        return next((variant for variant in self.variants if variant.name == name), Variant(name))

    def steps_of(self, variant: str) -> tuple[StepTemplate, ...]:
        """The steps of a variant, in their order, on its days."""
        form = self.variant(variant)
        kept = (step for step in self.steps if not form.steps or step.id in form.steps)
        return tuple(step._replace(day=_stretched(step.day, form.percent)) for step in kept)


def _stretched(day: int, percent: int) -> int:
    """So many percent of a day, rounded half away from zero; days before the anchor stay."""
    return day if day <= 0 else (day * percent * 2 + 100) // 200
