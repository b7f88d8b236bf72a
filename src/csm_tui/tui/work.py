"""What the keys do with what the cursor stands on: each opens a form or carries out a command through the desk."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from csm_tui.domain.days import spoken
from csm_tui.domain.due import STEP_LETTER, ItemKind
from csm_tui.domain.renewals import Alarm, year_on
from csm_tui.domain.reviews import asked_for
from csm_tui.domain.touchpoints import REVIEW_KINDS
from csm_tui.tui import drafts
from csm_tui.tui.keys import Needs
from csm_tui.tui.pane import Chosen, Pane
from csm_tui.views.account import account_context
from csm_tui.views.today import account_items, as_it_stands

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.actions.steps import DoneStep
    from csm_tui.domain.due import Item
    from csm_tui.domain.plans import Step
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.keys_in_use import InUse
    from csm_tui.views.account import AccountContext

SKIPPED: dict[str, tuple[str, str]] = {
    ItemKind.STEP: ("Skip: {}", "why? (the reason stays with it)"),
    ItemKind.REVIEW: ("Let go: {}", "why is it not held?"),
    ItemKind.ESCALATION: ("End: {}", "how did it end?"),
}
"""What `x` asks about an item of a plan, by its kind."""


def review_line(item: Item) -> str:
    """The line of a review that was held, with the notes it is asked for."""
    from csm_tui.actions.plan_items import review_kind

    return asked_for(f"{review_kind(item)} ")


def _has_day_to_come(item: Item) -> bool:
    """Whether it can be moved to a day: some have none of their own, nor has a check-in that is past its latest day."""
    if item.kind is ItemKind.CHECK_IN and item.standing is not None:
        return item.standing.booked_on is not None or item.standing.latest_on > item.today
    return item.kind not in {ItemKind.STEP, ItemKind.ESCALATION, ItemKind.RENEWAL}


class Work:
    """The actions of the app. It stands apart from the app only to keep both short."""

    desk: Desk
    in_use: InUse
    ask_for_form: Callable[..., None]
    push_screen: Callable[..., Any]
    ask_then: Callable[..., str]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    choose_account: Callable[..., None]
    seen: Callable[[int], AccountContext | None]
    refused: Callable[[Needs], bool]
    snooze_marked: Callable[[Pane], None]
    step_done: Callable[[Step, str], None]
    gate_done: Callable[[DoneStep], None]
    step_moved: Callable[[Step, str], None]
    step_skipped: Callable[[Step, str], None]
    move_step_of: Callable[[int, str], None]

    if TYPE_CHECKING:

        @property
        def marks(self) -> Pane | None:
            """The pane whose marked rows the keys work on, if there is one."""

    def _on_item(self, then: Callable[[Item], None]) -> None:
        """Go on with the due item under the cursor; on an account, with what is most pressing there."""
        chosen = self.chosen()
        if chosen is None:
            self.refused(Needs.ACCOUNT)
        elif chosen.item is not None:
            then(chosen.item)
        elif chosen.step is not None:
            step = chosen.step
            self.ask_for_form(lambda items: self._item_of(items, step, then), account_items, chosen.account_id)
        else:
            self.ask_for_form(
                lambda items: self._most_pressing(items, chosen.account, then), account_items, chosen.account_id
            )

    def _on_step(self, work: Callable[[Step, str], None], then: Callable[[Item], None]) -> None:
        """Go on with the step under the cursor; where it is on none, with the due item."""
        chosen = self.chosen()
        if chosen is not None and chosen.step is not None:
            work(chosen.step, chosen.account)
        else:
            self._on_item(then)

    def _item_of(self, items: list[Item], step: Step, then: Callable[[Item], None]) -> None:
        """Go on with the due item that a step is."""
        found = next((item for item in items if item.id == f"{STEP_LETTER}{step.step_id}"), None)
        if found is None:
            self.tell(f"“{step.title}” is not due: it is closed, or a gate before it is open.")
        else:
            then(found)

    def _most_pressing(self, items: list[Item], account: str, then: Callable[[Item], None]) -> None:
        if items:
            then(items[0])
        else:
            self.tell(f"Nothing is due with {account}.")

    def action_log(self) -> None:
        """Log a touchpoint with the account under the cursor, or the review; without one, choose the account first."""
        self.log_on(self.chosen())

    def log_on(self, chosen: Chosen | None) -> None:
        """The same for what was chosen."""
        item = None if chosen is None else chosen.item
        self._log_with(chosen, "" if item is None or item.kind is not ItemKind.REVIEW else review_line(item))

    def action_promise(self) -> None:
        """The log line with a promise begun."""
        self._log_with(self.chosen(), ">")

    def _log_with(self, chosen: Chosen | None, text: str) -> None:
        if chosen is None:
            self.choose_account("Log a touchpoint with", lambda account_id: self.log_with(account_id, text))
        else:
            self.log_with(chosen.account_id, text)

    def log_with(self, account_id: int, text: str) -> None:
        """Open the log form on an account, with the draft that was kept, if there is one."""
        kept = drafts.kept(self.desk.path, f"log-{account_id}")
        begun = f"{kept} {text}" if kept and text == ">" else kept or text
        seen = self.seen(account_id)
        if seen is not None:
            self._log_form(seen, begun, text)
        else:
            self.ask_for_form(lambda data: self._log_form(data, begun, text), account_context, account_id)

    def _log_form(self, data: AccountContext | None, text: str, offered: str) -> None:
        from csm_tui.tui.forms.log import LogForm

        if data is None:
            self.tell("The account is gone.", "warning")
            return
        form = f"log-{data.line.facts.account_id}"

        def answered(answer: Any) -> None:
            if answer is not None:
                self._logged(form, answer)

        keep = partial(self._keep, form)
        self.push_screen(LogForm(data, self.desk.today, text, keep, offered), answered)

    def _keep(self, form: str, text: str) -> None:
        self.desk.keep(drafts.keep, self.desk.path, form, text)

    def _logged(self, form: str, answer: Any) -> None:
        self._keep(form, answer.text)
        if answer.command is None:
            if answer.text.strip():
                self.tell(f"Kept as a draft{self.in_use.does('log', 'brings it back', ': ')}.")
            return
        from csm_tui.actions.touchpoints import log_touchpoint

        self.desk.do(log_touchpoint, answer.command, light=True, then=lambda: drafts.forget(self.desk.path, form))

    def action_done(self) -> None:
        """Done, in the way of the item: a promise is kept, talk is logged, a renewal gets its new day."""
        chosen = self.chosen()
        if chosen is not None and chosen.step is not None:
            self.step_done(chosen.step, chosen.account)
        elif chosen is not None and chosen.item is None:
            self.log_with(chosen.account_id, "")
        else:
            self._on_item(self._done_item)

    def _done_item(self, item: Item) -> None:
        from csm_tui.actions import items

        if item.kind is ItemKind.MEETING:
            kind = item.what.split(":")[0]
            line = f"{item.due_on.isoformat()} {kind} "
            self.log_with(item.account.account_id, asked_for(line) if kind in REVIEW_KINDS else line)
        elif items.needs_day(item):
            self._renewed(item)
        elif item.kind is ItemKind.REVIEW:
            self.log_with(item.account.account_id, review_line(item))
        elif items.needs_line(item):
            signal = " #renewal" if items.alarm_of(item) in {Alarm.OPT_OUT, Alarm.TERMINATION} else ""
            self.log_with(item.account.account_id, f"call{signal} " if signal else "")
        elif item.kind is ItemKind.STEP and item.of_plan:
            from csm_tui.actions.steps import DoneStep

            self.gate_done(DoneStep(item.row_id, item.what, item.account.name))
        else:
            self.desk.do(items.done_item, items.DoneItem(item), light=item.of_plan)

    def _renewed(self, item: Item) -> None:
        from csm_tui.actions import items
        from csm_tui.tui.forms.ask import Ask

        old = item.account.renewal_on or self.desk.today
        day = year_on(old).isoformat()
        hint = "Until which day does the new term run? (A customer who left: csm account churn NAME.)"

        def save(asked: Asked) -> str:
            return self.desk.do(items.done_item, items.DoneItem(item, None, asked.day), light=True)

        self.push_screen(Ask(f"{item.account.name} renewed", self.desk.today, save=save, day=day, hint=hint))

    def action_snooze(self) -> None:
        """Put the item off, or all that are marked; a must-do only to tomorrow."""
        if self.marks is not None:
            self.snooze_marked(self.marks)
        else:
            self._on_item(self._snooze)

    def _snooze(self, item: Item) -> None:
        from csm_tui.actions import items
        from csm_tui.tui.forms.ask import Ask

        hint = "A must-do can be put off only to tomorrow." if item.must_do else ""
        title, why = f"Snooze: {item.what}", "why? (may stay empty)"

        def save(asked: Asked) -> str:
            return self.desk.do(items.snooze_item, items.SnoozeItem(item, asked.given, asked.words), light=True)

        self.push_screen(Ask(title, self.desk.today, save=save, day="tomorrow", words=why, hint=hint))

    def action_move(self) -> None:
        """Move a promise, a meeting or a step; for a check-in, book a call."""
        self._on_step(self.step_moved, self._move)

    def _move(self, item: Item) -> None:
        from csm_tui.actions import items
        from csm_tui.tui.forms.ask import Ask

        tomorrow, shown = self.desk.today + timedelta(days=1), [item]
        if item.of_plan and item.kind is ItemKind.STEP:
            self.move_step_of(item.row_id, item.account.name)
            return
        if not _has_day_to_come(item):
            self.desk.do(items.move_item, items.MoveItem(item, tomorrow), light=True)  # refused, with the reason
            return

        def save(asked: Asked) -> str:
            return self.desk.do(items.move_item, items.MoveItem(shown[-1], asked.given), light=True)

        title, day, hint = f"Move: {item.what}", tomorrow.isoformat(), self._what_moving_does(item)
        look = partial(self.ask_then, shown.append, as_it_stands, item)
        self.push_screen(Ask(title, self.desk.today, save=save, day=day, hint=hint, look=look))

    def _what_moving_does(self, item: Item) -> str:
        """Of an item whose new day is a booking; empty for the others."""
        if item.kind is ItemKind.CHECK_IN and item.latest_on is not None:
            return f"Books a call; the latest day is {spoken(item.latest_on, self.desk.today)}."
        return "Books the review; its preparation is dated back from that day." if item.of_plan else ""

    def action_skip(self) -> None:
        """It did not happen, or will not."""
        self._on_step(self.step_skipped, self._skip)

    def _skip(self, item: Item) -> None:
        from csm_tui.actions import items
        from csm_tui.tui.forms.ask import Ask

        if not (item.of_plan or item.kind in {ItemKind.MEETING, ItemKind.PROMISE}):
            self.desk.do(items.drop_item, items.DropItem(item), light=True)  # refused, with the reason
            return

        def save(asked: Asked) -> str:
            return self.desk.do(items.drop_item, items.DropItem(item, asked.words), light=True)

        title, why = SKIPPED.get(item.kind if item.of_plan else "", ("Did not happen: {}", "why? (may stay empty)"))
        self.push_screen(Ask(title.format(item.what), self.desk.today, save=save, words=why))
