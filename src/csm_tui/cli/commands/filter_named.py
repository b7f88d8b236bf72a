"""csm filter: filters kept by name, which every list takes as =NAME."""

from __future__ import annotations

from csm_tui.cli.verbs import done, verb, verbs
from csm_tui.typed import TYPE_CHECKING
from csm_tui.views.filters import saved_filters

if TYPE_CHECKING:
    import argparse

    from csm_tui.cli.shell import Shell

SUMMARY = "Save filters by name; any list then takes =NAME among its words."
EPILOG = """\
  csm filter save quiet silent:21+ not:tier:low
  csm accounts =quiet tag:emea
  csm filter list
  csm filter remove quiet
What a filter may ask:
  words                        all must stand in the row
  tier:high band:risk phase:onboarding owner:park tag:emea
  kind:promise group:overdue   of due items
  silent renew day pulse late  numbers: 'silent>21' or silent:21+ (21 or more),
                               'renew<90' or renew:90- (90 or less), pulse:3
  arr                          money: 'arr>50k' or arr:50k+
  '#champion'                  that signal was logged in the last 90 days
  not:tier:low                 turns a token round
  owner:none                   has none"""


def configure(parser: argparse.ArgumentParser) -> None:
    """The verbs and their words."""
    made = verbs(parser)
    one = verb(made, "save", _save, "keep a filter by name", "csm filter save quiet silent:21+ not:tier:low")
    one.add_argument("name", metavar="NAME", help="one word")
    one.add_argument("filter", metavar="FILTER", nargs="+", help="its words: csm filter --help lists them")
    verb(made, "list", _list, "every saved filter", "csm filter list")
    one = verb(made, "remove", _remove, "forget a saved filter", "csm filter remove quiet")
    one.add_argument("name", metavar="NAME", help="the name it was saved by")


def run(chosen: argparse.Namespace, shell: Shell) -> int:
    """Do what the verb says."""
    code: int = chosen.act(chosen, shell)
    return code


def _save(chosen: argparse.Namespace, shell: Shell) -> int:
    from csm_tui.actions.saved_filters import SaveFilter, save_filter

    wanted = SaveFilter(chosen.name, " ".join(chosen.filter))
    name = shell.do_light(save_filter, wanted)
    text = next(one.text for one in shell.read(saved_filters) if one.name == name)
    return _tell(shell, name, text, f"Saved ={name}: {text}")


def _remove(chosen: argparse.Namespace, shell: Shell) -> int:
    from csm_tui.actions.saved_filters import RemoveFilter, remove_filter

    wanted = RemoveFilter(chosen.name.removeprefix("="))
    shell.do_light(remove_filter, wanted)
    return _tell(shell, wanted.name, None, f"{done(wanted.label)}.")


def _tell(shell: Shell, name: str, text: str | None, sentence: str) -> int:
    if shell.json:
        shell.emit({"name": name, "text": text})
    else:
        shell.out(sentence)
    return 0


def _list(_chosen: argparse.Namespace, shell: Shell) -> int:
    found = shell.read(saved_filters)
    if shell.json:
        shell.emit([one._asdict() for one in found])
    elif found:
        shell.table(("Name", "Filter"), [(f"={one.name}", one.text) for one in found])
    else:
        shell.say("No filter is saved: csm filter save NAME FILTER keeps one.")
    return 0
