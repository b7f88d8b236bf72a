"""The real exports of the shared folder taken in together, twice: what each becomes; the second time is nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import Csm, rows
from tests.cli.test_import_kinds import counts
from tests.shared import DATA, shared_data

TOGETHER = {
    "hubspot-fivetran": {
        "contact_data.csv": (0, 0, 0, 22),
        "deal_data.csv": (0, 0, 0, 44),
        "engagement_call_data.csv": (0, 0, 0, 1),
        "engagement_email_data.csv": (0, 0, 0, 1),
        "engagement_meeting_data.csv": (0, 0, 0, 100),
        "engagement_note_data.csv": (0, 0, 0, 1),
        "ticket_data.csv": (0, 0, 0, 25),
        "deal_company_data.csv": (0, 0, 2, 0),
        "engagement_company_data.csv": (0, 0, 1, 0),
        "ticket_company_data.csv": (0, 0, 9, 0),
        "company_data.csv": (24, 0, 0, 0),
    },
    "salesforce-dataloader": {
        "opportunityData.csv": (0, 0, 0, 38),
        "success0413060133.csv": (0, 0, 0, 9),
        "accountData.csv": (423, 0, 0, 0),
    },
    "ravenstack": {
        "ravenstack_supports_ticket.csv": (2000, 0, 0, 0),
        "ravenstack_accounts.csv": (500, 0, 0, 0),
    },
}
"""What each file is to become: new, changed, unchanged, refused. The links of HubSpot lead to none of its companies."""


@shared_data
@pytest.mark.parametrize("folder", TOGETHER)
def test_files_that_belong_together_go_in_as_one_and_only_once(
    folder: str, tmp_path: Path, csm: Csm, book_path: str
) -> None:
    files = [shutil.copy(DATA / folder / name, tmp_path) for name in TOGETHER[folder]]  # refused rows go beside a file
    told = csm("import", *files, "--json")
    assert [counts(each) for each in told.json] == list(TOGETHER[folder].values())
    changes = rows(book_path, "SELECT count(*) FROM change")
    again = csm("import", *files, "--json")
    assert [(each["new"], each["changed"]) for each in again.json] == [(0, 0)] * len(files)
    assert "Nothing was written: there is nothing in it" in again.err
    assert rows(book_path, "SELECT count(*) FROM change") == changes
    assert csm("undo").code == 0
    assert rows(book_path, "SELECT count(*) FROM account") == [(0,)]
