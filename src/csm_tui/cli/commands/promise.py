"""csm promise: one of either side added, edited, taken out; `csm done` keeps it."""

from __future__ import annotations

from datetime import date

from csm_tui.actions.promises import (
    AddPromise,
    DeletePromise,
    EditPromise,
    add_promise,
    delete_promise,
    edit_promise,
)
from csm_tui.cli.fields import ACCOUNT_HELP, NONE, choice, day, day_ahead, row_id
from csm_tui.cli.verbs import do_verb, done, verb, verbs
from csm_tui.domain.days import spoken
from csm_tui.domain.touchpoints import Side
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import account_of_promise, find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.naming import Named
    from csm_tui.store.verbs import Row, Value

SUMMARY = "Add, edit or delete a promise; `csm done p7` keeps it, `csm promises` lists them."
EPILOG = """\
  csm promise add northwind 'send usage by team' --by fri
  csm promise add northwind 'name a successor' --they --by 30.11
  csm promise edit p7 --by none --what 'send usage by team and month'
  csm promise delete p7"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their options."""
    made = verbs(parser)
    one = verb(made, "add", _add, "a new promise", "csm promise add northwind 'send usage' --by fri")
    one.add_argument("account", metavar="ACCOUNT", help=ACCOUNT_HELP)
    one.add_argument("what", metavar="WHAT", nargs="+", help="what is owed")
    one.add_argument("--by", metavar="DAY", help="fri, +2w, eom, 28.11")
    one.add_argument("--they", action="store_true", help="they owe it to us")
    one = verb(made, "edit", _edit, "set facts of a promise", "csm promise edit p7 --by fri")
    one.add_argument("id", metavar="ID", help="such as p7")
    one.add_argument("--what", metavar="WORDS", help="what is owed")
    one.add_argument("--by", metavar="DAY", help="another day; none clears it")
    one.add_argument("--side", type=choice(list(Side)), metavar="SIDE", help=", ".join(Side))
    one = verb(made, "delete", _delete, "take a promise out", "csm promise delete p7")
    one.add_argument("id", metavar="ID", help="such as p7")


run = do_verb


def _add(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    by = None if chosen.by is None else day_ahead(chosen.by, shell.today).isoformat()
    side = Side.THEIRS if chosen.they else Side.OURS
    values: Row = {"side": str(side), "what": " ".join(chosen.what).strip(), "due_on": by}
    wanted = AddPromise(where.id, where.name, values)
    return _tell(shell, where, shell.do(add_promise, wanted), wanted.label, by)


def _edit(chosen: argparse.Namespace, shell: Shell) -> int:
    promise_id, values = row_id(chosen.id, "p"), _values(chosen, shell)
    where = shell.read(account_of_promise, promise_id)
    wanted = EditPromise(promise_id, where.id, where.name, values)
    shell.do(edit_promise, wanted)
    return _tell(shell, where, promise_id, wanted.label, values.get("due_on"))


def _delete(chosen: argparse.Namespace, shell: Shell) -> int:
    promise_id = row_id(chosen.id, "p")
    where = shell.read(account_of_promise, promise_id)
    wanted = DeletePromise(promise_id, where.id, where.name)
    shell.do(delete_promise, wanted)
    return _tell(shell, where, promise_id, wanted.label)


def _values(chosen: argparse.Namespace, shell: Shell) -> Row:
    row: Row = {}
    if chosen.what is not None:
        row["what"] = chosen.what.strip()
    if chosen.by is not None:
        row["due_on"] = None if chosen.by.strip().casefold() == NONE else day(chosen.by, shell.today).isoformat()
    if chosen.side is not None:
        row["side"] = chosen.side
    return row


def _tell(shell: Shell, where: Named, promise_id: int, did: str, by: Value = None) -> int:
    """What was done, and by when it is owed as the day was read."""
    if shell.json:
        shell.emit({"id": f"p{promise_id}", "account": where.name, "account_id": where.id, "did": did})
        return 0
    told = f"{did} (p{promise_id})" if f"p{promise_id}" not in did else done(did)
    shell.out(told, f", by {spoken(date.fromisoformat(str(by)), shell.today)}" if by else "", ".")
    return 0
