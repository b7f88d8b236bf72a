"""csm account: one account added, shown, edited, archived, merged into another, marked as churned."""

from __future__ import annotations

from csm_tui.actions.accounts import (
    AddAccount,
    ChurnAccount,
    EditAccount,
    add_account,
    churn_account,
    edit_account,
)
from csm_tui.actions.archive import ArchiveAccount, archive_account
from csm_tui.cli import merging
from csm_tui.cli.fields import ACCOUNT_HELP, choice, day_gone_by, values
from csm_tui.cli.verbs import do_verb, verb, verbs
from csm_tui.domain.accounts import Tier
from csm_tui.domain.errors import Refusal
from csm_tui.domain.reviews import PREPARED_BEFORE
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.store.verbs import Row
    from csm_tui.views.account import AccountContext

SUMMARY = "Add, show or edit an account, archive it, merge it, or mark it as churned."
EPILOG = """\
  csm account add 'Northwind Traders' --start 2026-01-12 --arr 48k
  csm account show northwind
  csm account edit northwind --renewal 2027-02-14 --notice-days 30 --tag emea
  csm account churn northwind --on 2026-11-30 --reason 'went to a competitor'
  csm account archive northwind            (--back brings it back)
  csm account merge 'Northwind Ltd' northwind
`csm account add --help` lists the options. The word none clears a field."""
OPTIONS = (
    ("--tier", "tier", "TIER", ", ".join(Tier)),
    ("--start", "started_on", "DAY", "the first day of the contract"),
    ("--arr", "arr", "AMOUNT", "a year's amount: 48000, 48k, '€1.2m'"),
    ("--currency", "currency", "CODE", "EUR, USD, ..."),
    ("--renewal", "renewal_on", "DAY", "the first day of the next term"),
    ("--notice-days", "notice_days", "N", "days before the renewal by which notice is given"),
    ("--seats", "seats", "N", "seats in the contract"),
    ("--domain", "domain", "NAME", "acme.com"),
    ("--owner", "owner", "NAME", "who else looks after it"),
    ("--interval", "interval_days", "N", "days between touchpoints, instead of the rule's"),
    ("--reviews", "review_days", "DAYS", "days between reviews, or none; rule: as the rule has it"),
    ("--review-kind", "review_kind", "KIND", "qbr or ebr"),
    ("--ae", "ae", "NAME", "the account executive"),
    ("--industry", "industry", "WORDS", "what they do"),
    ("--plan", "plan", "WORDS", "what they bought"),
    ("--term", "term_months", "N", "months of the term"),
    ("--auto-renew", "auto_renew", "yes|no", "whether it renews by itself"),
    ("--notes", "notes", "TEXT", "kept as it is"),
    ("--notice-served", "notice_served_on", "DAY", "notice was given on that day"),
    ("--auto-renew-off", "auto_renew_off_on", "DAY", "automatic renewal was switched off"),
)


CHOICES: dict[str, list[str]] = {"tier": [*Tier], "review_kind": [*PREPARED_BEFORE]}


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their options."""
    made = verbs(parser)
    for name, act, what, example in CHANGES:
        one = verb(made, name, act, what, example)
        one.add_argument("name", metavar="NAME", nargs="+", help=WHOSE[name])
        one.add_argument("--tag", action="append", default=[], metavar="WORD", help="a tag; again for more")
        if name == "edit":
            one.add_argument("--untag", action="append", default=[], metavar="WORD", help="take a tag away")
            one.add_argument("--name", dest="new_name", metavar="NAME", help="another name")
        for option, dest, metavar, told in OPTIONS:
            reads = choice(CHOICES[dest]) if dest in CHOICES else str
            one.add_argument(option, dest=dest, metavar=metavar, help=told, type=reads)
    one = verb(made, "show", _show, "all that is known of an account", "csm account show northwind")
    one.add_argument("name", metavar="NAME", nargs="+", help=ACCOUNT_HELP)
    one = verb(made, "churn", _churn, "mark an account as churned", "csm account churn northwind --on fri")
    one.add_argument("name", metavar="NAME", nargs="+", help=ACCOUNT_HELP)
    one.add_argument("--on", metavar="DAY", default="today", help="the day it left (default today)")
    one.add_argument("--reason", default="", metavar="WORDS", help="why")
    one = verb(made, "archive", _archive, "put an account away", "csm account archive northwind")
    one.add_argument("name", metavar="NAME", nargs="+", help=ACCOUNT_HELP)
    one.add_argument("--back", action="store_true", help="bring it back")
    one = verb(made, "merge", merging.merge, "put one account into another", "csm account merge 'Acme Inc' acme")
    merging.configure(one)


run = do_verb


def _add(chosen: argparse.Namespace, shell: Shell) -> int:
    name, row = chosen.name, values(chosen, shell.today)
    known: Row = {key: value for key, value in row.items() if value is not None}
    known.setdefault("currency", shell.settings.policy.money.currency)
    return _tell(shell, shell.do(add_account, AddAccount(name, known, tuple(chosen.tag))), "Added")


def _edit(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.name)
    row = values(chosen, shell.today)
    if chosen.new_name is not None:
        row["name"] = chosen.new_name.strip()
    changed = shell.do(edit_account, EditAccount(where.id, where.name, row, tuple(chosen.tag), tuple(chosen.untag)))
    return _tell(shell, where.id, "Changed" if changed else "So already:")


def _churn(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.name)
    wanted = ChurnAccount(where.id, where.name, day_gone_by(chosen.on, shell.today), chosen.reason)
    shell.do(churn_account, wanted)
    return _tell(shell, where.id, "Churned")


def _archive(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.name)
    shell.do(archive_account, ArchiveAccount(where.id, where.name, chosen.back))
    return _tell(shell, where.id, "Brought back" if chosen.back else "Archived")


def _show(chosen: argparse.Namespace, shell: Shell) -> int:
    from csm_tui.cli import card  # it loads every rule there is, which completing a name must not wait for

    found = _context(shell, shell.read(find_account, chosen.name).id)
    if shell.json:
        shell.emit(card.as_json(found))
    else:
        card.show(found, shell)
    return 0


def _tell(shell: Shell, account_id: int, did: str) -> int:
    """What stands in the book now: one line, or the account object."""
    from csm_tui.cli import card

    found = _context(shell, account_id)
    if shell.json:
        shell.emit(card.account_json(found))
    else:
        shell.out(f"{did} {card.in_a_line(found)}")
    return 0


def _context(shell: Shell, account_id: int) -> AccountContext:
    from csm_tui.views.account import account_context

    found = shell.read(account_context, account_id)
    if found is None:
        raise Refusal("The account is gone by now: `csm accounts` lists those that are there.")
    return found


WHOSE = {"add": "its name", "edit": ACCOUNT_HELP}
CHANGES = (
    ("add", _add, "a new account", "csm account add 'Northwind Traders' --start 2026-01-12 --arr 48k"),
    (
        "edit",
        _edit,
        "set facts of an account",
        "csm account edit northwind --renewal 2027-02-14 --seats none",
    ),
)
