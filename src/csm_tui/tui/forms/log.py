"""Log a touchpoint: one line, read as it is typed, with what it will change shown below."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from textual import events
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.widgets import Static

from csm_tui.actions.touchpoints import LogTouchpoint, proper
from csm_tui.domain.cadence import standing
from csm_tui.domain.days import spoken
from csm_tui.domain.errors import Refusal
from csm_tui.domain.logline import LogLine, parse
from csm_tui.domain.naming import Person, fitting, person_meant, person_named
from csm_tui.domain.promises import SLIP_NEEDS
from csm_tui.domain.reviews import OUTCOMES, answered
from csm_tui.domain.signals import suggested
from csm_tui.domain.touchpoints import RISK_SIGNALS, Direction, Kind, Mood, Side, State
from csm_tui.tui.forms.line_input import LineInput
from csm_tui.tui.forms.log_preview import ROOMY, Preview, field, kinds, moods, said
from csm_tui.tui.forms.log_review import of_review
from csm_tui.tui.widgets.cells import Column, line, wrap
from csm_tui.tui.widgets.dialog import Dialog
from csm_tui.tui.widgets.sheet import Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from textual.app import ComposeResult

    from csm_tui.views.account import AccountContext

MOOD_SIGNS = {Mood.WORRIED: ":(", Mood.MIXED: ":|", Mood.HAPPY: ":)"}


SAMPLE = "call @jon what was said :) >promise by fri"
HINT = f"Type it as you would say it: {SAMPLE}"
NAME = 24
"""Of a longer name the border shows no more, so that its keys can be read."""
EDGES = 4
"""Of a terminal as narrow as the form, what the hint cannot stand on."""
REVIEW_HINT = "Who was there and what was agreed; ↓ goes on to what came of it"


class LogAnswer(NamedTuple):
    """What came of the form: a command to carry out, or None with the text to keep as a draft."""

    command: LogTouchpoint | None
    text: str


class LogForm(Dialog[LogAnswer]):
    """One line with a live preview."""

    CSS = """
    LogForm .dialog { width: 82; }
    LogForm #hint { color: $text-muted; height: 1; text-wrap: nowrap; text-overflow: ellipsis; margin: 0 0 1 0; }
    LogForm #entry { height: auto; }
    LogForm #prompt { width: 2; color: $border; text-style: bold; }
    LogForm #line {
        height: auto; max-height: 6; min-height: 1; width: 1fr; border: none; padding: 0; background: $surface;
    }
    LogForm #line:focus { border: none; }
    LogForm Preview { margin: 1 0 0 0; height: auto; }
    .-narrow LogForm .dialog, LogForm.-narrow .dialog { padding: 0 1; width: 100%; max-width: 100%;
      max-height: 100%; }
    """

    def __init__(
        self, data: AccountContext, today: date, text: str, changed: Callable[[str], None], offered: str = ""
    ) -> None:
        super().__init__()
        self._data, self._today, self._text, self._offered = data, today, text, offered
        self._changed = changed
        self._people = [Person(person.contact_id, person.name, person.active) for person in data.people]
        self._sentence = ""
        self._read: tuple[str, LogLine] | None = None

    def compose(self) -> ComposeResult:
        """The line and the preview."""
        with Vertical(classes="dialog") as box:
            box.border_title = Content("Log a touchpoint")
            (name,) = wrap(self._data.line.facts.name, NAME, 1)
            box.border_subtitle = Content(f"{name} · ⏎ save · esc keep for later")
            yield Static("", id="hint", markup=False)
            with Horizontal(id="entry"):
                yield Static("❯", id="prompt", markup=False)
                yield LineInput(self._text, self._reading)
            yield Preview(id="preview")

    def on_mount(self) -> None:
        """The cursor stands at the end of what is there; of notes that are only asked for, at the end of the line."""
        entry = self.query_one(LineInput)
        entry.focus()
        entry.move_cursor(entry.document.end if self._notes else (0, len(self._line)))
        self._preview()

    def _reading(self, text: str) -> LogLine:
        """The line as it is read, remembered while it does not change."""
        if self._read is None or self._read[0] != text:
            self._read = (text, parse(text, self._today))
        return self._read[1]

    @property
    def _line(self) -> str:
        return self.query_one(LineInput).document.get_line(0)

    @property
    def _notes(self) -> str:
        return answered("\n".join(self.query_one(LineInput).text.split("\n")[1:]))

    def on_text_area_changed(self) -> None:
        """Read anew, and keep a draft."""
        self._preview()
        self._changed(self.query_one(LineInput).text)

    def _preview(self) -> None:
        read = self._reading(self._line)
        rows = [*self._fields(read), Row("", lambda _width: []), *self._told(read)]
        preview = self.query_one(Preview)
        preview.styles.height = len(rows)
        preview.fill(rows)

    def _fields(self, read: LogLine) -> list[Row]:
        when = f"{spoken(read.day, self._today)}{f' {read.time}' if read.time else ''}"
        minutes = str(read.minutes or "–")
        narrow = 0 < self.query_one(Preview).size.width < ROOMY
        rows = [
            field("account", self._data.line.facts.name, "bold", ("when", when), ("minutes", minutes)),
            *([field("when", when + (f", {minutes} min" if read.minutes else ""))] if narrow else []),
            Row("kind", lambda width: line(width, [Column("kind", 10, "muted"), *kinds(read, width)], gap=0)),
            Row("mood", lambda width: line(width, [Column("mood", 10, "muted"), *moods(read)], gap=0)),
            field("people", self._named(read) or "–", "" if read.contacts else "muted"),
            field("summary", read.words or "–", "" if read.words else "muted"),
        ]
        if read.pulse is not None:
            rows.append(field("pulse", f"{read.pulse} of 5", "warning"))
        if read.signals:
            rows.append(field("signal", " ".join(f"#{signal}" for signal in read.signals), "error"))
        rows += [self._promise(number, read) for number in range(len(read.promises))]
        if self._notes:
            rows.append(field("notes", f"{len(self._notes.splitlines())} lines, kept as they are", "muted"))
        return rows

    def _named(self, read: LogLine) -> str:
        names = []
        for typed in read.contacts:
            person, near = person_named(self._people, typed), fitting(self._people, typed)
            names.append(person.name if person else f"{' or '.join(near)}?" if near else f"{proper(typed)} (new)")
        return ", ".join(names)

    def _promise(self, number: int, read: LogLine) -> Row:
        promise = read.promises[number]
        by = f"by {spoken(promise.due_on, self._today)}" if promise.due_on else "no day"
        label = "promise" if promise.side is Side.OURS else "they owe"
        return Row(
            "",
            lambda width: line(
                width,
                [Column(label, 9, "muted"), Column(promise.what, 0, "accent"), Column(by, len(by) + 1, right=True)],
            ),
        )

    def _told(self, read: LogLine) -> list[Row]:
        """What the line will change, and what it offers."""
        width = self.query_one(Preview).size.width
        return [row for sign, role, told in self._sentences(read) for row in said(sign, role, told, width)]

    def _sentences(self, read: LogLine) -> Iterator[tuple[str, str, str]]:
        for word in read.impossible:
            yield "▲", "error", f"“{word}” is not a day of the calendar: write one that is."
        if not read.impossible:
            yield self._effect(read)
            if recovers := self._recovers(read):
                yield "▲", "error", recovers
            yield from of_review(read, self._data)
        slip = self._data.slip
        if read.promises and slip:
            yield "◆", "warning", f"Our promises here were late by {slip:g} d in the median (of {SLIP_NEEDS} or more)."
        offer = suggested(read.words)
        if offer is not None and offer[1] not in read.signals:
            yield "◆", "warning", f"“{offer[0]}” reads like #{offer[1]}: ctrl+r adds it."
        if self._sentence:
            yield "▲", "error", self._sentence

    def _effect(self, read: LogLine) -> tuple[str, str, str]:
        owed = self._data.line.standing
        if read.is_empty:
            return "·", "muted", "Nothing is said yet."
        if not read.is_touchpoint:
            return "✓", "success", "Recorded without a touchpoint: the check-in stays as it is."
        if read.state is State.BOOKED:
            booked = f"Books {spoken(read.day, self._today)}; on that day Today asks whether it was held."
            return "✓", "success", booked
        if read.direction is not Direction.TWO_WAY or owed is None:
            told = "An internal note" if read.direction is Direction.INTERNAL else "An attempt, one way"
            stays = f": the check-in stays due {spoken(owed.ideal_on, self._today)}." if owed else "."
            return "·", "muted", told + stays
        last = self._data.line.facts.last_two_way_on
        counted = self._data.line.facts._replace(last_two_way_on=max(read.day, last) if last else read.day)
        soon = standing(counted, self._today, self._data.policy.cadence)
        return (
            "✓", "success",
            f"Counts as the check-in due {spoken(owed.ideal_on, self._today)}; "
            f"the next is due {spoken(soon.ideal_on, self._today)}.",
        )  # fmt: skip

    def _recovers(self, read: LogLine) -> str:
        """What signs of risk in the line do: they open a recovery, or join the one that is open."""
        facts = self._data.line.facts
        signals = " ".join(f"#{signal}" for signal in dict.fromkeys(read.signals) if signal in RISK_SIGNALS)
        if not signals or not facts.is_active(self._today):
            return ""
        return f"Adds to the open recovery ({signals})." if facts.risk_opened_on else f"Opens a recovery ({signals})."

    def on_line_input_signal_taken(self) -> None:
        """Add the offered signal at the end of the line."""
        read = self._reading(self._line)
        offer = suggested(read.words)
        if offer is not None and offer[1] not in read.signals:
            self._rewrite(f"{self._line.rstrip()} #{offer[1]}")

    def on_preview_turned(self, event: Preview.Turned) -> None:
        """Write another kind or mood into the line."""
        read = self._reading(self._line)
        if event.field == "kind":
            kinds = list(Kind)
            kind = kinds[(kinds.index(read.kind) + event.step) % len(kinds)]
            self._rewrite(_with_mark(self._line, read, "kind", str(kind)))
        elif event.field == "mood":
            moods = [None, Mood.WORRIED, Mood.MIXED, Mood.HAPPY]
            mood = moods[(moods.index(read.mood) + event.step) % len(moods)]
            self._rewrite(_with_mark(self._line, read, "mood", MOOD_SIGNS[mood] if mood else ""))

    def _rewrite(self, text: str) -> None:
        entry = self.query_one(LineInput)
        notes = entry.text.split("\n")[1:]
        entry.load_text("\n".join([text, *notes]))
        entry.move_cursor((0, len(text)))
        self._preview()

    def on_preview_saved(self) -> None:
        """Enter among the fields saves too."""
        self.on_line_input_saved()

    def on_line_input_saved(self) -> None:
        """Save, unless there is nothing to save or a day does not exist."""
        read = self._reading(self._line)
        if read.impossible:
            self._complain("Nothing is saved while the line has a day that does not exist.")
            return
        try:
            for typed in read.contacts:
                person_meant(self._people, typed)
        except Refusal as refusal:
            self._complain(str(refusal))
            return
        if read.is_empty and not self._notes:
            self._complain("The line says nothing yet: write what happened.")
            return
        facts = self._data.line.facts
        self.answer(
            LogAnswer(LogTouchpoint(facts.account_id, facts.name, read, self._notes), self.query_one(LineInput).text)
        )

    def _complain(self, sentence: str) -> None:
        self._sentence = sentence
        self._preview()
        self._sentence = ""

    def action_leave(self) -> None:
        """Leave; what was typed is kept for later, and what was only offered is not."""
        text = self.query_one(LineInput).text
        self.answer(LogAnswer(None, "" if text.strip() == self._offered.strip() else text))

    def on_resize(self, event: events.Resize) -> None:
        """On a narrow terminal the form takes the whole width."""
        self.set_class(event.size.width < 100, "-narrow")
        hint = REVIEW_HINT if OUTCOMES[0] in self._text else HINT
        self.query_one("#hint", Static).update(hint if len(hint) <= event.size.width - EDGES else SAMPLE)
        self.call_after_refresh(self._preview)


def _with_mark(text: str, read: LogLine, role: str, new: str) -> str:
    """The line with one part of it exchanged; a kind that was not there goes first, a mood last."""
    for mark in read.marks:
        if mark.role == role:
            return " ".join(f"{text[: mark.start]}{new}{text[mark.end :]}".split("  ")).strip()
    return f"{new} {text}" if role == "kind" else f"{text.rstrip()} {new}"
