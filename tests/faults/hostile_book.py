"""A book with hostile text in every field there is, and what must be true of every screen that shows it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.cells import cell_len
from textual.color import Color

from csm_tui.playbooks import read_text
from csm_tui.store.journal import Operation
from csm_tui.store.writing_light import write_light
from csm_tui.tui.harmless import Harmless
from tests.conftest import TODAY, rounds
from tests.faults.matrix import Tally
from tests.hostile import CONTROL, OWN
from tests.tui.conftest import screen_lines

if TYPE_CHECKING:
    from csm_tui.store.verbs import Writing
    from csm_tui.tui.app import CsmApp

WIDE, NARROW = (132, 36), (80, 24)
SAMPLE = OWN[:: max(1, 100 // rounds(100))] if rounds(10) == 1 else OWN
"""Where each string costs several commits or screens: every tenth string, all of them in the long rounds."""


def some(strings: tuple[str, ...]) -> tuple[str, ...]:
    """Every fourth string; all of them in the long rounds."""
    return strings if rounds(10) > 1 else strings[::4]


def told(label: str) -> Operation:
    """The journal's word for what a test writes."""
    return Operation(label, "shell", "2026-11-21T10:00:00.000Z")


def fill(path: str, strings: tuple[str, ...]) -> None:
    """Each string in every field of an account of its own: its people, talks, promises, plans, steps and risk."""
    with write_light(path, told(f"Add {strings[0]}"), TODAY) as book:
        for number, text in enumerate(strings):
            name = text if text.strip() else f"blank {number}"
            account = _account(book, number, name, text)
            _promises(book, account, name, text)
            _plan(book, account, "onboarding", name, text)
            _plan(book, account, "qbr", name, text)
            if number % 2 == 0:
                _risk(book, account, _plan(book, account, "recovery", name, text), text)


def _account(book: Writing, number: int, name: str, text: str) -> int:
    account = book.add(
        "account", name=name, added_on="2026-01-05", started_on="2025-11-01", owner=text, domain=text,
        renewal_on="2027-01-01", notice_days=20, arr_cents=number * 1000, notes=text, churn_reason=text,
    )  # fmt: skip
    person = book.add("contact", account_id=account, name=name, title=text, email=text, phone=text, notes=text)
    touch = book.add(
        "touchpoint", account_id=account, day="2026-10-01", kind="call", direction="two-way", summary=text, notes=text,
    )  # fmt: skip
    book.add("touchpoint_contact", touchpoint_id=touch, contact_id=person)
    book.add("pulse", account_id=account, value=1 + number % 5, given_on="2026-10-01", reason=text)
    return account


def _promises(book: Writing, account: int, name: str, text: str) -> None:
    book.add("promise", account_id=account, side="ours", what=name, due_on="2026-11-20", made_on="2026-10-01")
    book.add(
        "promise", account_id=account, side="theirs", what=name, due_on="2026-11-19", made_on="2026-10-01",
        state="broken", closed_on="2026-11-19", reason=text,
    )  # fmt: skip
    book.add(
        "snooze", account_id=account, item=f"c{account}", due_on="2026-10-30", made_on="2026-11-20",
        until_on="2026-11-23", reason=text,
    )  # fmt: skip


def playbook(text: str, name: str = "hostile") -> str:
    """A playbook of one's own with the text in its name, its purpose, and every text of its steps."""
    said = json.dumps(text if text.strip() else "blank", ensure_ascii=False).replace("\x7f", "\\u007f")
    return (
        f'id = "{name}"\nname = {said}\nanchor = "start"\npurpose = {said}\nexit = {said}\n[[step]]\nid = "one"\n'
        f'title = {said}\nday = 1\nphase = {said}\nguidance = {said}\nchecks = [{said}, "x"]\nexit = {said}\n'
    )


def _plan(book: Writing, account: int, kind: str, name: str, text: str) -> int:
    """A plan of her own playbook with a step to come and one that was skipped."""
    toml = playbook(text)
    assert read_text(toml)[0], ascii(text)
    known = book.find("template", digest=f"{account}")
    template = int(known[0]["id"] or 0) if known else book.add("template", digest=f"{account}", text=toml)
    plan = book.add(
        "plan", account_id=account, playbook=kind, name=name, template_id=template,
        anchor_on="2026-11-01", opened_on="2026-11-01",
    )  # fmt: skip
    for n, state in enumerate(("open", "skipped"), 1):
        book.add(
            "step", plan_id=plan, account_id=account, n=n, template_id=template, code="one", title=name,
            phase=text.strip() or "x", required=1, due_on="2026-11-20", baseline_on="2026-11-20", notes=text,
            state=state, closed_on="2026-11-20" if state == "skipped" else None, reason=text,
        )  # fmt: skip
    return plan


def _risk(book: Writing, account: int, plan: int, text: str) -> None:
    """A risk with two signals, an escalation, and a review that was let go."""
    risk = book.add("risk", account_id=account, plan_id=plan, opened_on="2026-11-02")
    book.add("risk_signal", risk_id=risk, signal="usage", evidence=text, seen_on="2026-11-02")
    book.add(
        "risk_signal", risk_id=risk, signal="nps", evidence=text, seen_on="2026-11-02", met_on="2026-11-03", proof=text,
    )  # fmt: skip
    book.add("escalation", account_id=account, risk_id=risk, severity="high", what=text, opened_on="2026-11-02")
    book.add("review_skip", account_id=account, due_on="2026-08-01", skipped_on="2026-08-02", reason=text)


def harmless(app: CsmApp, width: int, tally: Tally | None = None) -> None:
    """The screen as it stands holds nothing that steers, and every line is as wide as the terminal."""
    if tally is not None:
        tally.tried += 1
    for line in screen_lines(app):
        found = CONTROL.search(line)
        assert found is None, (found, line)
        assert cell_len(line) == width, line


def every_row(app: CsmApp, pane: Any, tally: Tally) -> None:
    """Every row of a list, painted and filtered as the screen would; none steers, all are equally wide."""
    gate, height = Harmless(), pane.size.height
    for top in range(0, len(pane.rows), height):
        pane.scroll_rows_to(top)
        for y in range(height):
            strip = pane.render_line(y).apply_filter(gate, Color(0, 0, 0))
            tally.tried += 1
            assert CONTROL.search(strip.text) is None, strip.text
            assert cell_len(strip.text) == pane.size.width, strip.text
    pane.scroll_rows_to(0)
