"""csm contact: a person at an account, added, edited, left, back, deleted."""

from __future__ import annotations

from csm_tui.actions.contacts import (
    AddContact,
    ContactBack,
    ContactLeft,
    DeleteContact,
    EditContact,
    add_contact,
    contact_back,
    contact_left,
    delete_contact,
    edit_contact,
)
from csm_tui.cli.fields import ACCOUNT_HELP, NONE, choice, contact, day_gone_by
from csm_tui.cli.told import recovery
from csm_tui.cli.verbs import do_verb, verb, verbs
from csm_tui.domain.accounts import Role
from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.named import find_account

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell
    from csm_tui.domain.naming import Named
    from csm_tui.store.verbs import Row

SUMMARY = "Add, edit or delete a person at an account, or say that they left."
EPILOG = """\
  csm contact add northwind 'Jon Bell' --role champion --email jon@acme.com
  csm contact edit northwind jon --title 'VP Operations' --phone none
  csm contact left northwind jon --on fri
  csm contact back northwind jon
  csm contact delete northwind jon"""
FIELDS = ("role", "title", "email", "phone", "notes")


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their options."""
    made = verbs(parser)
    for name, act, what in (("add", _add, "a new person"), ("edit", _edit, "set facts of a person")):
        one = verb(made, name, act, what, "csm contact add northwind 'Jon Bell' --role champion")
        _who(one)
        one.add_argument("--role", type=choice(list(Role), NONE), metavar="ROLE", help=", ".join(Role))
        for field in FIELDS[1:]:
            one.add_argument(f"--{field}", metavar="TEXT", help=f"their {field}; none clears it")
        if name == "edit":
            one.add_argument("--name", dest="new_name", metavar="NAME", help="another name")
    one = verb(made, "left", _left, "say that a person left", "csm contact left northwind jon --on fri")
    _who(one)
    one.add_argument("--on", metavar="DAY", default="today", help="the day they left (default today)")
    for name, act, what in (("back", _back, "say that they did not leave"), ("delete", _delete, "take a person out")):
        _who(verb(made, name, act, what, f"csm contact {name} northwind jon"))


def _who(one: argparse.ArgumentParser) -> None:
    one.add_argument("account", metavar="ACCOUNT", help=ACCOUNT_HELP)
    one.add_argument("name", metavar="NAME", nargs="+", help="the person's name, or a part of it")


run = do_verb


def _add(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    known: Row = {key: value for key, value in _values(chosen).items() if value is not None}
    wanted = AddContact(where.id, where.name, chosen.name.strip(), known)
    shell.do(add_contact, wanted)
    return _tell(shell, where, f"Added {wanted.name} at {where.name}")


def _edit(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    person, row = shell.read(contact, where, chosen.name), _values(chosen)
    if chosen.new_name is not None:
        row["name"] = chosen.new_name.strip()
    wanted = EditContact(person.contact_id, person.name, where.name, row)
    shell.do(edit_contact, wanted)
    return _tell(shell, where, f"Changed {wanted.values.get('name') or person.name} at {where.name}")


def _left(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    person, on = shell.read(contact, where, chosen.name), day_gone_by(chosen.on, shell.today)
    if on > shell.today:
        raise Refusal(f"“{chosen.on}” is still to come: say so on the day they leave.")
    wanted = ContactLeft(person.contact_id, person.name, where.name, on)
    risk = shell.do(contact_left, wanted)
    _tell(shell, where, wanted.label)
    for line in () if shell.json else recovery(where, risk):
        shell.out(line)
    return 0


def _back(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    person = shell.read(contact, where, chosen.name)
    wanted = ContactBack(person.contact_id, person.name, where.name)
    shell.do(contact_back, wanted)
    return _tell(shell, where, wanted.label)


def _delete(chosen: argparse.Namespace, shell: Shell) -> int:
    where = shell.read(find_account, chosen.account)
    person = shell.read(contact, where, chosen.name)
    wanted = DeleteContact(person.contact_id, person.name, where.name)
    shell.do(delete_contact, wanted)
    return _tell(shell, where, f"Deleted {person.name} at {where.name}")


def _tell(shell: Shell, where: Named, did: str) -> int:
    if shell.json:
        shell.emit({"account": where.name, "account_id": where.id, "did": did})
    else:
        shell.out(f"{did}.")
    return 0


def _values(chosen: argparse.Namespace) -> Row:
    """The facts of a person that the options give; `none`, or nothing, clears one."""
    given = {field: getattr(chosen, field).strip() for field in FIELDS if getattr(chosen, field) is not None}
    return {field: None if text.casefold() in {NONE, ""} else text for field, text in given.items()}
