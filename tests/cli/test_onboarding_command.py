"""csm onboarding: a table for people, and one array under the promised names for scripts."""

from __future__ import annotations

import json

from tests.blank import empty_book
from tests.cli.conftest import Csm
from tests.onboarding_book import first_days


def test_the_first_90_days_as_a_table_filtered_and_as_json(csm: Csm, book_path: str) -> None:
    empty_book(book_path)
    ran = csm("onboarding")
    assert (ran.code, ran.out) == (0, "")
    assert "csm account add NAME --start DAY" in ran.err
    assert csm("onboarding", "--json").out == "[]\n"

    first_days(book_path)
    ran = csm("onboarding")
    lines = ran.out.splitlines()
    assert [line.split("  ")[0] for line in lines[1:]] == [
        "Tailspin Toys", "Adatum", "Coho Winery", "Woodgrove Bank", "Lucerne Publishing", "Trey Research",
    ]  # fmt: skip
    assert lines[2].split()[1:5] == ["◇", "watch", "22", "8/21"]
    assert " ".join(lines[2].split()[5:13]) == "Weekly check-in 2; admin training 1 d late"
    assert "them 10 d" in lines[2]
    told = "6 in their first 90 days, month 1 on time 50 % (n 2), goal 90 %, first value after 28 d (n 2)."
    assert ran.err == f"{told} `csm plan NAME onboarding` starts a plan.\n"

    assert [line.split("  ")[0] for line in csm("onboarding", "late>2").out.splitlines()[1:]] == ["Tailspin Toys"]
    assert csm("onboarding", "nobody").err == "No account of 6 matches “nobody”.\n"

    ran = csm("onboarding", "adatum", "--json")
    assert ran.out == json.dumps(ran.json, ensure_ascii=False, sort_keys=True, indent=2) + "\n"
    [adatum] = ran.json
    assert set(adatum) == {"account", "day", "milestones", "on_time", "forecast_on"}
    assert (adatum["account"], adatum["day"], adatum["on_time"]) == ("Adatum", 22, None)
    assert [step["n"] for step in adatum["milestones"]] == list(range(1, 30))
    assert {step["plan"] for step in adatum["milestones"]} == {"onboarding"}
    data = next(step for step in adatum["milestones"] if step["waiting_on"])
    assert (data["owner"], data["waiting_on"], data["due_on"], data["baseline_on"]) == (
        "them", "them", "2026-11-24", "2026-11-11",
    )  # fmt: skip
    [trey] = csm("onboarding", "trey", "--json").json
    assert (trey["milestones"], trey["on_time"], trey["forecast_on"]) == ([], None, None)


def test_without_a_book_there_is_one_sentence(csm: Csm, book_path: str) -> None:
    ran = csm("onboarding")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"There is no book at {book_path}")


def test_a_filter_that_cannot_be_read_is_refused(csm: Csm, book_path: str) -> None:
    empty_book(book_path)
    ran = csm("onboarding", "late>soon")
    assert ran.code == 1
    assert ran.err.count("\n") == 1
