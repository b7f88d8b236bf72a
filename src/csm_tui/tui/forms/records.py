"""The fields of accounts, people, touchpoints and promises, filled with what stands in the book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.domain.accounts import Role, Tier
from csm_tui.domain.daywords import back, nearest
from csm_tui.domain.naming import BETWEEN_NAMES, names_in
from csm_tui.domain.plans import Party
from csm_tui.domain.playbooks import Owner
from csm_tui.domain.reviews import PREPARED_BEFORE
from csm_tui.domain.touchpoints import Direction, Kind, Mood, Side, State
from csm_tui.tui.forms import fields
from csm_tui.tui.forms.fields import DAYS_HINT, Field, Read

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import date

    from csm_tui.domain.plans import Step
    from csm_tui.store.verbs import Row
    from csm_tui.tui.forms.fields import Reader, Said
    from csm_tui.views.editing import Editing

YES_NO = {"yes": 1, "no": 0}
NOBODY = "nobody"
SIDES = {"we": str(Side.OURS), "they": str(Side.THEIRS)}


def account_fields(found: Editing) -> list[Field]:
    """All that a person says of an account."""
    row, offers = found.row, found.offers
    tiers = {str(tier): str(tier) for tier in Tier}
    kinds = {kind: kind for kind in PREPARED_BEFORE}
    return [
        Field("name", "name", fields.words("name", "An account needs a name."), _text(row, "name")),
        Field("tier", "tier", fields.choice("tier", tiers, "Which tier?"), _text(row, "tier") or "high-touch",
              tuple(tiers)),
        Field("started_on", "start", fields.day("started_on", nearest), _text(row, "started_on"), hint=DAYS_HINT),
        Field("renewal_on", "renewal", fields.day("renewal_on"), _text(row, "renewal_on"), hint=DAYS_HINT),
        _number(row, "notice_days", "notice", "days before the renewal"),
        Field("arr_cents", "ARR", fields.amount("arr_cents", "currency"), _money(row), hint="48000, 48k, €1.2m"),
        Field("currency", "currency", fields.currency_code("currency"), _text(row, "currency") or found.currency,
              ("EUR", "USD", "GBP", "CHF")),
        _number(row, "seats", "seats", "seats"),
        _offered(row, offers, "owner", "owner"),
        _offered(row, offers, "ae", "AE"),
        Field("domain", "domain", fields.words("domain"), _text(row, "domain"), hint="acme.com"),
        _offered(row, offers, "industry", "industry"),
        _offered(row, offers, "plan", "plan"),
        _number(row, "term_months", "term", "months"),
        Field("auto_renew", "auto-renew", fields.choice("auto_renew", YES_NO), _yes(row), tuple(YES_NO)),
        _number(row, "interval_days", "interval", "days between touchpoints, instead of the rule's"),
        _number(row, "review_days", "reviews", "days between reviews, instead of the rule's; 0: no reviews"),
        Field("review_kind", "review kind", fields.choice("review_kind", kinds), _text(row, "review_kind"),
              tuple(kinds)),
        Field("notes", "notes", fields.words("notes"), _text(row, "notes"), long=True),
    ]  # fmt: skip


def contact_fields(found: Editing) -> list[Field]:
    """All that a person says of a contact."""
    roles = {str(role): str(role) for role in Role}
    row = found.row
    return [
        Field("name", "name", fields.words("name", "A contact needs a name."), _text(row, "name")),
        Field("role", "role", fields.choice("role", roles), _text(row, "role"), tuple(roles)),
        Field("title", "title", fields.words("title"), _text(row, "title")),
        Field("email", "mail", fields.words("email"), _text(row, "email")),
        Field("phone", "phone", fields.words("phone"), _text(row, "phone")),
        Field("notes", "notes", fields.words("notes"), _text(row, "notes"), long=True),
    ]


def touchpoint_fields(found: Editing) -> list[Field]:
    """All that can be wrong about a touchpoint."""
    row, people = found.row, ", ".join(found.people)
    return [
        Field("day", "day", fields.day_gone_by("day", "A touchpoint needs a day."), _text(row, "day"), hint=DAYS_HINT),
        Field("time", "time", fields.time_of_day("time"), _text(row, "time"), hint="14:20"),
        _choice(row, "kind", [str(kind) for kind in Kind], "Which kind?"),
        _choice(row, "state", [str(state) for state in State], "Which state?"),
        _choice(row, "direction", [str(way) for way in Direction], "Which direction?"),
        _number(row, "minutes", "minutes", "minutes"),
        _choice(row, "mood", [str(mood) for mood in Mood]),
        Field("people", "people", _people({*found.people, *found.known}), people, found.known,
              "names, with commas between them", many=True),
        Field("summary", "summary", _summary, _text(row, "summary")),
        Field("notes", "notes", fields.words("notes"), _text(row, "notes"), long=True),
    ]  # fmt: skip


def promise_fields(found: Editing) -> list[Field]:
    """Who owes what, and by when."""
    side = {value: name for name, value in SIDES.items()}.get(_text(found.row, "side"), "we")
    return [
        Field("what", "what", fields.words("what", "A promise needs words."), _text(found.row, "what")),
        Field("due_on", "by", fields.day_to_come("due_on"), _text(found.row, "due_on"), hint=f"{DAYS_HINT}; or empty"),
        Field("side", "who owes it", fields.choice("side", SIDES, "Who owes it, we or they?"), side, tuple(SIDES)),
    ]


def step_fields(found: Editing) -> list[Field]:
    """A step of one's own in a plan that runs, the newest of them first."""
    running = {name: name for name in found.offers["plan"]}
    owners = {str(owner): str(owner) for owner in Owner}
    first = next(iter(running), "")
    return [
        Field("title", "what", fields.words("title", "A step needs words."), _text(found.row, "title")),
        Field("due_on", "by", fields.day_to_come("due_on", "By which day?"), "", hint=DAYS_HINT),
        Field("plan", "plan", fields.choice("plan", running), first,
              tuple(running)),
        Field("owner", "owner", fields.choice("owner", owners, "Who does it?"), "us", tuple(owners)),
        Field("required", "required", fields.choice("required", YES_NO), "no", tuple(YES_NO)),
    ]  # fmt: skip


def waiting_fields(step: Step, today: date) -> list[Field]:
    """On whom a step waits, and since when."""
    parties = {name: name for name in (*map(str, Party), NOBODY)}
    needed = f"On whom? One of {', '.join(parties)}."
    on, since = str(step.waiting_on or ""), (step.waiting_since or today).isoformat()
    return [
        Field("waiting_on", "waits on", fields.choice("waiting_on", parties, needed), on, tuple(parties)),
        Field("waiting_since", "since", fields.day("waiting_since", back), since),
    ]


def fields_of(table: str, found: Editing) -> list[Field]:
    """The fields of a row of a table, or of a new one."""
    return {
        "account": account_fields, "contact": contact_fields, "touchpoint": touchpoint_fields,
        "promise": promise_fields, "step": step_fields,
    }[table](found)  # fmt: skip


def _text(row: Row, column: str) -> str:
    value = row.get(column)
    return "" if value is None else str(value)


def _number(row: Row, column: str, label: str, what: str) -> Field:
    return Field(column, label, fields.number(column, what), _text(row, column), hint=what)


def _offered(row: Row, offers: dict[str, tuple[str, ...]], column: str, label: str) -> Field:
    return Field(column, label, fields.words(column), _text(row, column), offers.get(column, ()))


def _choice(row: Row, column: str, names: list[str], needed: str = "") -> Field:
    reads = fields.choice(column, {name: name for name in names}, needed)
    return Field(column, column, reads, _text(row, column), tuple(names))


def _money(row: Row) -> str:
    cents = row.get("arr_cents")
    if cents is None:
        return ""
    whole, part = divmod(int(cents), 100)
    return f"{whole}.{part:02d}" if part else str(whole)


def _yes(row: Row) -> str:
    value = row.get("auto_renew")
    return "" if value is None else "yes" if value else "no"


def _people(known: Collection[str]) -> Reader:
    def read(text: str, _said: Said) -> Read:
        names = names_in(text, known)
        return Read({"people": BETWEEN_NAMES.join(names)}, " · ".join(names))

    return read


def _summary(text: str, _said: Said) -> Read:
    return Read({"summary": text.strip()})
