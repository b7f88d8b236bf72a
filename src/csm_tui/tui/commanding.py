"""How commands and accounts are found by name: the palette, the keys of a screen, and why one cannot be run now."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from csm_tui.tui import keys
from csm_tui.tui.keys import Needs, Topic

if TYPE_CHECKING:
    from collections.abc import Callable

    from csm_tui.store.queries.looks import Look
    from csm_tui.tui.keys import Key
    from csm_tui.tui.keys_in_use import InUse
    from csm_tui.tui.pane import Chosen
    from csm_tui.tui.screens.workspace import Workspace
    from csm_tui.tui.widgets.choices import Choices

NOTE = 8
EMPTY = "The book is empty: I imports your lists, a adds the first account."


class Commanding:
    """The actions of the app that find other actions. It stands apart from the app only to keep both short."""

    workspace: Workspace
    screen: Any
    recent: list[str]
    in_use: InUse
    look: Look | None
    push_screen: Callable[..., Any]
    pop_screen: Callable[..., Any]
    ask_then: Callable[..., str]
    ask_for_form: Callable[..., None]
    tell: Callable[..., None]
    chosen: Callable[[], Chosen | None]
    open_account: Callable[[int], None]
    call_later: Callable[..., Any]
    run_action: Callable[..., Any]
    run_in_list: Callable[[str], Any]

    def why_not(self, needs: Needs) -> str:
        """Why a key can do nothing here and now; empty when it can."""
        chosen = self.chosen()
        at_home = self.screen is self.workspace
        if needs is Needs.PANES and not at_home:
            return "That works on the panes: esc goes back to them."
        if needs is Needs.UNOPENED and not at_home:
            return "This is the account: esc goes back to the panes."
        if needs in {Needs.BOOK, Needs.ACCOUNT, Needs.UNOPENED} and self.workspace.is_empty:
            return EMPTY
        if needs in {Needs.ACCOUNT, Needs.UNOPENED} and chosen is None:
            return "There is no account under the cursor; f goes to one, a adds one."
        if needs is Needs.WHY and (chosen is None or not chosen.why):
            return "This line is a plain fact: there is no arithmetic behind it."
        if needs is Needs.LOOK and self.look is None:
            return "This is the first look at this book: from the next one on, N lists what came about in between."
        return ""

    def refused(self, needs: Needs) -> bool:
        """Whether a key can do nothing here; if so, say why."""
        reason = self.why_not(needs)
        if reason:
            self.tell(reason, "warning" if needs in {Needs.BOOK, Needs.ACCOUNT} else "information")
        return bool(reason)

    def keys_here(self) -> tuple[Key, ...]:
        """The keys of the screen on top: its own, and those of the app unless it is a box above everything."""
        own: tuple[Key, ...] = getattr(self.screen, "KEYS", ())
        everywhere = () if self.screen.is_modal else keys.WORK
        return self.in_use.of((*own, *everywhere, *keys.LIST))

    def action_palette(self) -> None:
        """Every command, saved filter and account in one list."""
        from csm_tui.tui.palette import commands, everything

        here = self.keys_here()
        listed = [choice for choice in commands(here, self.why_not) if choice.topic != Topic.LIST]
        self.ask_for_form(lambda found: self._pick_any(found, here), everything, listed, tuple(self.recent))

    def action_keys(self) -> None:
        """The keys of this screen, to filter and to run."""
        from csm_tui.tui.palette import commands
        from csm_tui.tui.widgets.choices import Choices
        from csm_tui.tui.widgets.picker import Picker

        here = self.keys_here()
        choices = Choices(commands(here, self.why_not))
        form = Picker("Keys", choices, note_width=NOTE, hint="a part of it; csm help in the shell has every page")
        self.push_screen(form, lambda value: self._take(value, here))

    def _pick_any(self, found: Choices, here: tuple[Key, ...]) -> None:
        from csm_tui.tui.widgets.picker import Picker

        form = Picker(
            "Palette", found, note_width=NOTE, note_right=True, hint="type a part of a command, a filter or an account"
        )
        self.push_screen(form, lambda value: self._take(value, here))

    def _take(self, value: str | None, here: tuple[Key, ...]) -> None:
        """Open the account that was taken, filter by the filter, or run the command; and remember it."""
        from csm_tui.tui.palette import ACCOUNT, FILTER
        from csm_tui.tui.widgets.choices import RECENT

        if not value:
            return
        self.recent[:] = [value, *(one for one in self.recent if one != value)][:RECENT]
        if value.startswith(ACCOUNT):
            self.open_account(int(value.removeprefix(ACCOUNT)))
        elif value.startswith(FILTER):
            self._filter_by(value.removeprefix(FILTER))
        else:
            self._run_by_id(value, here)

    def _filter_by(self, name: str) -> None:
        """Filter the pane in use by a saved filter, from wherever this is."""
        while self.screen is not self.workspace:
            self.pop_screen()
        self.call_later(self.workspace.open_filter, f"={name}")

    def _run_by_id(self, value: str, here: tuple[Key, ...]) -> None:
        key = next(key for key in here if key.id == value)
        if not self.refused(key.needs):
            self._run(key)

    def _run(self, key: Key) -> None:
        """Run a key's action where it is at home: in the list, on the screen, or in the app."""
        if key.topic is Topic.LIST:
            self.call_later(self.run_in_list, key.action)
        elif key.topic is Topic.HERE:
            self.call_later(self.screen.run_action, key.action)
        else:
            self.call_later(self.run_action, key.action)

    def action_goto(self) -> None:
        """Choose any account of the book."""
        self.choose_account("Go to", self.open_account)

    def choose_account(self, title: str, then: Callable[[int], None], without: int = 0) -> None:
        """Choose an account of the book for something; `without` is the one that makes no sense there."""
        from csm_tui.views.named import all_names

        self.ask_then(
            lambda named: self._pick_account(title, [one for one in named if one.id != without], then), all_names
        )

    def _pick_account(self, title: str, named: list[Any], then: Callable[[int], None]) -> None:
        from csm_tui.tui.widgets.choices import Choice, Choices
        from csm_tui.tui.widgets.picker import Picker

        if not named:
            self.tell(EMPTY, "warning")
            return
        choices = Choices(Choice(str(one.id), one.name) for one in named)

        def answered(value: str | None) -> None:
            if value:
                then(int(value))

        self.push_screen(Picker(title, choices), answered)
