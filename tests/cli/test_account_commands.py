"""csm accounts, account and contact: the book as a table, one account, the people there."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Csm, rows

NAMES = {
    "id", "name", "tier", "phase", "day", "started_on", "renewal_on", "opt_out_on", "arr_cents", "currency",
    "seats", "band", "band_by_hand", "pulse", "last_two_way_on", "next_check_in_on", "latest_check_in_on",
    "external_ids",
    "notice_days", "interval_days", "churned_on", "archived_on", "domain", "owner", "ae", "industry", "plan",
    "term_months", "auto_renew", "review_days", "review_kind", "notes", "tags",
}  # fmt: skip


def test_accounts_are_a_table_with_the_amounts_and_the_next_check_in(csm: Csm, filled: str) -> None:
    lines = csm("accounts").out.splitlines()
    assert lines[0].split() == [
        "Account",
        "Tier",
        "Phase",
        "ARR",
        "Band",
        "Last",
        "Next",
        "check-in",
        "Renewal",
    ]
    assert [line.split("  ")[0] for line in lines[1:]] == ["Northwind Traders", "Acme", "Northern Lights"]
    assert "€48k" in lines[1]
    assert "10 d late" in lines[1]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        (["NORTH"], ["Northwind Traders", "Northern Lights"]),
        (["north", "light"], ["Northern Lights"]),
        (["traders north"], ["Northwind Traders"]),
        ([""], ["Northwind Traders", "Acme", "Northern Lights"]),
    ],
)
def test_words_narrow_the_accounts_by_name(csm: Csm, filled: str, words: list[str], found: list[str]) -> None:
    assert [account["name"] for account in csm("accounts", "--json", *words).json] == found


def test_json_of_an_account_has_the_names_that_scripts_rely_on(csm: Csm, filled: str) -> None:
    assert all(set(account) == NAMES for account in csm("accounts", "--json").json)
    shown = csm("account", "show", "acme", "--json").json
    assert set(shown) == NAMES | {"due", "people", "promises", "timeline"}
    assert shown["arr_cents"] == 990000
    assert [touch["summary"] for touch in shown["timeline"]] == ["quarterly plan"]


def test_no_match_and_an_empty_book_say_so_on_stderr(csm: Csm, filled: str) -> None:
    ran = csm("accounts", "zzz")
    assert (ran.code, ran.out, ran.err) == (0, "", "No account of 3 matches “zzz”.\n")
    assert csm("accounts", "zzz", "--json").json == []
    rows(filled, "SELECT 1")


def test_an_account_is_added_with_its_contract_and_makes_the_book(csm: Csm, book_path: str) -> None:
    ran = csm(
        "account", "add", "Northwind", "Traders", "--tier", "White_Glove", "--start", "1.11.2026",
        "--arr", "€48.5k",
        "--renewal", "2027-06-01", "--notice-days", "30", "--seats", "1,200", "--domain", "northwind.com",
        "--owner", "Kim", "--interval", "10",
    )  # fmt: skip
    assert ran.code == 0, ran.err
    assert ran.out == "Added Northwind Traders (id:1): white-glove, onboarding day 20, €48,500 a year, 1,200 seats.\n"
    assert rows(
        book_path,
        "SELECT name, tier, started_on, arr_cents, currency, renewal_on, notice_days, seats FROM account",
    ) == [
        ("Northwind Traders", "white-glove", "2026-11-01", 4850000, "EUR", "2027-06-01", 30, 1200)
    ]  # fmt: skip
    assert rows(book_path, "SELECT domain, owner, interval_days, added_on FROM account") == [
        ("northwind.com", "Kim", 10, "2026-11-21")
    ]


def test_an_amount_may_name_its_currency_and_another_one_is_refused(csm: Csm, filled: str) -> None:
    csm("account", "edit", "acme", "--arr", "$12k")
    assert rows(filled, "SELECT arr_cents, currency FROM account WHERE id = 3") == [(1200000, "USD")]
    assert csm("account", "edit", "acme", "--arr", "$13k", "--currency", "chf").code == 1
    csm("account", "edit", "acme", "--arr", "13k", "--currency", "chf")
    assert rows(filled, "SELECT arr_cents, currency FROM account WHERE id = 3") == [(1300000, "CHF")]


def test_none_clears_a_field_and_the_rest_stays(csm: Csm, filled: str) -> None:
    ran = csm("account", "edit", "northwind", "--seats", "none", "--renewal", "NONE", "--arr", "none")
    assert ran.code == 0
    assert rows(filled, "SELECT seats, renewal_on, arr_cents, notice_days FROM account WHERE id = 1") == [
        (None, None, None, 30)
    ]


def test_an_account_can_be_renamed_and_its_notice_noted(csm: Csm, filled: str) -> None:
    csm(
        "account",
        "edit",
        "acme",
        "--name",
        "Acme Labs",
        "--notice-served",
        "yesterday",
        "--auto-renew-off",
        "-3d",
    )
    assert rows(filled, "SELECT name, notice_served_on, auto_renew_off_on FROM account WHERE id = 3") == [
        ("Acme Labs", "2026-11-20", "2026-11-18")
    ]


def test_a_churned_account_owes_nothing_and_is_listed_last(csm: Csm, filled: str) -> None:
    ran = csm("account", "churn", "northwind", "--on", "yesterday", "--reason", "merged")
    assert ran.out == "Churned Northwind Traders (id:1): high-touch, churned day 385, €48,000 a year, 120 seats.\n"
    assert rows(filled, "SELECT churned_on, churn_reason FROM account WHERE id = 1") == [("2026-11-20", "merged")]
    assert csm("accounts", "--json").json[-1]["name"] == "Northwind Traders"
    assert csm("log", "northwind", "call hi").out.endswith(
        "The account has churned or is archived: no check-in is owed.\n"
    )


def test_show_prints_the_contract_why_what_is_due_people_promises_and_timeline(csm: Csm, filled: str) -> None:
    shown = csm("account", "show", "northwind").out
    for part in (
        "Northwind Traders (id:1): high-touch, ongoing day 385, €48,000 a year, 120 seats.",
        "renews 1 Jun 2027",
        "the last day to opt out is",
        "ideally Wed 11 Nov, at the latest Thu 26 Nov",
        "c1     check-in",
        "Jon Bell, champion, jon@northwind.com, last never",
        "p1     we: send usage, Wed 18 Nov",
        "p2     they: their list, Fri 27 Nov",
        "Mon 12 Oct       call  all good",
    ):
        assert part in shown


def test_the_whole_name_is_meant_before_a_part_and_a_number_finds_one_of_two(csm: Csm, filled: str) -> None:
    csm("account", "add", "Acme Labs")
    assert csm("account", "show", "acme", "--json").json["name"] == "Acme"
    assert csm("account", "show", "id:4", "--json").json["name"] == "Acme Labs"


CHANGES = [
    ("account", "edit"),
    ("account", "churn"),
    ("account", "show"),
    ("contact", "add"),
    ("contact", "left"),
]


@pytest.mark.parametrize("command", CHANGES)
def test_an_unknown_account_is_refused_and_an_ambiguous_one_lists_the_candidates(
    csm: Csm, filled: str, command: tuple[str, str]
) -> None:
    more = ["Kim"] if command[0] == "contact" else []
    unknown, ambiguous = csm(*command, "nowhere", *more), csm(*command, "north", *more)
    assert (unknown.code, unknown.out, ambiguous.code, ambiguous.out) == (1, "", 1, "")
    assert unknown.err.startswith("No account goes by “nowhere”")
    assert "  Northern Lights\n  Northwind Traders" in ambiguous.err
    assert rows(filled, "SELECT count(*) FROM operation") == [(0,)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("add", "acme"), "There is an account acme already"),
        (("add", "  "), "An account needs a name"),
        (("add", "a\0b"), "cannot be kept"),
        (("add", "New", "--start", "2026-02-30"), "2026-02-30"),
        (("add", "New", "--renewal", "whenever"), "“whenever” is not a day"),
        (("add", "New", "--arr", "lots"), "“lots” is not an amount"),
        (("add", "New", "--arr", "-5"), "below zero"),
        (("add", "New", "--currency", "euros"), "not a currency"),
        (("add", "New", "--seats", "many"), "“many” is not a whole number for the seats"),
        (("add", "New", "--seats", "9" * 30), "not a whole number"),
        (("add", "New", "--seats", "9" * 15), "out of range for seats"),
        (("add", "New", "--notice-days", "9999"), "out of range for notice days"),
        (("add", "New", "--interval", "0"), "out of range for interval days"),
        (("edit", "acme"), "Nothing to change"),
        (("edit", "acme", "--name", " "), "An account needs a name"),
        (("churn", "acme", "--on", "tomorrow"), "still to come"),
        (("churn", "acme", "--on", "2026-13-01"), "2026-13-01"),
    ],
)
def test_a_fact_that_cannot_be_is_refused_in_words_and_nothing_is_written(
    csm: Csm, filled: str, arguments: tuple[str, ...], says: str
) -> None:
    ran = csm("account", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert says in ran.err
    assert rows(filled, "SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM operation)") == [(3, 0)]


@pytest.mark.parametrize(
    "arguments",
    [("account",), ("account", "add"), ("account", "add", "X", "--tier", "gold"), ("account", "melt", "acme"),
     ("account", "show", "acme", "--seats", "3"), ("contact", "add", "acme"),
     ("contact", "add", "acme", "Kim", "--role", "friend")],
)  # fmt: skip
def test_a_wrong_verb_or_option_is_wrong_usage(csm: Csm, filled: str, arguments: tuple[str, ...]) -> None:
    ran = csm(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert f"Try `csm {arguments[0]} --help`." in ran.err


PERSON = "SELECT name, role, title, email, phone, status, left_on FROM contact WHERE id = "


def test_a_person_is_added_edited_and_left(csm: Csm, filled: str) -> None:
    ran = csm(
        "contact",
        "add",
        "acme",
        "Kim",
        "Lee",
        "--role",
        "Economic-Buyer",
        "--title",
        "CFO",
        "--email",
        "k@acme.com",
    )
    assert ran.out == "Added Kim Lee at Acme.\n"
    assert rows(filled, PERSON + "4") == [("Kim Lee", "economic buyer", "CFO", "k@acme.com", None, "active", None)]
    ran = csm("contact", "edit", "acme", "kim", "--role", "none", "--phone", "+49 1", "--name", "Kim Lee-May")
    assert ran.out == "Changed Kim Lee-May at Acme.\n"
    assert rows(filled, PERSON + "4")[0][:5] == ("Kim Lee-May", None, "CFO", "k@acme.com", "+49 1")
    assert csm("contact", "left", "acme", "kim", "--on", "tomorrow", "--json").code == 1
    data = csm("contact", "left", "acme", "kim", "--on", "yesterday", "--json").json
    assert data == {"account": "Acme", "account_id": 3, "did": "Kim Lee-May left Acme"}
    assert rows(filled, PERSON + "4")[0][5:] == ("left", "2026-11-20")


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("edit", "northwind", "ana", "--title", "x"), "  Ana Diaz\n  Ana Lopez"),
        (("edit", "northwind", "zed", "--title", "x"), "Known there: Jon Bell, Ana Diaz, Ana Lopez."),
        (("left", "acme", "zed"), "nobody yet"),
        (("edit", "northwind", "jon"), "Nothing to change"),
        (("edit", "northwind", "jon", "--name", ""), "A contact needs a name"),
        (("add", "northwind", "jon bell"), "already"),
        (("add", "northwind", " "), "A contact needs a name"),
        (("left", "northwind", "jon", "--on", "2026-02-30"), "2026-02-30"),
    ],
)
def test_a_person_who_cannot_be_meant_is_refused(csm: Csm, filled: str, arguments: tuple[str, ...], says: str) -> None:
    ran = csm("contact", *arguments)
    assert (ran.code, ran.out) == (1, "")
    assert says.split("\n", maxsplit=1)[0] in ran.err
    assert rows(filled, "SELECT count(*) FROM operation") == [(0,)]


def test_the_beginning_of_a_word_is_enough_where_only_one_begins_so(filled: str, csm: Csm) -> None:
    assert "low-touch" in csm("account", "edit", "northwind", "--tier", "low").out
    assert csm("account", "edit", "northwind", "--tier", "").code == 2
    assert csm("contact", "edit", "northwind", "jon", "--role", "e").code == 2, "economic buyer, executive sponsor"


def test_a_day_without_its_year_is_the_one_that_was_meant(csm: Csm, filled: str) -> None:
    csm(
        "account",
        "edit",
        "acme",
        "--start",
        "1.9",
        "--notice-served",
        "3.11",
        "--auto-renew-off",
        "fri",
        "--renewal",
        "1.3",
    )
    assert rows(
        filled, "SELECT started_on, notice_served_on, auto_renew_off_on, renewal_on FROM account WHERE id = 3"
    ) == [("2026-09-01", "2026-11-03", "2026-11-20", "2027-03-01")]
    assert csm("contact", "left", "northwind", "jon", "--on", "4.11").code == 0
    assert csm("account", "churn", "northwind", "--on", "5.11").code == 0
    assert rows(filled, "SELECT churned_on FROM account WHERE id = 1") == [("2026-11-05",)]
    csm("log", "--on", "1.7", "acme", "call what was forgotten")
    assert rows(filled, "SELECT day, state FROM touchpoint ORDER BY id DESC LIMIT 1") == [("2026-07-01", "held")]


def test_an_edit_that_changes_nothing_says_so_since_undo_takes_back_something_else(csm: Csm, filled: str) -> None:
    edit = ("account", "edit", "acme", "--tier", "low", "--tag", "emea")
    assert csm(*edit).out.startswith("Changed Acme (id:3): low-touch")
    again = csm(*edit)
    assert (again.code, again.out[:24]) == (0, "So already: Acme (id:3):")
    assert csm("undo").out == "Undone: Edit Acme\n"
    assert csm("undo").code == 1
