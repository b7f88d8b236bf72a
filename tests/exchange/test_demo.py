"""The made-up book is the same for the same day, has the size that is asked for, and takes the place of no file."""

from __future__ import annotations

import sqlite3
import stat
from datetime import date, timedelta
from pathlib import Path

import pytest

from csm_tui.domain.due import Group, Item, ItemKind
from csm_tui.domain.errors import Refusal
from csm_tui.exchange.demo import MOST_ACCOUNTS, MOST_TOUCHPOINTS, size, write_demo
from csm_tui.exchange.demo.words_cast import CAST
from csm_tui.exchange.demo.words_names import company
from csm_tui.exchange.demo.words_talks import ONE_WAY, TWO_WAY
from csm_tui.store.connection import reading
from csm_tui.views.today import TodayList, today_list

SATURDAY = date(2026, 11, 21)
DAYS = (
    SATURDAY,
    date(2026, 11, 22),
    date(2026, 11, 23),
    date(2026, 11, 24),
    date(2026, 11, 25),
    date(2026, 11, 26),
    date(2026, 11, 27),
    date(2028, 2, 29),
    date(2026, 12, 31),
    date(2027, 1, 1),
    date(2027, 1, 31),
)


def demo(tmp_path: Path, today: date, accounts: int = 40, touchpoints: int | None = None) -> str:
    """A made-up book; of those that were made once it is a copy."""
    path = tmp_path / f"{today}-{accounts}-{touchpoints}.db"
    sizes = (today, accounts, touchpoints)
    if sizes not in MADE:
        write_demo(str(path), today, accounts, touchpoints)
        MADE[sizes] = path.read_bytes()
    path.write_bytes(MADE[sizes])
    return str(path)


MADE: dict[tuple[date, int, int | None], bytes] = {}


def rows(path: str, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def number(path: str, sql: str) -> int:
    found = rows(path, sql)[0][0]
    assert isinstance(found, int)
    return found


def dump(path: str) -> list[str]:
    connection = sqlite3.connect(path)
    try:
        made = connection.execute("SELECT sql FROM sqlite_master ORDER BY name").fetchall()
        found = connection.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type <> 'virtual'")
        return [
            *map(repr, made),
            *(
                repr((name, row))
                for (name,) in sorted(found.fetchall())
                for row in connection.execute(f"SELECT * FROM {name}")
            ),
        ]
    finally:
        connection.close()


def due(path: str, today: date) -> TodayList:
    with reading(path, today) as book:
        return today_list(book)


def in_group(found: TodayList, group: Group) -> list[Item]:
    return [item for item in found.items if item.group is group]


@pytest.mark.parametrize("touchpoints", [None, 900])
def test_the_same_day_and_sizes_give_the_same_book(tmp_path: Path, touchpoints: int | None) -> None:
    first, second = str(tmp_path / "first.db"), str(tmp_path / "second.db")
    write_demo(first, SATURDAY, 60, touchpoints)
    write_demo(second, SATURDAY, 60, touchpoints)
    assert dump(first) == dump(second)


def test_another_day_gives_another_book(tmp_path: Path) -> None:
    assert dump(demo(tmp_path, SATURDAY)) != dump(demo(tmp_path, SATURDAY + timedelta(days=1)))


def test_a_year_of_work_is_in_it(tmp_path: Path) -> None:
    path = demo(tmp_path, SATURDAY)
    assert 500 <= number(path, "SELECT count(*) FROM touchpoint") <= 1000
    used = {" ".join(map(str, row)) for row in rows(path, "SELECT DISTINCT kind, state, direction FROM touchpoint")}
    assert used >= {
        "qbr held two-way", "ebr held two-way", "onsite held two-way", "training held two-way",
        "chat held two-way", "email held out", "email held in", "call held out", "note held internal",
        "meeting missed two-way",
    }  # fmt: skip
    assert number(path, "SELECT count(*) FROM promise WHERE state = 'kept' AND side = 'ours'") >= 5
    assert number(path, "SELECT count(DISTINCT signal) FROM touchpoint_signal") >= 10
    assert number(path, "SELECT count(DISTINCT mood) FROM touchpoint") == 3
    assert number(path, "SELECT count(*) FROM contact WHERE status = 'left' AND left_on IS NOT NULL") >= 3
    assert number(path, "SELECT count(*) FROM touchpoint WHERE notes IS NOT NULL") >= 10


def test_each_account_knows_two_to_six_people_by_names_of_their_own(tmp_path: Path) -> None:
    path = demo(tmp_path, SATURDAY)
    per_account = "SELECT count(*), count(DISTINCT name), count(DISTINCT email) FROM contact GROUP BY account_id"
    for count, names, addresses in rows(path, per_account):
        assert count == names == addresses
        assert count in range(2, 7)


def test_nobody_is_met_after_having_left(tmp_path: Path) -> None:
    path = demo(tmp_path, SATURDAY)
    sql = (
        "SELECT count(*) FROM touchpoint t JOIN touchpoint_contact l ON l.touchpoint_id = t.id "
        "JOIN contact c ON c.id = l.contact_id WHERE t.day > c.left_on OR t.account_id <> c.account_id"
    )
    assert number(path, sql) == 0


def test_there_is_much_to_say_and_no_gap_is_left_in_a_sentence(tmp_path: Path) -> None:
    said = {text for by_tone in TWO_WAY.values() for texts in by_tone.values() for text in texts}
    said |= {text for texts in ONE_WAY.values() for text in texts}
    assert len(said) >= 60
    path = demo(tmp_path, SATURDAY)
    assert number(path, "SELECT count(*) FROM touchpoint WHERE summary = '' OR summary GLOB '*[{}|]*'") == 0
    assert number(path, "SELECT count(*) FROM snooze WHERE reason GLOB '*[{}|]*'") == 0


def test_names_come_from_many_scripts(tmp_path: Path) -> None:
    names = {row[0] for row in rows(demo(tmp_path, SATURDAY), "SELECT name FROM account")}
    assert {
        "株式会社ウィングチップ",
        "Kirschgrün Möbelwerke",
        "Μελισσόκηπος",
        "Crèmerie Bellefontaine",
    } <= names
    assert len(names) == 40


@pytest.mark.parametrize(("accounts", "touchpoints"), [(300, 5_000), (7, 3), (1, 0), (1, 2_500), (50, 50)])
def test_a_book_for_measuring_has_exactly_its_sizes(tmp_path: Path, accounts: int, touchpoints: int) -> None:
    path = demo(tmp_path, SATURDAY, accounts, touchpoints)
    with reading(path, SATURDAY) as book:
        assert size(book) == (accounts, touchpoints)
        assert today_list(book, None).accounts == accounts
    assert number(path, "SELECT count(DISTINCT name) FROM account") == accounts
    assert rows(path, "PRAGMA foreign_key_check") == []


def test_a_book_for_measuring_is_spread_like_a_real_one(tmp_path: Path) -> None:
    today = date(2026, 11, 24)
    found = due(demo(tmp_path, today, 2_000, 12_000), today)
    share = {group: len({item.account.account_id for item in in_group(found, group)}) / 2_000 for group in Group}
    assert 0.01 <= share[Group.MUST_DO] <= 0.04
    assert 0.03 <= share[Group.OVERDUE] <= 0.08
    assert 0.12 <= share[Group.TODAY] + share[Group.THIS_WEEK] <= 0.22
    assert {item.kind for item in in_group(found, Group.MUST_DO)} >= {ItemKind.PROMISE, ItemKind.RENEWAL}


def test_a_lifelike_book_may_be_larger_or_smaller(tmp_path: Path) -> None:
    names = [row[0] for row in rows(demo(tmp_path, SATURDAY, 120), "SELECT name FROM account ORDER BY id")]
    assert len(set(names)) == 120
    assert names[:40] == [part.name for part in CAST]
    assert number(demo(tmp_path, SATURDAY, 1), "SELECT count(*) FROM account") == 1


def test_invented_names_repeat_only_with_a_number() -> None:
    names = [company(number) for number in range(80_000)]
    assert len(set(names)) == len(names)
    assert not any(character.isdigit() for character in "".join(names[:30_000]))


def test_the_file_is_for_its_user_alone_and_the_only_one_left(tmp_path: Path) -> None:
    folder = tmp_path / "new folder"
    write_demo(str(folder / "book.db"), SATURDAY)
    assert stat.S_IMODE((folder / "book.db").stat().st_mode) == 0o600
    assert [one.name for one in folder.iterdir()] == ["book.db"]


def test_a_file_that_is_there_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "mine.db"
    path.write_bytes(b"my notes")
    with pytest.raises(Refusal, match="left as it is"):
        write_demo(str(path), SATURDAY)
    assert path.read_bytes() == b"my notes"
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_to_nowhere_is_refused_too(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    with pytest.raises(Refusal, match="left as it is"):
        write_demo(str(tmp_path / "link"), SATURDAY)


def test_a_place_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refusal, match="No book can be made"):
        write_demo(str(tmp_path / "file" / "book.db"), SATURDAY)


@pytest.mark.parametrize(
    ("accounts", "touchpoints", "option"),
    [
        (0, None, "--accounts"),
        (MOST_ACCOUNTS + 1, None, "--accounts"),
        (40, -1, "--touchpoints"),
        (40, MOST_TOUCHPOINTS + 1, "--touchpoints"),
    ],
)
def test_sizes_out_of_range_are_refused(tmp_path: Path, accounts: int, touchpoints: int | None, option: str) -> None:
    with pytest.raises(Refusal, match=option):
        write_demo(str(tmp_path / "book.db"), SATURDAY, accounts, touchpoints)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("today", [date(1900, 1, 1), date(2199, 12, 31)])
def test_a_day_at_the_end_of_the_calendar_is_refused(tmp_path: Path, today: date) -> None:
    with pytest.raises(Refusal, match="too far off"):
        write_demo(str(tmp_path / "book.db"), today)
