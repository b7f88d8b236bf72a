"""Group F, every action in any order with undo and redo between: the book goes through the same states both ways."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from csm_tui.domain.errors import Refusal
from csm_tui.store.transaction import redo, undo
from tests.conftest import rounds
from tests.domain.test_logline_laws import SOUPS
from tests.faults.matrix import Tally
from tests.store.deeds import DEEDS, Deed, logging
from tests.store.test_every_action import AT, Dump, attempt, dump, filled, rows


class Alternations(RuleBasedStateMachine):
    """Deeds, undos and redos in any order, against a plain list of states."""

    template = ""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.mkdtemp(prefix="csm-journal-")
        self.path = str(Path(self.folder) / "book.db")
        self.done: list[tuple[str, Dump]] = []
        self.undone: list[tuple[str, Dump]] = []
        self.now: Dump = {}

    @initialize()
    def open(self) -> None:
        if not self.template:
            type(self).template = filled(str(Path(tempfile.mkdtemp(prefix="csm-journal-")) / "book.db"))
        shutil.copy(self.template, self.path)
        self.now = dump(self.path)

    def _do(self, deed: Deed, light: bool, origin: str) -> None:
        before = self.now
        operations = len(rows(self.path, "SELECT id FROM operation"))
        attempt(self.path, deed, light=light, origin=origin)
        self.now = dump(self.path)
        made = rows(self.path, "SELECT label FROM operation ORDER BY id")[operations:]
        assert len(made) == (self.now != before)
        if made:
            self.done.append((made[0][0], before))
            self.undone.clear()

    @rule(name=st.sampled_from(sorted(DEEDS)), light=st.booleans())
    def do(self, name: str, light: bool) -> None:
        self._do(DEEDS[name], light, "shell")

    @rule(line=SOUPS, account=st.integers(1, 4), light=st.booleans())
    def log(self, line: str, account: int, light: bool) -> None:
        self._do(logging(line, "", account, "somebody"), light, "workspace 3")

    @rule()
    def undo(self) -> None:
        self._revert(undo, self.done, self.undone)

    @rule()
    def redo(self) -> None:
        self._revert(redo, self.undone, self.done)

    def _revert(self, revert: Any, here: list[tuple[str, Dump]], there: list[tuple[str, Dump]]) -> None:
        if not here:
            with pytest.raises(Refusal):
                revert(self.path, "shell", AT)
            return
        label, state = here.pop()
        assert revert(self.path, "shell", AT).label == label
        there.append((label, self.now))
        self.now = state

    @invariant()
    def the_book_is_as_the_model_says(self) -> None:
        if self.now:
            assert dump(self.path) == self.now
            assert rows(self.path, "SELECT * FROM operation WHERE open = 1") == []

    def teardown(self) -> None:
        shutil.rmtree(self.folder)


@pytest.mark.slow
@pytest.mark.fault("F1")
def test_undo_and_redo_in_any_alternation_are_the_states_before_and_after(tally: Tally) -> None:
    machine, tally.tried = Alternations, rounds(200, 30)
    machine.TestCase.settings = settings(max_examples=tally.tried, stateful_step_count=20, deadline=None)
    try:
        machine.TestCase("runTest").runTest()
    finally:
        shutil.rmtree(Path(machine.template).parent, ignore_errors=True)
        machine.template = ""
