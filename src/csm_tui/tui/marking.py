"""How many rows are worked on at once: marked, then put off, or given a tier, an owner, a tag, with a preview."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.domain.accounts import Tier
from csm_tui.tui.keys import Needs

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.domain.due import Item
    from csm_tui.tui.desk import Desk
    from csm_tui.tui.forms.ask import Asked
    from csm_tui.tui.pane import Pane
    from csm_tui.tui.screens.workspace import Workspace
    from csm_tui.views.bulk import Preview

CHANGES = (
    ("tier", "set the tier"),
    ("owner", "set the owner"),
    ("tag", "add a tag"),
    ("untag", "remove a tag"),
    ("snooze", "put off what is due"),
    ("copy", "copy as text"),
)


class Marking:
    """The actions of the app on marked rows. It stands apart from the app only to keep both short."""

    desk: Desk
    workspace: Workspace
    screen: Any
    push_screen: Callable[..., Any]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    refused: Callable[[Needs], bool]
    action_copy: Callable[[], None]

    @property
    def marks(self) -> Pane | None:
        """The pane in use, if rows of it are marked and it has the keys."""
        pane = self.workspace.pane_in_use
        return pane if self.screen is self.workspace and pane.has_focus and pane.marked else None

    def action_mark(self) -> None:
        """Mark the row under the cursor, or take the mark off, and go on to the next row."""
        pane = self.workspace.pane_in_use
        if self.refused(Needs.PANES):
            return
        if pane.key not in pane.lines:
            self.tell("There is no row under the cursor to mark.", "warning")
            return
        pane.mark(pane.marked ^ {pane.key})
        pane.action_move(1)

    def action_mark_all(self) -> None:
        """Mark all rows that are shown; when they all are, take the marks off."""
        pane = self.workspace.pane_in_use
        if self.refused(Needs.PANES):
            return
        shown = set(pane.shown_keys)
        if not shown:
            self.tell("There are no rows to mark.", "warning")
        pane.mark(pane.marked - shown if shown <= pane.marked else pane.marked | shown)

    def action_bulk(self) -> None:
        """Choose what is done with the marked rows, or with the one under the cursor."""
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        if self.refused(Needs.PANES):
            return
        pane = self.workspace.pane_in_use
        ids = self._accounts(pane)
        if not ids:
            self.tell("There is no account under the cursor.", "warning")
            return
        ways: dict[str, Callable[[tuple[int, ...]], None]] = {
            "tier": self._tier, "owner": self._owner, "tag": self._tag, "untag": self._untag,
            "snooze": lambda _ids: self.snooze_marked(pane), "copy": lambda _ids: self.action_copy(),
        }  # fmt: skip

        def answered(way: str | None) -> None:
            if way:
                ways[way](ids)

        count = f"{len(ids):,} account{'' if len(ids) == 1 else 's'}"
        self.push_screen(Picker(count, Choices([Choice(value, text) for value, text in CHANGES])), answered)

    @staticmethod
    def _accounts(pane: Pane) -> tuple[int, ...]:
        """The accounts of the rows that are worked on, each once."""
        return tuple(dict.fromkeys(pane.account_of(pane.lines[key]).account_id for key in pane.worked_on))

    def _tier(self, ids: tuple[int, ...]) -> None:
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        def answered(tier: str | None) -> None:
            if tier:
                self._value(ids, "tier", tier)

        self.push_screen(Picker("Which tier?", Choices([Choice(tier, tier) for tier in map(str, Tier)])), answered)

    def _owner(self, ids: tuple[int, ...]) -> None:
        self._ask_words(
            "Set the owner", "whose? (empty: nobody's)", lambda words: self._value(ids, "owner", words or None)
        )

    def _tag(self, ids: tuple[int, ...]) -> None:
        self._ask_words("Add a tag", "one word", lambda words: self._tagged(ids, words, give=True))

    def _untag(self, ids: tuple[int, ...]) -> None:
        from csm_tui.views.bulk import tags_there

        self.ask_for_form(lambda tags: self._pick_tag(ids, tags), tags_there, ids)

    def _pick_tag(self, ids: tuple[int, ...], tags: list[tuple[str, int]]) -> None:
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        if not tags:
            self.tell("They have no tags.")
            return

        def answered(tag: str | None) -> None:
            if tag:
                self._tagged(ids, tag, give=False)

        self.push_screen(
            Picker("Which tag?", Choices([Choice(tag, tag, f"{n:,}") for tag, n in tags]), note_width=6), answered
        )

    def _ask_words(self, title: str, words: str, then: Callable[[str], None]) -> None:
        from csm_tui.tui.forms.ask import Ask

        def save(asked: Asked) -> str:
            then(asked.words)
            return ""

        self.push_screen(Ask(title, self.desk.today, save=save, words=words))

    def _value(self, ids: tuple[int, ...], column: str, value: str | None) -> None:
        from csm_tui.actions.bulk import ChangeAccounts
        from csm_tui.views.bulk import value_preview

        wanted = ChangeAccounts(ids, f"{column} {value or 'none'}", values=((column, value),))
        self.ask_for_form(lambda seen: self._confirm(seen, wanted), value_preview, ids, column, value)

    def _tagged(self, ids: tuple[int, ...], words: str, *, give: bool) -> None:
        from csm_tui.actions.bulk import ChangeAccounts
        from csm_tui.actions.tagging import as_tag
        from csm_tui.views.bulk import tag_preview

        tag = as_tag(words) if give else words
        tags = (tag,)
        wanted = ChangeAccounts(
            ids, f"{'add' if give else 'remove'} tag {tag}", tags=tags if give else (), untags=() if give else tags
        )

        def seen(preview: Preview) -> None:
            self._confirm(preview, wanted)

        self.ask_for_form(seen, lambda reading: tag_preview(reading, ids, tag, give=give))

    def _confirm(self, preview: Preview, wanted: Any) -> None:
        """Say what would change, and change it after a yes; the question stays until that is written."""
        from csm_tui.actions.bulk import change_accounts
        from csm_tui.tui.forms.confirm import Confirm

        if not preview.changes:
            self.tell(preview.sentence)
            return

        self.push_screen(Confirm(preview.sentence, save=lambda: self.desk.do(change_accounts, wanted, light=True)))

    def snooze_marked(self, pane: Pane) -> None:
        """Put off the items that are worked on, or what is most pressing at each account that is."""
        from csm_tui.views.bulk import most_pressing

        keys = pane.worked_on
        items = [chosen.item for key in keys if (chosen := pane.chosen_of(key)) is not None and chosen.item is not None]
        if items:
            self._snooze_all(items)
        else:
            self.ask_for_form(self._snooze_all, most_pressing, self._accounts(pane))

    def _snooze_all(self, items: list[Item]) -> None:
        from csm_tui.actions.bulk import SnoozeItems, snooze_items
        from csm_tui.tui.forms.ask import Ask

        if not items:
            self.tell("Nothing is due with them.")
            return
        musts = sum(bool(item.must_do) for item in items)
        hint = f"{musts:,} of them {'is a must-do and comes' if musts == 1 else 'are must-dos and come'} back tomorrow."

        def save(asked: Asked) -> str:
            return self.desk.do(snooze_items, SnoozeItems(tuple(items), asked.given, asked.words), light=True)

        title = f"Snooze {len(items):,} item{'' if len(items) == 1 else 's'}"
        why, hint = "why? (may stay empty)", hint if musts else ""
        self.push_screen(Ask(title, self.desk.today, save=save, day="tomorrow", words=why, hint=hint))
