"""The account beside the list goes with the cursor: read ahead, never too late, and never old."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csm_tui.tui.app import CsmApp, Delivered
from csm_tui.tui.context import Context
from csm_tui.tui.handed import Answer
from csm_tui.tui.screens.beside import CONTEXT, Read
from tests.tui.conftest import keys_of, press, settle, workspace
from tests.tui.test_following import WIDE, log_elsewhere

if TYPE_CHECKING:
    from textual.pilot import Pilot

    from csm_tui.tui.pane import Chosen, Pane


async def before_another(pilot: Pilot[int]) -> tuple[Pane, Chosen]:
    """The list of today, with the cursor right above a row of another account, and that row."""
    app = pilot.app
    assert isinstance(app, CsmApp)
    await settle(pilot)
    pane = app.workspace.panes[0]
    chosen = [one for one in map(pane.chosen_of, keys_of(pane)) if one is not None]
    place = next(place for place, one in enumerate(chosen) if one.account_id != chosen[0].account_id)
    pane.select(keys_of(pane)[place - 1])
    await settle(pilot)
    return pane, chosen[place]


async def test_the_account_beside_goes_with_the_key_without_being_asked_for(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        _, other = await before_another(pilot)
        asked: list[str] = []
        app.desk.ask = lambda slot, *_: asked.append(slot)  # type: ignore[method-assign]
        await press(pilot, "down")
        data = app.workspace.query_one(Context).data
        assert data is not None
        assert data.line.facts.account_id == other.account_id
        assert CONTEXT not in asked


async def test_an_account_that_is_read_late_does_not_take_the_place_of_the_next(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        _, other = await before_another(pilot)
        context = app.workspace.query_one(Context)
        late = context.data
        assert late is not None
        await press(pilot, "down")
        app.post_message(Delivered(Answer(CONTEXT, Read(0, {late.line.facts.account_id: late}))))
        await settle(pilot)
        assert context.data is not None
        assert context.data.line.facts.account_id == other.account_id


async def test_what_was_read_ahead_is_forgotten_when_anything_changes(kinds: str) -> None:
    app = workspace(kinds)
    async with app.run_test(size=WIDE) as pilot:
        pane, other = await before_another(pilot)
        log_elsewhere(kinds, other.account_id, other.account, "note quite new")
        app.desk.changed_elsewhere()
        await settle(pilot)
        pane.select(next(key for key in keys_of(pane) if one_of(pane, key) == other.account_id))
        await settle(pilot)
        context = app.workspace.query_one(Context)
        assert context.data is not None
        assert context.data.timeline[0].summary == "quite new"


def one_of(pane: Pane, key: str) -> int:
    """The account of a row."""
    chosen = pane.chosen_of(key)
    return chosen.account_id if chosen else 0
