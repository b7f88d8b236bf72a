"""csm playbooks and csm playbook: what they list, show and check; none of them needs a book."""

from __future__ import annotations

from pathlib import Path

from csm_tui import paths
from csm_tui.domain.playbooks import StepTemplate
from csm_tui.playbooks import all_playbooks
from tests.cli.conftest import Csm
from tests.cli.test_modules_loaded import HEAVY, loaded

MINE = '''\
id = "mine"
name = "Mine [/] \\u001b[31m"
anchor = "renewal"
purpose = "To try it."
opens = 1
exit = "All is well."

[[variant]]
name = "short"
steps = ["two"]

[[step]]
id = "one"
title = "First"
day = -14
not_later = -60
phase = "Before"
owner = "AE"
required = true
gate = "all checks ticked"
guidance = """
A first line that
goes on.

- a point
"""
checks = ["Ask"]
exit = "They answered."

[[step]]
id = "two"
title = "Second"
day = 3
phase = "After"
working_days = true
every = 7
on_time = true
done_by = "qbr"
'''


BARE = """\
id = "bare"
name = "Bare"
anchor = "opened"

[[step]]
id = "one"
title = "First"
day = 0
"""


def own(text: str) -> str:
    path = Path(paths.playbooks()) / "mine.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_all_are_listed_with_where_they_come_from(csm: Csm, book_path: str) -> None:
    path = own(MINE)
    lines = csm("playbooks").out.splitlines()
    assert lines[0].split() == ["Id", "Name", "Days", "count", "from", "Steps", "From"]
    (mine,) = [line for line in lines if line.startswith("mine ")]
    assert mine.split()[-3:] == ["renewal", "2", "own"]
    assert "\x1b" not in mine
    assert any(line.startswith("onboarding ") and line.endswith("  shipped") for line in lines)
    found = {one["id"]: one for one in csm("playbooks", "--json").json}
    assert list(found) == [one.playbook.id for one in all_playbooks().templates]
    assert found["mine"] == {
        "id": "mine", "name": "Mine [/] \x1b[31m", "purpose": "To try it.", "anchor": "renewal", "signal": None,
        "steps": 2, "variants": ["short"], "own": True, "path": path,
    }  # fmt: skip
    assert not Path(book_path).exists()


def test_what_is_wrong_in_ones_own_goes_to_stderr_and_the_rest_is_listed(csm: Csm) -> None:
    path = own(MINE.replace("title = ", "titel = "))
    ran = csm("playbooks")
    assert ran.code == 0
    assert f"{path}:14: There is no field `titel`: did you mean `title`?" in ran.err.splitlines()
    assert "onboarding" in ran.out
    assert "mine" not in ran.out


SHOWN = """\
Mine [/] \ufffd[31m (mine, {path})
To try it.
Days count from: renewal. Opens 1 day before.
Variants: standard, short.
Ends when: All is well.

BEFORE
  day -14         First  AE · required · gate: all checks ticked
                  At the latest 60 days before the opt-out day.
                  A first line that goes on.

                  - a point
                  [ ] Ask
                  Done when: They answered.

AFTER
  working day +3  Second
                  us · counts for on-time · again every 7 days · done by a held
                  qbr
"""


def test_one_is_shown_step_by_step_by_its_id_or_its_file(csm: Csm) -> None:
    path = own(MINE)
    shown = csm("playbook", "show", "mine").out
    assert shown.split("\n", 1)[1] == SHOWN.split("\n", 1)[1]
    assert shown.startswith(SHOWN.split("{", 1)[0])
    assert csm("playbook", "show", path).out == shown


def test_a_variant_shows_its_steps(csm: Csm) -> None:
    own(MINE)
    shown = csm("playbook", "show", "mine", "--variant", "short").out
    assert "Second" in shown
    assert "First" not in shown
    ran = csm("playbook", "show", "mine", "--variant", "long")
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.endswith("has no variant long: use one of standard, short.\n")


def test_the_data_of_one_has_every_field(csm: Csm) -> None:
    path = own(MINE)
    found = csm("playbook", "show", "mine", "--variant", "short", "--json").json
    assert {name: found[name] for name in ("id", "anchor", "own", "path", "variant", "variants")} == {
        "id": "mine", "anchor": "renewal", "own": True, "path": path, "variant": "short",
        "variants": ["standard", "short"],
    }  # fmt: skip
    (step,) = found["steps"]
    assert set(step) == set(StepTemplate._fields)
    assert (step["id"], step["day"], step["owner"], step["gate"], step["checks"]) == ("two", 3, "us", None, [])


def test_every_shipped_one_can_be_shown(csm: Csm) -> None:
    for one in all_playbooks().templates:
        ran = csm("playbook", "show", one.playbook.id)
        assert (ran.code, ran.err) == (0, "")
        assert max(map(len, ran.out.splitlines())) < 80
        assert all(step.title in ran.out for step in one.playbook.steps)


def test_one_that_is_not_there_or_wrong_is_refused(csm: Csm) -> None:
    ran = csm("playbook", "show", "onbording")
    assert (ran.code, ran.err) == (1, "There is no playbook onbording: did you mean onboarding?\n")
    path = own(MINE.replace("day = 3", "day = 'x'"))
    ran = csm("playbook", "show", path)
    assert (ran.code, ran.out) == (1, "")
    assert ran.err.startswith(f"{path}:33: `day` must be a whole number")
    for verb in ("show", "check"):
        ran = csm("playbook", verb, "no/such.toml")
        assert (ran.code, ran.err) == (1, "There is no file no/such.toml: give the path of a playbook.\n")


def test_check_names_every_mistake_with_its_line(csm: Csm) -> None:
    path = own(MINE)
    ran = csm("playbook", "check", path)
    assert (ran.code, ran.out, ran.err) == (0, "", f"{path}: no mistakes.\n")
    assert csm("playbook", "check", path, "--json").json == []
    own(MINE.replace("checks =", "cheks =").replace('"two"]', '"six"]'))
    ran = csm("playbook", "check", path)
    told = {
        10: "There is no step `six`: name steps by their `id`.",
        20: "This gate wants all checks ticked, and the step has none: give it `checks`.",
        27: "There is no field `cheks`: did you mean `checks`?",
    }
    assert (ran.code, ran.err) == (1, "")
    assert ran.out.splitlines() == [f"{path}:{line}: {sentence}" for line, sentence in told.items()]
    ran = csm("playbook", "check", path, "--json")
    assert ran.code == 1
    assert ran.json == [{"file": path, "line": line, "sentence": sentence} for line, sentence in told.items()]


def test_a_plan_whose_steps_have_no_phase_is_shown_without_an_empty_heading(csm: Csm, filled: str) -> None:
    own(BARE)
    assert csm("plan", "acme", "bare").code == 0
    page = csm("plan", "acme").out
    assert "\n\n❯ k1 " in page
    assert "\n\n\n" not in page


def test_none_of_them_loads_a_heavy_library(book_path: str) -> None:
    code, modules = loaded("playbook", "show", "onboarding")
    assert code == 0
    assert not modules & (HEAVY | {"difflib", "platformdirs"})
    assert not {"tomllib", "csm_tui.playbooks", "csm_tui.domain.playbooks"} & loaded("--version")[1]
