"""What `csm doctor --salvage` prints: how much is back, and of each table what is not."""

from __future__ import annotations

from csm_tui.cli.mending import command
from csm_tui.store.salvage import salvage
from csm_tui.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from csm_tui.cli.shell import Shell
    from csm_tui.store.salvage import Salvaged, Saved

MOST = 12
"""So many runs of ids are named; `--json` names them all."""


def run(shell: Shell) -> int:
    """Salvage the book, and say what became of it and how to put it in its place."""
    found = salvage(shell.path, shell.today, _texts())
    if shell.json:
        shell.emit(_as_json(found))
        return 0
    back, lost = sum(one.back for one in found.tables), sum(_lost(one) for one in found.tables)
    shell.out(f"{back:,} rows are back, {lost:,} {'is' if lost == 1 else 'are'} not: {found.path}")
    for one in found.tables:
        for line in _lines(one):
            shell.out(f"  {one.table.replace('_', ' '):<19}{line}")
    shell.out("The damaged book was left as it is. What was done before cannot be undone in the new one.")
    shell.out(f"To put it in its place: {command(shell.path, 'restore', found.path)}")
    return 0


def _texts() -> dict[str, str]:
    """The playbooks there are, by the digest under which a book keeps the text."""
    from hashlib import sha256

    from csm_tui.playbooks import all_playbooks

    texts = [one.text for one in all_playbooks().templates]
    return {sha256(text.encode()).hexdigest(): text for text in texts}


def _lost(saved: Saved) -> int:
    return len(saved.standing_in) + len(saved.missing) + len(saved.left_out)


def _lines(saved: Saved) -> Iterator[str]:
    """What there is to say of a table; nothing where every row is back by itself."""
    if saved.found:
        yield f"{saved.found:,} found again in the journal or an index"
    if saved.standing_in:
        yield f"{len(saved.standing_in):,} known in part, and marked as lost: {_runs(saved.standing_in)}"
    if saved.missing:
        yield f"{len(saved.missing):,} missing: {_runs(saved.missing)}"
    if saved.left_out:
        yield f"{len(saved.left_out):,} left out, since they belonged to a missing row: {_runs(saved.left_out)}"


def _runs(ids: Sequence[int]) -> str:
    """Ids in order, those that follow each other as one: `3, 7-12`."""
    runs: list[tuple[int, int]] = []
    for number in ids:
        if runs and runs[-1][1] == number - 1:
            runs[-1] = (runs[-1][0], number)
        else:
            runs.append((number, number))
    told = [str(first) if first == last else f"{first}-{last}" for first, last in runs[:MOST]]
    return ", ".join(told) + (f" and {len(runs) - MOST:,} more" if len(runs) > MOST else "")


def _as_json(found: Salvaged) -> dict[str, object]:
    return {
        "path": found.path,
        "rows": sum(one.back for one in found.tables),
        "lost": sum(_lost(one) for one in found.tables),
        "tables": [one._asdict() for one in found.tables],
    }
