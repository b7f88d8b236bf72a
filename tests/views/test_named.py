"""Which account a typed name means."""

from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest

from csm_tui.domain.errors import UnknownAccount
from csm_tui.store.connection import reading
from csm_tui.views.named import find_account
from tests.conftest import TODAY
from tests.store.test_every_action import filled


def test_an_id_means_that_account_though_another_is_called_so(tmp_path: object) -> None:
    path = filled(f"{tmp_path}/book.db")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE account SET name = 'id:2' WHERE id = 1")
    with reading(path, TODAY) as book:
        assert [find_account(book, text).id for text in ("id:2", "ID:2", "id:1")] == [2, 2, 1]


@pytest.mark.parametrize("text", ["id:99", "id:x", "id:", "id:" + "9" * 5000])
def test_a_number_that_is_no_account_is_refused(text: str, tmp_path: object) -> None:
    with reading(filled(f"{tmp_path}/book.db"), TODAY) as book, pytest.raises(UnknownAccount, match="No account goes"):
        find_account(book, text)
