"""Two accounts that are one: everything of the one moves to the other, which then stands alone."""

from __future__ import annotations

from csm_tui.actions.import_columns import joined
from csm_tui.actions.meanwhile import still_there
from csm_tui.actions.merge_plans import merge_plans
from csm_tui.actions.merge_talks import merge_talks
from csm_tui.actions.plan_anchors import follow
from csm_tui.actions.plan_talk import review_dated
from csm_tui.domain.errors import Refusal
from csm_tui.domain.naming import folded
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from csm_tui.store.verbs import Row, Value, Writing

FACTS = (
    "domain", "owner", "started_on", "renewal_on", "notice_days", "notice_served_on", "auto_renew_off_on", "arr_cents",
    "seats", "interval_days", "ae", "industry", "plan", "term_months", "auto_renew",
    "review_days", "review_kind",
)  # fmt: skip
"""What an account may lack and the other may know. Where both know something, the one that stays is right."""

OF_PERSON = ("title", "role", "email", "phone", "source", "source_id")


class MergeAccounts(NamedTuple):
    """The account that stays, and the one that goes into it."""

    account_id: int
    account: str
    from_id: int
    from_account: str

    @property
    def label(self) -> str:
        """What history and undo call it."""
        return f"Merge {self.from_account} into {self.account}"


class Merged(NamedTuple):
    """What moved, whom both knew, and which facts were filled or differed (with the value that went).

    `currency` is that of the amount that went; `escalation` is the severity of the one that goes on, where one was
    open at both.
    """

    touchpoints: int
    people: tuple[str, ...]
    joined: tuple[str, ...]
    promises: int
    pulses: int
    tags: tuple[str, ...]
    external_ids: tuple[str, ...]
    filled: tuple[tuple[str, Value], ...]
    differed: tuple[tuple[str, Value], ...]
    escalation: str
    currency: str


def merge_accounts(writing: Writing, wanted: MergeAccounts) -> Merged:
    """Move all that hangs on an account to another, join the people both know, fill what the other lacks, and take
    the emptied account out.
    """
    if wanted.from_id == wanted.account_id:
        raise Refusal("An account cannot be merged into itself: name two.")
    gone = still_there(writing, "account", wanted.from_id, wanted.from_account)
    stays = still_there(writing, "account", wanted.account_id, wanted.account)
    _stays_in_sight(wanted, gone, stays)
    filled, differed = _facts(writing, gone, stays)
    after = {**stays, **dict(filled)}
    follow(writing, wanted.account_id, stays, after)
    follow(writing, wanted.from_id, gone, after)
    people, twins = _people(writing, wanted)
    escalation = merge_plans(writing, wanted.account_id, wanted.from_id)
    merged = Merged(
        touchpoints=merge_talks(writing, wanted.account_id, wanted.from_id),
        people=people,
        joined=twins,
        promises=_moved(writing, "promise", wanted),
        pulses=_moved(writing, "pulse", wanted),
        tags=_words(writing, "account_tag", wanted, ("tag",)),
        external_ids=_words(writing, "external_id", wanted, ("source", "value")),
        filled=filled,
        differed=differed,
        escalation=escalation,
        currency=str(gone["currency"]),
    )
    _moved(writing, "measure", wanted, ("name", "day"))
    _snoozes(writing, wanted)
    writing.remove("account", wanted.from_id)
    review_dated(writing, wanted.account_id)
    return merged


def _stays_in_sight(wanted: MergeAccounts, gone: Row, stays: Row) -> None:
    """Refuse to put an account that is worked with into one that is not."""
    if stays["archived_on"] is not None and gone["archived_on"] is None:
        raise Refusal(
            f"{wanted.account} is archived, and {wanted.from_account} would leave all lists with it: "
            "bring it back first, or merge the other way."
        )
    if stays["churned_on"] is not None and gone["churned_on"] is None:
        raise Refusal(
            f"{wanted.account} has churned, and nothing of {wanted.from_account} would be due any more: "
            "merge the other way."
        )


def _facts(
    writing: Writing, gone: Row, stays: Row
) -> tuple[tuple[tuple[str, Value], ...], tuple[tuple[str, Value], ...]]:
    """Fill what the account that stays lacks; what both know otherwise is told, and notes are kept of both."""
    known = {name: gone[name] for name in FACTS if gone[name] is not None}
    filled: Row = {name: value for name, value in known.items() if stays[name] is None}
    every = {**known, "tier": gone["tier"]}
    differed = tuple((name, value) for name, value in every.items() if _differs(name, gone, stays))
    if "arr_cents" in filled:
        filled["currency"] = gone["currency"]
    if gone["notes"] and gone["notes"] != stays["notes"]:
        filled["notes"] = "\n\n".join(str(text) for text in (stays["notes"], gone["notes"]) if text)
    if filled:
        writing.change("account", _id(stays), **filled)
    return tuple(filled.items()), differed


def _differs(name: str, gone: Row, stays: Row) -> bool:
    """Whether both know something else; the same amount of another currency is another amount."""
    if stays[name] is None:
        return False
    return gone[name] != stays[name] or (name == "arr_cents" and gone["currency"] != stays["currency"])


def _people(writing: Writing, wanted: MergeAccounts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Move who is not known yet, and join who is: by the same name, mail address or id elsewhere."""
    there = writing.find("contact", account_id=wanted.account_id)
    moved, twins = [], []
    for person in writing.find("contact", account_id=wanted.from_id):
        twin = next((one for one in there if _same(one, person)), None)
        if twin is None:
            writing.change("contact", _id(person), account_id=wanted.account_id)
            there.append(person)
            moved.append(str(person["name"]))
        else:
            _join(writing, person, twin)
            twins.append(str(person["name"]))
    return tuple(moved), tuple(twins)


def _same(one: Row, other: Row) -> bool:
    if one["source_id"] is not None and (one["source"], one["source_id"]) == (other["source"], other["source_id"]):
        return True
    mail = folded(str(one["email"] or ""))
    return folded(str(one["name"])) == folded(str(other["name"])) or (
        mail != "" and mail == folded(str(other["email"] or ""))
    )


def _join(writing: Writing, person: Row, twin: Row) -> None:
    """Give a person's touchpoints and facts to the twin at the other account, and take the person out."""
    for link in writing.find("touchpoint_contact", contact_id=_id(person)):
        touchpoint_id = link["touchpoint_id"]
        if not writing.find("touchpoint_contact", touchpoint_id=touchpoint_id, contact_id=_id(twin)):
            writing.change("touchpoint_contact", _id(link), contact_id=_id(twin))
    writing.remove("contact", _id(person))
    lacking: Row = {name: person[name] for name in OF_PERSON if twin[name] is None and person[name] is not None}
    if twin["source_id"] is not None or "source_id" not in lacking:
        lacking = {name: value for name, value in lacking.items() if name not in {"source", "source_id"}}
    notes = joined(twin["notes"], person["notes"])
    if notes is not None:
        lacking["notes"] = notes
    if lacking:
        writing.change("contact", _id(twin), **lacking)
        twin.update(lacking)


def _moved(writing: Writing, table: str, wanted: MergeAccounts, same: tuple[str, ...] = ()) -> int:
    """Move rows to the account that stays; one that it has already, by the columns of `same`, goes with the other."""
    there = {tuple(row[name] for name in same) for row in writing.find(table, account_id=wanted.account_id)}
    count = 0
    for row in writing.find(table, account_id=wanted.from_id):
        mark = tuple(row[name] for name in same)
        if not same or None in mark or mark not in there:
            writing.change(table, _id(row), account_id=wanted.account_id)
            count += 1
    return count


def _words(writing: Writing, table: str, wanted: MergeAccounts, columns: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the rows that move: those that the account which stays does not have yet."""
    own, theirs = (
        [" ".join(str(row[name]) for name in columns) for row in writing.find(table, account_id=account_id)]
        for account_id in (wanted.account_id, wanted.from_id)
    )
    _moved(writing, table, wanted, columns)
    return tuple(word for word in theirs if word not in own)


def _snoozes(writing: Writing, wanted: MergeAccounts) -> None:
    """A snoozed promise or meeting stays snoozed; what was put off about the account itself goes with it."""
    for snooze in writing.find("snooze", account_id=wanted.from_id):
        if str(snooze["item"])[0] in {"p", "t", "k", "e"}:
            writing.change("snooze", _id(snooze), account_id=wanted.account_id)


def _id(row: Row) -> int:
    return int(row["id"] or 0)
