"""The tables of plans, risks and reviews as SQLModel sees them; `tables` has the rest, and says how they are kept."""

from csm_tui.store.table_row import Row


class Template(Row, table=True):
    """A playbook as it was when a plan was started with it."""

    __tablename__ = "template"
    digest: str
    text: str


class Plan(Row, table=True):
    """A playbook started for an account."""

    __tablename__ = "plan"
    account_id: int
    playbook: str
    name: str
    variant: str = "standard"
    template_id: int
    anchor_on: str
    opened_on: str
    closed_on: str | None = None


class Step(Row, table=True):
    """One dated thing to do in a plan."""

    __tablename__ = "step"
    plan_id: int
    account_id: int
    n: int
    template_id: int
    code: str
    title: str
    phase: str = ""
    owner: str = "us"
    day_offset: int = 0
    required: int = 0
    gate: str | None = None
    done_by: str = ""
    due_on: str
    baseline_on: str
    state: str = "open"
    closed_on: str | None = None
    reason: str | None = None
    waiting_on: str | None = None
    waiting_since: str | None = None
    ticked: int = 0
    notes: str | None = None


class Risk(Row, table=True):
    """An open recovery, or one that has ended."""

    __tablename__ = "risk"
    account_id: int
    plan_id: int
    severity: str = "medium"
    opened_on: str
    closed_on: str | None = None
    how: str | None = None
    because: str | None = None


class RiskSignal(Row, table=True):
    """One sign of a risk, as it was seen."""

    __tablename__ = "risk_signal"
    risk_id: int
    touchpoint_id: int | None = None
    signal: str
    evidence: str = ""
    seen_on: str
    confirmed_on: str | None = None
    met_on: str | None = None
    proof: str | None = None


class Escalation(Row, table=True):
    """A risk that others were called in for, with the rhythm of its updates."""

    __tablename__ = "escalation"
    account_id: int
    risk_id: int | None = None
    severity: str
    what: str = ""
    opened_on: str
    updated_on: str | None = None
    closed_on: str | None = None
    reason: str | None = None


class ReviewSkip(Row, table=True):
    """A review that was let go."""

    __tablename__ = "review_skip"
    account_id: int
    due_on: str
    skipped_on: str
    reason: str = ""


class KeptUp(Row, table=True):
    """The day for which the rules have opened what they open by themselves."""

    __tablename__ = "kept_up"
    on_day: str


PLANS = (Template, Plan, Step, Risk, RiskSignal, Escalation, ReviewSkip, KeptUp)
