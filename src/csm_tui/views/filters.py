"""The rows of every list as a filter sees them, and what the book knows that a filter may ask for."""

from __future__ import annotations

from datetime import timedelta

from csm_tui.domain.cadence import Lateness
from csm_tui.domain.filter_fields import OF_ACCOUNTS, OF_ITEMS, SIGNAL_DAYS, UNKNOWN, About, RowFacts, plain
from csm_tui.domain.filter_offers import Values
from csm_tui.domain.filters import Filter, matches, names, parse
from csm_tui.domain.health import band_by_hand
from csm_tui.domain.lifecycle import phase
from csm_tui.domain.reviews import ReviewState
from csm_tui.store.queries import about as queries
from csm_tui.store.queries.accounts import account_facts
from csm_tui.typed import TYPE_CHECKING, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from csm_tui.domain.accounts import AccountFacts
    from csm_tui.domain.due import Item
    from csm_tui.store.connection import Reading
    from csm_tui.views.accounts import AccountLine
    from csm_tui.views.cadence import CadenceLine
    from csm_tui.views.onboarding import OnboardingLine
    from csm_tui.views.promises import PromiseLine
    from csm_tui.views.recovery import RiskLine
    from csm_tui.views.reviews import ReviewLine

    Abouts = dict[int, About]

Line = TypeVar("Line")


class SavedFilter(NamedTuple):
    """A filter by name."""

    name: str
    text: str


class Known(NamedTuple):
    """What a filter may ask of the book: what is known of each account, and the saved filters."""

    about: Abouts
    saved: list[SavedFilter]

    @property
    def texts(self) -> dict[str, str]:
        """The saved filters by name."""
        return {one.name: one.text for one in self.saved}

    @property
    def values(self) -> Values:
        """What can be offered while a filter is typed."""
        owners = sorted({one.owner for one in self.about.values() if one.owner})
        tags = sorted({tag for one in self.about.values() for tag in one.tags})
        return Values(tuple(owners), tuple(tags), tuple(one.name for one in self.saved))


def known(reading: Reading) -> Known:
    """What is known of every account, and the saved filters."""
    return Known(abouts(reading), saved_filters(reading))


def abouts(reading: Reading) -> Abouts:
    """The owner, tags and recent signals of each account that has any."""
    found: Abouts = {key: About(owner) for key, owner in queries.owners(reading)}
    for key, tag in queries.tags(reading):
        one = found.get(key, UNKNOWN)
        found[key] = one._replace(tags=(*one.tags, tag))
    for key, signals in queries.signals(reading, reading.today - timedelta(days=SIGNAL_DAYS)):
        found[key] = found.get(key, UNKNOWN)._replace(signals=frozenset(signals.split(",")))
    return found


def saved_filters(reading: Reading) -> list[SavedFilter]:
    """Every saved filter, by name."""
    return [SavedFilter(*row) for row in queries.saved_filters(reading)]


def account_row(line: AccountLine, today: date, known: Abouts) -> RowFacts:
    """An account as a filter sees it."""
    owed = line.standing
    return _row(line.facts, today, known)._replace(late=None if owed is None else owed.days_late)


def cadence_row(line: CadenceLine, today: date, known: Abouts) -> RowFacts:
    """A line of the cadence board as a filter sees it."""
    owed = line.standing
    state = "late" if owed.days_late else "" if owed.lateness is Lateness.LATER else owed.lateness
    own = f"{line.rhythm} {line.because} {state}"
    return _row(line.facts, today, known, own)._replace(late=owed.days_late)


def onboarding_row(line: OnboardingLine, today: date, known: Abouts) -> RowFacts:
    """A line of the onboarding board as a filter sees it."""
    due = line.next
    own = due.title if due is not None else line.nothing_next
    return _row(line.facts, today, known, own)._replace(late=None if due is None else due.days_late(today))


def review_row(line: ReviewLine, today: date, known: Abouts) -> RowFacts:
    """A review as a filter sees it."""
    late = max(0, (today - line.due_on).days) if line.state is ReviewState.MISSED else 0
    return _row(line.facts, today, known, f"{line.kind} {line.state}")._replace(late=late)


def item_row(item: Item, today: date, known: Abouts) -> RowFacts:
    """A due item as a filter sees it."""
    row = _row(item.account, today, known, f"{item.what} {item.kind} {item.id}")
    return row._replace(late=item.days_late, kind=item.kind, group=item.group)


def recovery_row(line: RiskLine, today: date, known: Abouts) -> RowFacts:
    """A line of the recovery board as a filter sees it."""
    step = line.next.title if line.next is not None else ""
    own = f"{' '.join(line.signals)} {line.risk.severity} {step}"
    return _row(line.facts, today, known, own)._replace(late=line.days_late)


def promise_row(line: PromiseLine, facts: AccountFacts, today: date, known: Abouts) -> RowFacts:
    """A promise of the ledger as a filter sees it."""
    one = line.promise
    own = f"{one.what} {one.side} {one.state} p{one.promise_id}"
    return _row(facts, today, known, own)._replace(late=line.days_late)


def _row(facts: AccountFacts, today: date, known: Abouts, own: str = "") -> RowFacts:
    """A row about an account: in every list a word is looked for in what is known of it, and in the row's own words."""
    about = known.get(facts.account_id, UNKNOWN)
    stands = phase(facts.started_on, facts.renewal_on, facts.notice_days, facts.churned_on, today)
    of_account = f"{facts.tier} {stands} {band_by_hand(facts.pulse)} {about.owner} {' '.join(about.tags)}"
    return RowFacts(facts, today, plain(f"{facts.name} {own} {of_account}"), about)


def asked(reading: Reading, words: Sequence[str], fields: Iterable[str] = OF_ITEMS) -> Filter:
    """The filter that words of a command line make. Raises Wrong for one that cannot be read."""
    text = " ".join(words)
    saved = {one.name: one.text for one in saved_filters(reading)} if names(text) else {}
    return parse(text, fields, saved)


def accounts_through(reading: Reading, words: Sequence[str], lines: list[AccountLine]) -> list[AccountLine]:
    """The accounts that a filter lets through."""
    return _through(reading, words, lines, account_row)


def cadence_through(reading: Reading, words: Sequence[str], lines: list[CadenceLine]) -> list[CadenceLine]:
    """The lines of the cadence board that a filter lets through."""
    return _through(reading, words, lines, cadence_row)


def onboarding_through(reading: Reading, words: Sequence[str], lines: list[OnboardingLine]) -> list[OnboardingLine]:
    """The lines of the onboarding board that a filter lets through."""
    return _through(reading, words, lines, onboarding_row)


def recoveries_through(reading: Reading, words: Sequence[str], lines: list[RiskLine]) -> list[RiskLine]:
    """The open risks that a filter lets through."""
    return _through(reading, words, lines, recovery_row)


def reviews_through(reading: Reading, words: Sequence[str], lines: list[ReviewLine]) -> list[ReviewLine]:
    """The reviews that a filter lets through."""
    return _through(reading, words, lines, review_row)


def _through(
    reading: Reading, words: Sequence[str], lines: list[Line], row: Callable[[Line, date, Abouts], RowFacts]
) -> list[Line]:
    """The lines that a filter of accounts lets through, each read by its own row."""
    wanted = asked(reading, words, OF_ACCOUNTS)
    if not wanted.terms:
        return lines
    known = abouts(reading)
    return [line for line in lines if matches(wanted, row(line, reading.today, known))]


def promises_through(reading: Reading, words: Sequence[str], lines: list[PromiseLine]) -> list[PromiseLine]:
    """The promises that a filter lets through."""
    wanted = asked(reading, words, OF_ACCOUNTS)
    if not wanted.terms:
        return lines
    known, facts = abouts(reading), account_facts(reading, {line.promise.account_id for line in lines})
    rows = ((line, promise_row(line, facts[line.promise.account_id], reading.today, known)) for line in lines)
    return [line for line, row in rows if matches(wanted, row)]


def items_through(reading: Reading, words: Sequence[str]) -> Callable[[Item], bool]:
    """Whether a filter lets a due item through."""
    wanted, known = asked(reading, words), abouts(reading)
    return lambda item: matches(wanted, item_row(item, reading.today, known))
