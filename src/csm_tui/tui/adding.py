"""How the book is filled and mended by hand: add, edit, notes, left, delete, archive, merge."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from csm_tui.domain.due import ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.domain.playbooks import ONBOARDING
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.tui import drafts
from csm_tui.tui.keys import Needs
from csm_tui.tui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from csm_tui.settings import Settings
    from csm_tui.store.verbs import Row
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.fields import Field
    from csm_tui.tui.forms.saving import Deed
    from csm_tui.tui.keys_in_use import InUse
    from csm_tui.tui.pane import Chosen
    from csm_tui.views.editing import Editing

THINGS = {"person": "contact", "touch": "touchpoint", "promise": "promise"}
"""What the keys of rows begin with, and the table they speak of."""

ADDED = (
    ("touchpoint", "touchpoint", "l"), ("promise", "promise", "p"), ("contact", "contact", ""),
    ("plan", "plan: renewal, expansion, advocacy or another playbook", ""),
    ("step", "milestone, or another step of a plan", ""), ("account", "account", ""),
)  # fmt: skip


class Adding:
    """The actions of the app that add and mend. It stands apart from the app only to keep both short."""

    desk: Desk
    in_use: InUse
    settings: Settings
    screen: Any
    focused: Any
    suspend: Any
    push_screen: Callable[..., Any]
    ask_then: Callable[..., str]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    refused: Callable[[Needs], bool]
    log_on: Callable[[Chosen | None], None]
    choose_account: Callable[..., None]
    begin_review: Callable[[Chosen], None]
    begin_onboarding: Callable[[int, str], None]
    begin_plan: Callable[[int, str], None]

    def stands_on(self) -> tuple[str, int]:
        """The table and row of what the cursor stands on: the account itself where it is nothing finer."""
        chosen, key = self.chosen(), self.focused.key if isinstance(self.focused, Rows) else ""
        thing, _, number = key.partition("-")
        if thing in THINGS and number.isdigit():
            return THINGS[thing], int(number)
        if chosen is not None and chosen.item is not None and chosen.item.row_id:
            table = {ItemKind.PROMISE: "promise", ItemKind.MEETING: "touchpoint"}.get(chosen.item.kind)
            if table is not None:
                return table, chosen.item.row_id
        return "account", chosen.account_id if chosen is not None else 0

    def action_add(self) -> None:
        """Ask what to add; where there is no account yet, that is added, and where a plan is missing, that begins."""
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        chosen = self.chosen()
        if chosen is None:
            self._add("account")
            return
        if chosen.begins in REVIEW_KINDS:
            self.begin_review(chosen)
            return
        if chosen.begins == ONBOARDING:
            self.begin_onboarding(chosen.account_id, chosen.account)
            return
        choices = Choices(Choice(value, text, note) for value, text, note in ADDED)
        add = partial(self._add, chosen=chosen)  # the cursor may stand elsewhere by the answer
        self.push_screen(Picker(f"Add at {chosen.account}", choices, note_width=2), add)

    def _add(self, table: str | None, chosen: Chosen | None = None) -> None:
        from csm_tui.views.editing import blank

        account_id = chosen.account_id if chosen is not None and table != "account" else 0
        if table == "touchpoint":
            self.log_on(chosen)
        elif table == "plan" and chosen is not None:
            self.begin_plan(chosen.account_id, chosen.account)
        elif table:
            self.ask_for_form(lambda found: self._form(table, found, 0), blank, table, account_id)

    def action_edit(self) -> None:
        """Edit what the cursor stands on."""
        if not self.refused(Needs.ACCOUNT):
            table, row_id = self.stands_on()
            self._read(table, row_id, lambda found: self._form(table, found, row_id))

    def _read(self, table: str, row_id: int, then: Callable[[Editing], None]) -> None:
        from csm_tui.views.editing import editing

        def go_on(found: Editing | None) -> None:
            if found is None:
                self.tell("It is gone by now.", "warning")
            else:
                then(found)

        self.ask_for_form(go_on, editing, table, row_id)

    def _form(self, table: str, found: Editing | None, row_id: int) -> None:
        """A form on a row, or on a new one, with the draft that was kept."""
        from csm_tui.tui.forms.form import Form
        from csm_tui.tui.forms.records import fields_of
        from csm_tui.tui.forms.saving import wanted

        if found is None:
            self.tell("The account is gone.", "warning")
            return
        name = _draft_name(table, found, row_id)
        title = f"Edit {_called(table, found)}" if row_id else f"Add {'an' if table == 'account' else 'a'} {table}"
        title += f" at {found.account}" if table != "account" else ""

        def left(saved: bool | None) -> None:
            if saved is None:
                again = self.in_use.does("edit" if row_id else "add", "brings it back", ": ")
                self.tell(f"Kept as a draft{again}.")

        form = Form(
            title, fields_of(table, found), self.desk.today,
            save=lambda values, seen: self._save(name, wanted(table, found, row_id, values, seen)),
            keep=lambda text: self.desk.keep(drafts.keep, self.desk.path, name, text),
            draft=drafts.kept(self.desk.path, name), seen=found.seen,
            look=(lambda then: self._look_again(table, row_id, then)) if row_id else None,
        )  # fmt: skip
        self.push_screen(form, left)

    def _look_again(self, table: str, row_id: int, then: Callable[[Sequence[Field], Row], None]) -> None:
        """Read what a form is about anew; what is gone is said once it is saved."""
        from csm_tui.tui.forms.records import fields_of
        from csm_tui.views.editing import editing

        def go_on(found: Editing | None) -> None:
            if found is not None:
                then(fields_of(table, found), found.seen)

        self.ask_then(go_on, editing, table, row_id)

    def _save(self, name: str, deed: Deed) -> str:
        """Carry out what a form says; its draft goes once that is written."""
        return self.desk.do(*deed, then=lambda: drafts.forget(self.desk.path, name))

    def action_long_text(self) -> None:
        """The notes of the touchpoint, contact or account in the editor."""
        if self.refused(Needs.ACCOUNT):
            return
        table, row_id = self.stands_on()
        if table == "promise":
            self.tell("A promise has no notes: e edits it.")
        elif not self.settings.editor_command:
            self.tell("No editor is known: set VISUAL or EDITOR, or editor in the settings.", "warning")
        else:
            self._read(table, row_id, lambda found: self._write(table, row_id, found))

    def _write(self, table: str, row_id: int, found: Editing) -> None:
        from csm_tui.tui.forms.begun import with_text
        from csm_tui.tui.forms.editor import written_anew
        from csm_tui.tui.forms.saving import edited

        before = str(found.row.get("notes") or "")
        try:
            text = written_anew(self.settings.editor_command, before, self.suspend)
        except Refusal as refusal:
            self.tell(str(refusal), "error")
            return
        if text.rstrip("\n") == before.rstrip("\n"):
            self.tell("The notes stay as they were.")
            return
        book, name = self.desk.path, _draft_name(table, found, row_id)
        earlier = drafts.kept(book, name)
        mine = with_text(earlier, "notes", text, before)
        self.desk.keep(drafts.keep, book, name, mine)  # should the book refuse them
        wanted = edited(table, found, row_id, {"notes": text.rstrip("\n") or None}, found.seen)
        self.desk.do(*wanted, then=lambda: drafts.keep(book, name, earlier))

    def action_left(self) -> None:
        """The contact left, on a day; or is back."""
        table, row_id = self.stands_on()
        if table != "contact":
            self.tell("L works on a contact: tab goes to the people of an account.")
            return
        self._read(table, row_id, lambda found: self._left(row_id, found))

    def _left(self, contact_id: int, found: Editing) -> None:
        from csm_tui.tui.forms.begun import draft_of
        from csm_tui.tui.forms.form import Form
        from csm_tui.tui.forms.saving import back, gone, left_field

        if found.row["status"] == "left":
            self._ask(f"{found.row['name']} is marked as left. Are they back?", *back(contact_id, found))
            return
        form = Form(
            f"{found.row['name']} left {found.account}", [left_field()], self.desk.today,
            save=lambda values, _seen: self.desk.do(*gone(contact_id, found, values)), keep=lambda _text: None,
            draft=draft_of({"left_on": "today"}, {}),
        )  # fmt: skip
        self.push_screen(form)

    def action_delete(self) -> None:
        """Take out a touchpoint, a contact or a promise, after a question."""
        if self.refused(Needs.ACCOUNT):
            return
        table, row_id = self.stands_on()
        chosen = self.chosen()
        if chosen is not None and chosen.step is not None:
            self.tell("A step of a plan is not deleted: x skips it, with the reason.")
            return
        if table == "account":
            self.tell("An account is archived (A) or merged into another (M); nothing of it is deleted.")
            return
        self._read(table, row_id, lambda found: self._delete(table, row_id, found))

    def _delete(self, table: str, row_id: int, found: Editing) -> None:
        from csm_tui.tui.forms.saving import deleted

        question = f"Delete {_called(table, found)} at {found.account}? u would undo it."
        self._ask(question, *deleted(table, found, row_id))

    def _ask(self, question: str, action: Callable[..., Any], wanted: Any, told: tuple[str, ...] = ()) -> None:
        """Do it, if the answer is yes."""
        from csm_tui.tui.forms.confirm import Confirm

        self.push_screen(Confirm(question, told), lambda yes: self.desk.do(action, wanted) if yes else None)

    def action_archive(self) -> None:
        """Put the account away, or bring it back."""
        chosen = self.chosen()
        if not self.refused(Needs.ACCOUNT) and chosen is not None:
            self._read("account", chosen.account_id, self._archive)

    def _archive(self, found: Editing) -> None:
        from csm_tui.actions.archive import ArchiveAccount, archive_account

        back = found.row["archived_on"] is not None
        told = "It owes nothing then, and leaves Today, the lists and the totals; f still finds it."
        question = f"Bring {found.account} back?" if back else f"Archive {found.account}?"
        wanted = ArchiveAccount(found.account_id, found.account, back)
        self._ask(question, archive_account, wanted, () if back else (told,))

    def action_merge(self) -> None:
        """Choose the account that stays, and see what would move."""
        chosen = self.chosen()
        if not self.refused(Needs.ACCOUNT) and chosen is not None:
            self.choose_account(
                f"Merge {chosen.account} into", lambda into: self._merge(chosen, into), chosen.account_id
            )

    def _merge(self, chosen: Chosen, into: int) -> None:
        from csm_tui.actions.merge import MergeAccounts

        def known(found: Editing) -> None:
            self._rehearse(MergeAccounts(into, found.account, chosen.account_id, chosen.account))

        self._read("account", into, known)

    def _rehearse(self, wanted: Any) -> None:
        from csm_tui.actions.merge import merge_accounts
        from csm_tui.exchange.merge_preview import merge_preview, sentences

        def ask(merged: Any) -> None:
            self._ask(f"{wanted.label}?", merge_accounts, wanted, tuple(sentences(merged, wanted)))

        self.ask_for_form(ask, merge_preview, wanted)


def _draft_name(table: str, found: Editing, row_id: int) -> str:
    """The form on a row, or on a new one of an account, as drafts know it."""
    return f"form-{table}-{row_id}-{found.account_id if not row_id else ''}"


def _called(table: str, found: Editing) -> str:
    """What a row is called in a title or a question."""
    row = found.row
    return {
        "account": found.account, "contact": str(row.get("name")), "promise": f"the promise “{row.get('what')}”",
        "touchpoint": f"the {row.get('kind')} of {row.get('day')}",
    }[table]  # fmt: skip
