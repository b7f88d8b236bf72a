"""Takes a guard out of the program, to see that the row which rests on it turns red.

`CSM_SPOIL=name` takes one out of the process of the tests and of every program they start through `program.py`.
"""

from __future__ import annotations

from tests.faults.guards import a_crash, b_damage, b_disk, c_two, d_around, d_text, e_exchange, f_model

ASKED = "CSM_SPOIL"
GUARDS = {
    name: guard
    for group in (a_crash, b_damage, b_disk, c_two, d_around, d_text, e_exchange, f_model)
    for name, guard in group.GUARDS.items()
}
"""All of them, by name."""


def take_out(name: str) -> None:
    """Take a guard out; an empty name leaves all of them."""
    if name:
        GUARDS[name].take_out()
