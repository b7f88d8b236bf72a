"""Bytes as letters: every encoding that a spreadsheet writes is read, and what is no text is refused."""

from __future__ import annotations

import pytest

from csm_tui.domain.errors import Refusal
from csm_tui.exchange.dialect import table
from tests.faults.matrix import Tally
from tests.faults.test_e_dialects import read, stream, told


@pytest.fixture(autouse=True)
def counted(tally: Tally) -> None:
    """Each test here is one try."""
    tally.tried += 1


@pytest.mark.fault("E1")
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "utf-32-be"]
)
def test_every_encoding_gives_the_same_table(encoding: str) -> None:
    text = "Name,City\nÁcme,Köln\n株式会社,東京\n😀,Łódź\n" + "Bolt & Sons of the North,Newcastle\n" * 5
    assert read(text.encode(encoding))[:4] == [
        (1, ["Name", "City"]),
        (2, ["Ácme", "Köln"]),
        (3, ["株式会社", "東京"]),
        (4, ["😀", "Łódź"]),
    ]


@pytest.mark.fault("E1")
def test_an_encoding_that_was_supposed_is_told_and_one_that_is_sure_is_not() -> None:
    text = "Name,City\nÁcme,Köln\n"
    assert told(text.encode()) == told(text.encode("utf-8-sig")) == told(text.encode("utf-16")) == ""
    assert "read as Windows-1252" in told(text.encode("cp1252"))
    assert "read as UTF-16" in told((text * 9).encode("utf-16-le"))


@pytest.mark.fault("E1")
@pytest.mark.parametrize("name", ["Cr\ufffddit", "Crédit".encode().decode("cp1252"), "It’s".encode().decode("cp1252")])
def test_letters_that_were_broken_before_are_told(name: str) -> None:
    assert "broken before" in told(f"Name\n{name}\n".encode())


@pytest.mark.fault("E1")
def test_utf_32_under_the_mark_of_utf_16_is_read() -> None:
    assert read(b"\xfe\xff" + "Name,City\nÁcme,Köln\n".encode("utf-32-be"))[1] == (2, ["Ácme", "Köln"])


@pytest.mark.fault("E1")
def test_wide_text_that_breaks_off_is_refused() -> None:
    with pytest.raises(Refusal, match="not UTF-16 text from about line"):
        read("Name\nAcme\nBolt".encode("utf-16")[:-1])


@pytest.mark.fault("E1")
@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is empty"),
        (b" \n\n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        (b"Name,City\n", "a header and no rows"),
        (b"Name,City\n\n , \n", "a header and no rows"),
        (b"PK\x03\x04rest", "Excel workbook"),
        (b"\xd0\xcf\x11\xe0rest", "old Excel"),
        (b"PK\x05\x06rest", "empty archive"),
        (b"%PDF-1.7", "PDF"),
        (b"\x1f\x8brest", "packed"),
        (b'[{"Name": "Acme"}]', "JSON"),
        (b'\xef\xbb\xbf {\n"Name": "Acme"}', "JSON"),
        (b"BEGIN:VCALENDAR\r\n", "calendar"),
        (b"\n<?xml version", "web page or XML"),
        ("<html><body>".encode("utf-16"), "web page"),
        (b"<html><table><tr><td>Name", "web page"),
        ("名前,住所\nアクメ株式会社,東京\n".encode("shift-jis"), "not UTF-8"),
        ("Имя,Город\nПривет,Москва\n".encode("cp1251"), "not UTF-8"),
        (bytes(range(256)) * 40, "not text"),
    ],
)
def test_what_is_no_table_is_refused_in_one_sentence(data: bytes, what: str) -> None:
    with pytest.raises(Refusal, match=what) as refused:
        read(data)
    assert str(refused.value).startswith("book.csv ")
    assert str(refused.value).endswith(".")


@pytest.mark.fault("E1")
def test_western_european_letters_of_windows_are_read_and_the_encoding_is_told() -> None:
    with table(stream("Name\nCrédit Foncier\nPébéo\n".encode("cp1252")), "book.csv") as found:
        assert found.encoding == "cp1252"
        assert [line.cells for line in found.lines] == [["Crédit Foncier"], ["Pébéo"]]
