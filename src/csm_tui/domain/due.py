"""One thing that is due, and the facts in which the agenda finds it: what lists, actions and screens pass on."""

from __future__ import annotations

from datetime import date

from csm_tui.domain import ranking
from csm_tui.domain.accounts import AccountFacts
from csm_tui.domain.cadence import Standing
from csm_tui.domain.promises import PromiseFacts
from csm_tui.domain.ranking import Factors
from csm_tui.domain.touchpoints import Kind
from csm_tui.typed import TYPE_CHECKING, NamedTuple, StrEnum

if TYPE_CHECKING:
    from collections.abc import Sequence

    from csm_tui.domain.reviews import ReviewFacts
    from csm_tui.domain.risks import Escalation


class ItemKind(StrEnum):
    """What sort of work is due."""

    CHECK_IN = "check_in"
    PROMISE = "promise"
    MEETING = "meeting"
    STEP = "step"
    REVIEW = "review"
    RENEWAL = "renewal"
    ESCALATION = "escalation"


STEP_LETTER, REVIEW_LETTER, ESCALATION_LETTER = "k", "v", "e"
OF_PLANS = frozenset({STEP_LETTER, REVIEW_LETTER, ESCALATION_LETTER})
"""With what letter the id of an item of a plan begins."""


class Group(StrEnum):
    """The parts of the list, in their order."""

    MUST_DO = "must_do"
    OVERDUE = "overdue"
    TODAY = "today"
    THIS_WEEK = "this_week"
    LATER = "later"


class MeetingFacts(NamedTuple):
    """A booked two-way touchpoint whose day has come."""

    touchpoint_id: int
    account_id: int
    kind: Kind
    day: date
    summary: str = ""


class StepFacts(NamedTuple):
    """An open step of a plan that runs, which no gate holds back; words as the file keeps them."""

    step_id: int
    account_id: int
    title: str
    due_on: date
    code: str = ""
    owner: str = "us"
    done_by: str = ""
    waiting_on: str = ""


class PlanFacts(NamedTuple):
    """The steps that may be due, the clocks of reviews, and the open escalations.

    `asked` holds the accounts at which a booked review waits for its answer, so that its step does not ask as well.
    """

    steps: Sequence[StepFacts] = ()
    reviews: Sequence[ReviewFacts] = ()
    escalations: Sequence[Escalation] = ()
    asked: frozenset[int] = frozenset()


NO_PLANS = PlanFacts()


class Snooze(NamedTuple):
    """An item put off to a day; it holds for the due day it was made for, and no longer."""

    item: str
    due_on: date
    made_on: date
    until_on: date
    reason: str = ""


class Item(NamedTuple):
    """One thing that is due, with all that its row, its rank and its why need; `value_cents` are of `currency`."""

    id: str
    kind: ItemKind
    account: AccountFacts
    row_id: int
    what: str
    due_on: date
    group: Group
    must_do: str
    today: date
    value_cents: int
    quarters: int
    own_day: date | None = None
    standing: Standing | None = None
    snoozed: Snooze | None = None
    currency: str = ""
    waiting: bool = False

    @property
    def of_plan(self) -> bool:
        """A step, a review or an escalation: what the plans of an account hold."""
        return self.id[0] in OF_PLANS

    @property
    def latest_on(self) -> date | None:
        """The last day on which it is not yet too late; only a check-in has one."""
        return None if self.standing is None else self.standing.latest_on

    @property
    def days_late(self) -> int:
        """Days past its own day."""
        return max(0, self.today.toordinal() - self.due_on.toordinal())

    @property
    def factors(self) -> Factors:
        """The numbers of its score; worked out when asked, since most of a long list is never weighed."""
        numbers = ranking.factors(
            self.account, self.quarters, self.today, self.value_cents, self.own_day, waiting=self.waiting
        )
        return numbers._replace(arr_cents=self.value_cents)

    @property
    def score(self) -> int:
        """What it is worth to do this now, in hundredths."""
        return ranking.score(self.factors)

    @property
    def shown_on(self) -> date:
        """The day under which it stands: its own, or a later one it was snoozed to; a must-do comes back on that."""
        if self.snoozed is None:
            return self.due_on
        return self.snoozed.until_on if self.must_do else max(self.snoozed.until_on, self.due_on)


class Book(NamedTuple):
    """The facts of all that may be due: accounts by id, promises with a day, booked meetings, snoozes by item; the
    median yearly amount in cents with its currency, where an account needs it.
    """

    accounts: dict[int, AccountFacts]
    promises: list[PromiseFacts]
    meetings: list[MeetingFacts]
    snoozes: dict[str, Snooze]
    median_arr: tuple[int, str] | None
    plans: PlanFacts = NO_PLANS
