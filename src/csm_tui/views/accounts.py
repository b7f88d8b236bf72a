"""The book as a list of accounts, each with what the rules say of it; lines are made as they are looked at."""

from __future__ import annotations

from csm_tui.domain import lifecycle, renewals
from csm_tui.domain.accounts import AccountFacts, Band, Phase
from csm_tui.domain.cadence import Standing, standing
from csm_tui.domain.health import band_by_hand
from csm_tui.store.queries import accounts, contacts, sizes
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from datetime import date

    from csm_tui.domain.policy import Policy
    from csm_tui.store.connection import Reading
    from csm_tui.store.queries.accounts import Details

WORST_FIRST = {Band.AT_RISK: 0, Band.WATCH: 1, Band.HEALTHY: 2, Band.NONE: 3}


class AccountLine(NamedTuple):
    """One account with its verdicts. `engaged` of `needed` people were in two-way contact `within` so many days;
    `worth` is its yearly amount in the currency of sums, where there is a rate.
    """

    facts: AccountFacts
    band: Band
    phase: Phase
    day: int | None
    standing: Standing | None
    opt_out_on: date | None
    outlook: str
    engaged: int
    needed: int
    within: int
    worth: int | None = None

    @property
    def why(self) -> tuple[str, ...]:
        """The sentences behind the row."""
        return _why(self)


class AccountList(NamedTuple):
    """Accounts in their order, how many there are, the day, and how many of them have churned."""

    lines: list[AccountLine]
    size: int
    today: date
    churned: int


class Totals(NamedTuple):
    """The book in one line: active accounts, their yearly cents by currency, and how many are in each band.

    `by_rates` says that amounts in another currency were added by the rates of the settings.
    """

    accounts: int
    arr: tuple[tuple[str, int], ...]
    bands: dict[Band, int]
    by_rates: bool = False


def people_engaged(line: AccountLine) -> str:
    """How many people were engaged, of how many that are wanted; of more than those, only how many."""
    return f"{line.engaged} of {line.needed}" if line.engaged <= line.needed else f"{line.engaged}"


def account_line(facts: AccountFacts, engaged: int, today: date, policy: Policy) -> AccountLine:
    """What the rules say of one account today."""
    phase = lifecycle.phase(facts.started_on, facts.renewal_on, facts.notice_days, facts.churned_on, today)
    return AccountLine(
        facts,
        band_by_hand(facts.pulse),
        phase,
        None if facts.started_on is None else lifecycle.day_of_life(facts.started_on, today),
        standing(facts, today, policy.cadence) if facts.is_active(today) else None,
        lifecycle.opt_out_on(facts.renewal_on, facts.notice_days),
        renewals.outlook(facts, today) if facts.is_active(today) else "",
        engaged,
        policy.engaged.needed(facts.tier),
        policy.engaged.within,
        None if facts.arr_cents is None else policy.money.worth(facts.arr_cents, facts.currency)[0],
    )


def account_list(reading: Reading, archived: bool = False) -> AccountList:
    """Every account that is not archived, or every one that is: the worst band first, then the largest amount,
    then by name; churned ones last.
    """
    found = accounts.account_facts(reading, archived=archived)
    engaged = contacts.engaged(reading, found)
    lines = [account_line(facts, engaged.get(key, 0), reading.today, reading.policy) for key, facts in found.items()]
    lines.sort(key=_place)
    churned = sum(line.phase is Phase.CHURNED for line in lines)
    return AccountList(lines, len(lines), reading.today, churned)


def account_glance(reading: Reading) -> AccountList:
    """The account that stands first in the list, found without building the others."""
    lines = [line for account_id in accounts.worst(reading) if (line := one_account(reading, account_id)) is not None]
    size = sizes.all_accounts(reading)
    return AccountList(lines, size, reading.today, size - sizes.active_accounts(reading))


def _why(line: AccountLine) -> tuple[str, ...]:
    facts = line.facts
    pulse = "no pulse has been given" if facts.pulse is None else f"the pulse is {facts.pulse} of 5"
    told = [f"{facts.name} is {line.band} by hand: {pulse}." if facts.pulse else f"{facts.name} has no band: {pulse}."]
    told.append(
        f"It is in its phase “{line.phase}”"
        + (f", on day {line.day}." if line.day is not None else ", without a start day.")
    )
    if line.outlook:
        told.append(f"Its renewal: {line.outlook}.")
    told.append(
        f"{line.engaged} of {line.needed} people wanted for {facts.tier} were in two-way contact "
        f"in the last {line.within} days."
    )
    return tuple(told)


def _place(line: AccountLine) -> tuple[bool, int, int, str, int]:
    facts = line.facts
    return (
        line.phase is Phase.CHURNED,
        WORST_FIRST[line.band],
        -(line.worth or 0),
        facts.name,
        facts.account_id,
    )


def one_account(reading: Reading, account_id: int) -> AccountLine | None:
    """One account's line, or None when there is none of that id."""
    found = accounts.account_facts(reading, [account_id])
    if account_id not in found:
        return None
    engaged = contacts.engaged(reading, [account_id]).get(account_id, 0)
    return account_line(found[account_id], engaged, reading.today, reading.policy)


def totals(reading: Reading) -> Totals:
    """The book in one line, counted by the file."""
    bands = dict.fromkeys(Band, 0)
    for pulse, count in sizes.pulses(reading):
        bands[band_by_hand(pulse)] += count
    money, by_currency = reading.policy.money, sizes.arr_by_currency(reading)
    sums = money.sums((cents, currency) for currency, cents in by_currency)
    return Totals(sum(bands.values()), tuple(sums.items()), bands, len(sums) < len(by_currency))


def as_json(line: AccountLine, external_ids: list[tuple[str, str]], known: Details) -> dict[str, object]:
    """An account under the names that scripts rely on."""
    facts, owed = line.facts, line.standing
    return {
        "id": facts.account_id,
        "name": facts.name,
        "tier": str(facts.tier),
        "phase": str(line.phase),
        "day": line.day,
        "started_on": _iso(facts.started_on),
        "renewal_on": _iso(facts.renewal_on),
        "opt_out_on": _iso(line.opt_out_on),
        "arr_cents": facts.arr_cents,
        "currency": facts.currency,
        "seats": facts.seats,
        "band": str(line.band),
        "band_by_hand": line.band is not Band.NONE,
        "pulse": facts.pulse,
        "last_two_way_on": _iso(facts.last_two_way_on),
        "next_check_in_on": _iso(owed.ideal_on) if owed else None,
        "latest_check_in_on": _iso(owed.latest_on) if owed else None,
        "notice_days": facts.notice_days,
        "interval_days": facts.interval_days,
        "churned_on": _iso(facts.churned_on),
        "archived_on": _iso(facts.archived_on),
        "domain": known.domain,
        "owner": known.owner,
        "ae": known.ae,
        "industry": known.industry,
        "plan": known.plan,
        "term_months": known.term_months,
        "auto_renew": known.auto_renew,
        "review_days": known.review_days,
        "review_kind": known.review_kind or None,
        "notes": known.notes,
        "external_ids": [{"source": source, "value": value} for source, value in external_ids],
        "tags": list(known.tags),
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
