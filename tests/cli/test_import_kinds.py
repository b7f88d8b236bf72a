"""csm import of people, renewals, touchpoints and tickets, with their accounts and by themselves."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Csm, rows

ACCOUNTS = (
    "Id,Name,Website,OwnerId\n001x0000002xLCVAA2,Acme Inc,acme.com,5\n"
    "001x0000002xLCvAA3,Bolt GmbH,bolt.example,5\n001x0000002xLCWAA2,Cobalt,,5\n"
)
PEOPLE = (
    "Id,AccountId,FirstName,LastName,Email,Title,MobilePhone,IsDeleted\n"
    "003x0000001AAAAAA4,001x0000002xLCV,Ada,Lovelace,ada@acme.com,CTO,+1 555,false\n"
    "003x0000001AAaAAA4,001x0000002xLCvAA3,Bo,Jensen,bo@bolt.example,,,false\n"
    "003x0000001AABAAA4,001x0000002xZZZAA3,Lost,Soul,,,,false\n"
    "003x0000001AACAAA4,001x0000002xLCVAA2,Gone,Girl,,,,true\n"
)


def written(folder: Path, name: str, text: str) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def counts(told: dict[str, Any]) -> tuple[int, int, int, int]:
    return told["new"], told["changed"], told["unchanged"], len(told["refused"])


@pytest.fixture
def accounts(tmp_path: Path) -> str:
    return written(tmp_path, "accounts.csv", ACCOUNTS)


def test_files_in_any_order_are_one_operation_one_backup_and_one_undo(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    people = written(tmp_path, "people.csv", PEOPLE)
    rehearsed = csm("import", people, accounts, "--dry-run", "--json").json
    assert not Path(book_path).exists()
    told = csm("import", people, accounts, "--json").json
    assert told == rehearsed
    assert [counts(each) for each in told] == [(2, 0, 0, 2), (3, 0, 0, 0)]
    assert told[0]["refused"] == [
        {"line": 4, "reason": "belongs to account 001x0000002xZZZAA3, which the book does not have: import the "
                              "accounts first"},
        {"line": 5, "reason": "is deleted in Salesforce"},
    ]  # fmt: skip
    assert rows(book_path, "SELECT contact.name, account.name, title, phone, email, source, source_id FROM contact "
                           "JOIN account ON account.id = account_id ORDER BY contact.id") == [
        ("Ada Lovelace", "Acme Inc", "CTO", "+1 555", "ada@acme.com", "salesforce", "003x0000001AAAA"),
        ("Bo Jensen", "Bolt GmbH", None, None, "bo@bolt.example", "salesforce", "003x0000001AAaA"),
    ]  # fmt: skip
    assert rows(book_path, "SELECT label FROM operation") == [("Import accounts, contacts from Salesforce",)]
    again = csm("import", accounts, people)
    assert "Nothing was written: there is nothing in it" in again.err
    assert rows(book_path, "SELECT count(*) FROM operation") == [(1,)]
    assert not Path(f"{book_path}.backups").exists()
    csm("undo")
    assert rows(book_path, "SELECT count(*) FROM contact") == [(0,)]


def test_a_rehearsal_over_a_book_tells_what_the_import_does_and_changes_no_byte(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    csm("import", accounts)
    people = written(tmp_path, "people.csv", PEOPLE)
    before = Path(book_path).read_bytes()
    rehearsed = csm("import", people, "--dry-run", "--json").json
    assert Path(book_path).read_bytes() == before
    assert csm("import", people, "--json").json == rehearsed
    assert len(list(Path(f"{book_path}.backups").iterdir())) == 1


def test_people_are_found_by_id_then_email_then_name_and_an_empty_cell_wipes_nothing(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    csm("import", accounts, written(tmp_path, "people.csv", PEOPLE))
    told = csm("import", "--json", written(
        tmp_path, "sheet.csv",
        "Company,Name,Email,Title,Role\n"
        "ACME,Ada L.,ADA@acme.com,,Champion\n"
        "Bolt,bo jensen,,Head of IT,wizard\n"
        "Cobalt,New Face,,,\n"
        ",Guest,guest@bolt.example,,\n"
        ",Guest,guest@gmail.com,,\n"
        "Delta,Nobody,,,\n",
    ))  # fmt: skip
    assert counts(told.json) == (2, 2, 0, 2)
    assert [each["reason"] for each in told.json["refused"]] == [
        "does not say which account it belongs to",
        "belongs to “Delta”, which is not an account of the book: import the accounts first",
    ]
    assert "The column “Role” was left out where it says “wizard”." in told.err
    assert rows(book_path, "SELECT contact.name, title, role, email, account.name FROM contact "
                           "JOIN account ON account.id = account_id ORDER BY contact.id") == [
        ("Ada L.", "CTO", "champion", "ada@acme.com", "Acme Inc"),
        ("bo jensen", "Head of IT", None, "bo@bolt.example", "Bolt GmbH"),
        ("New Face", None, None, None, "Cobalt"),
        ("Guest", None, None, "guest@bolt.example", "Bolt GmbH"),
    ]  # fmt: skip


def test_hubspot_names_companies_by_id_and_by_name_with_id(tmp_path: Path, csm: Csm, book_path: str) -> None:
    companies = "Record ID,Company name,Company Domain Name\n101,Acme,acme.com\n102,Bolt,\n"
    people = (
        "Record ID,First Name,Last Name,Email,Job Title,Associated Company IDs,Associated Company\n"
        "1,Ada,Lovelace,ada@x.org,CTO,102;101,\n"
        "2,Bo,Jensen,not an address,,,Bolt (102)\n"
        "3,,,only@acme.com,,,\n"
    )
    files = (written(tmp_path, "people.csv", people), written(tmp_path, "companies.csv", companies))
    told = csm("import", *files, "--json")
    assert [counts(each) for each in told.json] == [(3, 0, 0, 0), (2, 0, 0, 0)]
    assert "“not an address”" in told.err
    assert rows(book_path, "SELECT contact.name, account.name, title, source_id FROM contact "
                           "JOIN account ON account.id = account_id ORDER BY contact.id") == [
        ("Ada Lovelace", "Bolt", "CTO", "1"),
        ("Ada Lovelace", "Acme", "CTO", "1"),
        ("Bo Jensen", "Bolt", None, "2"),
        ("only@acme.com", "Acme", None, "3"),
    ]  # fmt: skip
    assert [counts(each) for each in csm("import", *files, "--json").json] == [(0, 0, 3, 0), (0, 0, 2, 0)]


def test_two_who_could_be_meant_are_refused_and_a_second_line_about_one_person_too(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    csm("import", accounts)
    twins = "Company,Contact,Email\nAcme,Ana,a@x.org\nAcme,Ana,b@x.org\nAcme,Ana B,a@x.org\n"
    told = csm("import", "--json", written(tmp_path, "twins.csv", twins)).json
    assert counts(told) == (1, 0, 0, 2)
    assert all("is the same person as line 2" in each["reason"] for each in told["refused"])
    csm("contact", "add", "acme", "Ana C")
    csm("contact", "edit", "acme", "Ana C", "--email", "a@x.org")
    doubt = csm("import", "--json", written(tmp_path, "doubt.csv", "Company,Contact,Email\nAcme,Somebody,a@x.org\n"))
    assert "could be any of 2 contacts" in doubt.json["refused"][0]["reason"]


def test_a_mapping_is_remembered_by_header_and_forgotten_when_left_out(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    csm("import", accounts)
    first = written(tmp_path, "one.csv", "Company,Who,Email,Funktion\nAcme,Ada,a@acme.com,CTO\n")
    turned = written(tmp_path, "two.csv", "funktion,EMAIL,Who,Company\nCEO,b@acme.com,Bo,Acme\n")
    csm("import", first, "--as", "own:contacts", "--map", "name=Who", "--map", "title=Funktion")
    told = csm("import", turned, "--as", "own:contacts")
    assert "“Funktion” is read as title, as you said for this header before." in told.err
    assert rows(book_path, "SELECT name, title FROM contact") == [("Ada", "CTO"), ("Bo", "CEO")]
    third = written(tmp_path, "three.csv", "Company,Who,Email,Funktion\nAcme,Cy,c@acme.com,CFO\n")
    csm("import", third, "--as", "own:contacts", "--map", "title=")
    fourth = csm("import", written(tmp_path, "four.csv", "Company,Who,Email,Funktion\nAcme,Di,d@acme.com,COO\n"),
                 "--as", "own:contacts")  # fmt: skip
    assert "Funktion” is read" not in fourth.err
    assert rows(book_path, "SELECT name, title FROM contact WHERE id > 2") == [("Cy", None), ("Di", None)]


def test_her_own_notes_on_a_person_stand_beside_those_of_the_file(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    csm("import", accounts)
    people = written(tmp_path, "people.csv", "Name,Company,Notes\nAda,Acme Inc,met in Oslo\n")
    csm("import", people, "--as", "own:contacts")
    with sqlite3.connect(book_path) as connection:
        connection.execute("UPDATE contact SET notes = 'loves tea'")
    assert csm("import", people, "--as", "own:contacts", "--json").json["changed"] == 1
    assert rows(book_path, "SELECT notes FROM contact") == [("loves tea\n\nmet in Oslo",)]
    assert csm("import", people, "--as", "own:contacts", "--json").json["unchanged"] == 1


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["--as", "own:poems"], 2, "--as own: takes one of accounts, contacts"),
        (["--as", "own:contacts", "again.csv"], 2, "says what one file holds"),
        (["--map", "name=Nobody"], 1, "There is no column “Nobody”"),
        (["--map", "tier=Name"], 1, "a list of contacts has no such field"),
    ],
)
def test_what_cannot_be_meant_is_one_sentence(
    tmp_path: Path, csm: Csm, arguments: list[str], code: int, said: str
) -> None:
    extra = [argument for argument in arguments if argument.endswith(".csv")]
    options = [argument for argument in arguments if argument not in extra]
    told = csm("import", written(tmp_path, "people.csv", PEOPLE), *extra, *options)
    assert told.code == code
    assert said in told.err


def test_files_that_cannot_be_taken_are_told_all_at_once_and_nothing_goes_in(
    tmp_path: Path, accounts: str, csm: Csm, book_path: str
) -> None:
    bare = written(tmp_path, "bare.csv", "Colour\nred\n")
    owed = written(tmp_path, "owed.csv", "csm ID,Account,Promise,Touchpoint csm ID\n1,Acme Inc,a deck,\n")
    alone = csm("import", bare)
    assert (alone.code, alone.err.count("\n"), "Nothing was imported" in alone.err) == (1, 1, False)
    ran = csm("import", bare, accounts, owed)
    first, second, last = ran.err.splitlines()
    assert (ran.code, first + "\n") == (1, alone.err)
    assert second.startswith(f"{owed} holds promises")
    assert "`csm export book`" in second
    assert last == "Nothing was imported: mend them or leave them out; the others can be taken."
    assert csm("import", bare, owed).err.splitlines()[-1] == "Nothing was imported."
    assert not Path(book_path).exists()


def test_options_may_stand_between_the_files(tmp_path: Path, accounts: str, csm: Csm) -> None:
    people = written(tmp_path, "people.csv", PEOPLE)
    between = csm("import", accounts, "--dry-run", people, "--json")
    assert (between.code, between.out) == (0, csm("import", accounts, people, "--dry-run", "--json").out)
    assert csm("import", "--dry-run", "--", accounts).code == 0
    assert csm("import", accounts, "--nothing", people).code == 2


def test_people_may_be_called_na_or_null(tmp_path: Path, csm: Csm, accounts: str, book_path: str) -> None:
    people = "Account,First Name,Last Name\nAcme Inc,Na,Li\nAcme Inc,Jen,Null\nAcme Inc,Jon,n/a\nAcme Inc,NULL,?\n"
    told = csm("import", accounts, written(tmp_path, "people.csv", people), "--json").json
    assert [each["line"] for each in told[1]["refused"]] == [5]
    assert rows(book_path, "SELECT name FROM contact") == [("Na Li",), ("Jen Null",), ("Jon",)]
