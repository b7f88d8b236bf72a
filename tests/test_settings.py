"""settings.toml: what it gives holds, what it gives wrongly is named with its line, and nothing else changes."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from csm_tui import paths
from csm_tui.domain.days import Calendar
from csm_tui.domain.policy import POLICY, CadencePolicy, MoneyPolicy
from csm_tui.settings import DEFAULT, Settings, settings
from csm_tui.settings_file import read
from csm_tui.settings_table import TABLE, built, defaults, example, values, written


def given_file(text: str | bytes) -> Settings:
    path = Path(paths.settings())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return settings()


def test_without_a_file_all_is_as_it_was() -> None:
    assert settings() is DEFAULT
    assert built(defaults()) == DEFAULT


def test_every_setting_can_be_given() -> None:
    found = given_file("""
currency = "usd"
weekend = ["Fri", "saturday"]
days_off = [2026-12-24, "2026-12-25"]
theme = "csm-light"
glyphs = "ascii"
density = "compact"
editor = "vim -n"
[rates]
EUR = 1.0875
"£" = 2
[cadence]
onboarding = 5
low_touch = 60
[renewals]
opt_out_near = 45
[agenda]
week = 10
[engaged]
within = 60
[keys]
log = "L"
pane.1 = false
"list.down" = "n"
""")
    days = Calendar(frozenset({4, 5}), frozenset({date(2026, 12, 24), date(2026, 12, 25)}))
    assert found.notices == ()
    assert found.policy.money == MoneyPolicy("USD", {"EUR": (87, 80), "GBP": (2, 1)})
    assert found.policy.cadence == CadencePolicy(onboarding=5, low_touch=60, calendar=days)
    assert (found.policy.renewals.opt_out_near, found.policy.agenda.week, found.policy.engaged.within) == (45, 10, 60)
    assert (found.theme, found.glyphs, found.density, found.editor) == ("csm-light", "ascii", "compact", "vim -n")
    assert found.keys == {"log": "L", "pane.1": "", "list.down": "n"}
    assert found.lines["cadence.low_touch"] == 14
    assert found.lines["keys.list.down"] == 24


@pytest.mark.parametrize(
    ("text", "line", "told"),
    [
        ("\n\ncurency = 'EUR'", 3, "there is no setting curency: did you mean currency?"),
        ("[cadence]\nonbording = 9", 2, "there is no setting cadence.onbording: did you mean cadence.onboarding?"),
        ("zzz = 1", 1, "there is no setting zzz: `csm settings --example` shows all there are."),
        ("engaged = 7", 1, "there is no setting engaged, but a table: write [engaged], and what it holds"),
        ("[cadence]\nvalue = '30'", 2, "cadence.value must be a whole number of days, 1 to 3650; until then it is 30."),
        ("[cadence]\nvalue = 0", 2, "cadence.value must be a whole number of days, 1 to 3650"),
        ("[cadence]\nvalue = true", 2, "cadence.value must be a whole number"),
        ("[cadence]\nvalue = 30.0", 2, "cadence.value must be a whole number"),
        ("# x\ntheme = 3", 2, "theme must be a text in quotes; until then it is 'csm-dark'."),
        ("glyphs = 'emoji'", 1, "glyphs must be 'unicode' or 'ascii'; until then it is 'unicode'."),
        ("currency = 'euros'", 1, "currency must be three letters, such as 'EUR' or 'USD'"),
        ("weekend = 'sat'", 1, "weekend must be a list of days such as ['sat', 'sun']"),
        ("weekend = ['moo']", 1, "weekend must be a list of days"),
        ("weekend = ['mon','tue','wed','thu','fri','sat','sun']", 1, "weekend must leave at least one working day"),
        ("days_off = [\n  2026-12-24,\n  7,\n]", 1, "days_off must hold days such as 2026-12-24, which '7' is not"),
        ("days_off = [2026-12-24T10:00:00]", 1, "days_off must hold days"),
        ("days_off = [1026-12-24]", 1, "days_off must hold days"),
        ("[rates]\nUSD = 0", 2, "rates.USD must be above 0"),
        ("[rates]\nUSD = nan", 2, "rates.USD must be above 0"),
        ("[rates]\nUSD = 1e-99999", 2, "rates.USD must be above 0"),
        ("[rates]\nUSD = 'x'", 2, "rates.USD must be a number such as 0.92; it is left out."),
        ("rates = {DOLLAR = 1}", 1, "rates.DOLLAR must be named by three letters, such as USD; it is left out."),
        ("[keys]\nlog = 4", 2, "keys.log must be a key in quotes"),
    ],
)
def test_what_is_wrong_is_named_with_its_line_and_the_default_holds(text: str, line: int, told: str) -> None:
    found = given_file(text + "\n" if text.startswith("[") else text + "\n[cadence]\nadoption = 21\n")
    assert len(found.notices) == 1
    assert found.notices[0].startswith(f"{paths.settings()}, line {line}: {told}")
    good = CadencePolicy() if text.startswith("[") else CadencePolicy(adoption=21)
    assert found._replace(notices=(), lines={}) == DEFAULT._replace(policy=POLICY._replace(cadence=good))


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("currency = 'EUR'\nweek end = 1\n", ", line 2 is not TOML ("),
        ("currency = 'EUR'\ncurrency = 'USD'\n", ", line 2 is not TOML ("),
        (b"theme = '\xff'\n", " is not UTF-8 text"),
        ("a = " + "[" * 5000, " holds a value that is too large"),
        ("a = " + "9" * 5000, " holds a value that is too large"),
        ("#" * 1_000_001, " cannot be read (it is longer than such a file can be)"),
    ],
)
def test_a_file_that_is_no_toml_gives_all_defaults(text: str | bytes, told: str) -> None:
    found = given_file(text)
    assert found._replace(notices=()) == DEFAULT
    assert found.notices[0].startswith(f"{paths.settings()}{told}")
    assert found.notices[0].endswith(": all settings are the defaults.")


def test_a_folder_of_that_name_and_a_file_of_others_are_told_too(tmp_path: Path) -> None:
    assert "is not a file" in read(str(tmp_path)).notices[0]
    assert "No such file" in read(str(tmp_path / "none")).notices[0]


def test_a_flood_of_wrong_settings_is_cut_short() -> None:
    found = given_file("".join(f"wrong{number} = 1\n" for number in range(100)))
    assert len(found.notices) == 21
    assert "80 more" in found.notices[-1]


def test_the_example_has_every_setting_at_its_default() -> None:
    """As it is it changes nothing; with its marks taken away it gives each default, on a line of its own."""
    assert given_file(example())._replace(lines={}) == DEFAULT
    bare = example().replace("#: USD = 0.92\n", "").replace("#: log = 'l'\n", "").replace("#: ", "")
    found = given_file(bare)
    assert found.notices == ()
    assert found._replace(lines={}) == DEFAULT
    assert set(found.lines) == {setting.name for setting in TABLE}


def test_the_page_about_settings_is_made_from_the_table() -> None:
    page = (Path(__file__).parents[1] / "docs" / "settings.md").read_text(encoding="utf-8")
    for setting in TABLE:
        assert f"| `{setting.name}` | `{written(setting.default)}` | {setting.about} |\n" in page


NUMBERS = [setting for setting in TABLE if isinstance(setting.default, int)]


@given(st.dictionaries(st.sampled_from(NUMBERS), st.integers(1, 1000)))
def test_what_holds_can_be_told_and_read_again(chosen: dict[object, int]) -> None:
    changed = {setting.name: number for setting, number in chosen.items()}  # type: ignore[attr-defined]
    whole = built({**defaults(), **changed})
    assert values(whole) == {**defaults(), **changed}


@given(st.text(st.characters(codec="utf-8")).filter(str.isprintable))
def test_any_text_is_written_as_toml_reads_it(text: str) -> None:
    assert tomllib.loads(f"a = {written(text)}")["a"] == text


@pytest.mark.parametrize(("cents", "worth"), [(100, 92), (1, 1), (0, 0), (10**15, 92 * 10**13), (-100, -92)])
def test_a_rate_is_exact_and_rounds_half_up(cents: int, worth: int) -> None:
    money = MoneyPolicy("EUR", {"USD": (23, 25), "EUR": (2, 1)})
    assert money.worth(cents, "USD") == (worth, "EUR")
    assert money.worth(cents, "EUR") == (cents, "EUR")
    assert money.worth(cents, "GBP") == (cents, "GBP")
