"""The board of the first 90 days: who stands on it and in which order, its rates, its forecast and its whys."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui import words
from csm_tui.actions.archive import ArchiveAccount, archive_account
from csm_tui.actions.plans import ClosePlan, close_plan
from csm_tui.domain import onboarding
from csm_tui.domain.figure import FEW, Median, Share
from csm_tui.domain.plans import Party
from csm_tui.store.connection import reading
from csm_tui.views.onboarding import OnboardingBoard, OnboardingLine, onboarding_board, onboarding_glance
from tests.conftest import TODAY
from tests.onboarding_book import begun, do, first_days


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> str:
    return first_days(str(tmp_path_factory.mktemp("first") / "days.db"))


@pytest.fixture
def days(source: str, tmp_path: Path) -> str:
    """A copy that may be written to."""
    path = tmp_path / "days.db"
    path.write_bytes(Path(source).read_bytes())
    return str(path)


def board(path: str, on: date = TODAY) -> OnboardingBoard:
    with reading(path, on) as book:
        return onboarding_board(book)


def line(path: str, name: str, on: date = TODAY) -> OnboardingLine:
    return next(one for one in board(path, on).lines if one.facts.name == name)


def test_the_most_urgent_stands_first_then_who_has_no_plan(source: str) -> None:
    names = [one.facts.name for one in board(source).lines]
    assert names == ["Tailspin Toys", "Adatum", "Coho Winery", "Woodgrove Bank", "Lucerne Publishing", "Trey Research"]


def test_a_glance_is_the_first_line_of_the_board_with_its_figures(days: str) -> None:
    for later in (0, 10, 40):
        with reading(days, TODAY + timedelta(days=later)) as book:
            whole, glance = onboarding_board(book), onboarding_glance(book)
        assert glance == whole._replace(lines=whole.lines[:1])


def test_a_line_says_the_day_the_steps_and_what_comes_next(source: str) -> None:
    adatum, trey = line(source, "Adatum"), line(source, "Trey Research")
    assert (adatum.day, adatum.done, adatum.all, adatum.on_time) == (22, 8, 21, None)
    assert adatum.next is not None
    assert (adatum.next.code, adatum.next.days_late(TODAY)) == ("check-in-2", 1)
    assert dict(adatum.slip)[Party.THEM] == 10
    assert (trey.day, trey.plan, trey.nothing_next) == (17, None, "no plan yet")
    assert "a starts it" in trey.why[0]


def test_who_is_past_day_90_stays_only_while_the_plan_runs(days: str) -> None:
    later = TODAY + timedelta(days=40)
    past = {one.facts.name for one in board(days, later).lines if one.day > 90}
    assert past == {"Woodgrove Bank", "Lucerne Publishing", "Tailspin Toys"}
    plan = line(days, "Tailspin Toys").plan
    assert plan is not None
    do(days, close_plan, ClosePlan(plan.plan_id, "Onboarding", "Tailspin Toys", "they run by themselves"))
    assert line(days, "Tailspin Toys").nothing_next == "through"  # day 88
    assert "Tailspin Toys" not in [one.facts.name for one in board(days, later).lines]


def test_an_archived_account_leaves_the_board_and_stays_in_the_rate(days: str) -> None:
    do(days, archive_account, ArchiveAccount(3, "Woodgrove Bank"))
    found = board(days)
    assert "Woodgrove Bank" not in [one.facts.name for one in found.lines]
    assert found.on_time.value == Share(1, 2)


def test_the_rate_counts_first_months_by_their_baseline_and_not_those_passed_before_the_plan(source: str) -> None:
    found = board(source)
    assert found.on_time.value == Share(1, 2)  # Lucerne in time, Woodgrove a day late; Tailspin's had passed
    assert line(source, "Tailspin Toys").month_1 == "passed"
    assert any("90 %" in sentence for sentence in found.on_time.why)
    assert board(source, TODAY + timedelta(days=700)).on_time.value == Share(0, 0)


def test_first_value_is_the_median_of_the_days_it_took(source: str) -> None:
    assert board(source).to_value.value == Median(28.0, 2)
    assert board(source, TODAY + timedelta(days=700)).to_value.value == Median(None, 0)


def test_an_onboarding_that_is_begun_anew_stands_for_the_one_before(days: str) -> None:
    plan = line(days, "Woodgrove Bank").plan
    assert plan is not None
    do(days, close_plan, ClosePlan(plan.plan_id, "Onboarding", "Woodgrove Bank", "another project"))
    begun(days, 3, "Woodgrove Bank", TODAY)
    found = line(days, "Woodgrove Bank")
    assert found.plan is not None
    assert (found.plan.plan_id > plan.plan_id, found.month_1) == (True, "passed")
    assert board(days).on_time.value == Share(1, 1)


def test_a_gate_holds_once_something_behind_it_is_due(days: str) -> None:
    assert line(days, "Coho Winery").gate is None
    held = line(days, "Coho Winery", TODAY + timedelta(days=30))
    assert held.gate is not None
    assert held.gate.code == "go-live"
    assert any("Go-live" in sentence for sentence in held.why)


@pytest.mark.parametrize(
    ("share", "told", "role"),
    [
        (Share(0, 0), "–", "dim"), (Share(2, 3), "67 % (n 3)", "dim"), (Share(18, 20), "90 %", "success"),
        (Share(179, 200), "90 %", "warning"), (Share(17, 20), "85 %", "warning"),
    ],
)  # fmt: skip
def test_of_few_a_share_has_its_number_and_no_goals_colour(share: Share, told: str, role: str) -> None:
    assert (words.share(share), words.share_role(share, onboarding.GOAL)) == (told, role)


@given(st.integers(0, 60), st.integers(0, 60))
def test_a_share_is_rounded_once_and_never_out_of_bounds(part: int, more: int) -> None:
    share = Share(part, part + more)
    if share.percent is None:
        assert share.whole == 0
    else:
        assert abs(share.percent * share.whole - 100 * part) * 2 <= share.whole
        assert share.few is (share.whole < FEW)


@given(st.lists(st.integers(0, 400)))
def test_half_of_all_values_lie_on_each_side_of_the_median(values: list[int]) -> None:
    middle = onboarding.median_to_value(values)
    if middle is None:
        assert values == []
    else:
        assert 2 * sum(one < middle for one in values) <= len(values)
        assert 2 * sum(one > middle for one in values) <= len(values)
