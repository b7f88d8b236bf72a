"""The rows of a file that were refused, each behind its reason, as a file that can be mended and imported again.

It is written with the header and the delimiter of the file it comes from; reading it again passes over the reasons.
"""

from __future__ import annotations

import csv
import filecmp
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from csm_tui.domain.errors import Refusal
from csm_tui.exchange import dialect
from csm_tui.exchange.dialect import REASON
from csm_tui.exchange.exporters.csv_file import guarded

if TYPE_CHECKING:
    import io
    from collections.abc import Iterable, Iterator, Sequence

    from csm_tui.actions.import_outcome import Remark
    from csm_tui.exchange.dialect import Line
    from csm_tui.exchange.given import Given

_NUMBERED = re.compile(r"\.refused(?:-\d+)?$")


def keep_refused(given: Given, refused: Sequence[Remark]) -> Path:
    """Write the refused rows beside the file they come from, else here; never over another file. Where they lie.

    The same rows as in an earlier run are left where they are, so that a file that nobody has mended is kept once.
    """
    *earlier, free = _places(given.name)
    write_refused(given, refused, free)
    for path in earlier:
        if path.is_file() and not path.is_symlink() and _same(path, free):
            free.unlink()
            return path
    return free


def _same(path: Path, other: Path) -> bool:
    try:
        return filecmp.cmp(path, other, shallow=False)
    except OSError:  # one that may not be read
        return False


def _places(given: str) -> list[Path]:
    """The places of the refused rows of a file that are taken, and the first that is free."""
    path = Path(given)
    beside = path.is_file() and not path.is_symlink() and os.access(path.parent, os.W_OK)
    folder = path.parent if beside else Path()
    stem = _NUMBERED.sub("", path.stem) or "import"
    places = [folder / f"{stem}.refused.csv"]
    while os.path.lexists(places[-1]):
        places.append(folder / f"{stem}.refused-{len(places) + 1}.csv")
    return places


def write_refused(given: Given, refused: Sequence[Remark], target: Path) -> None:
    """Write the refused rows of a file, which are in the order of its lines. Raises Refusal where that cannot be done.

    Nobody else may read the file; one that is there already is left as it is, and one that breaks off is taken away.
    """
    try:
        handle = os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refusal(f"{target} is there already and was left as it is: name another file with --refused.") from None
    except (OSError, ValueError) as error:
        raise _unwritable(target, error) from None
    try:
        with os.fdopen(handle, "w", encoding="utf-8-sig", newline="") as file:
            _write(file, given, refused)
    except OSError as error:
        target.unlink(missing_ok=True)
        raise _unwritable(target, error) from None
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _unwritable(target: Path, error: OSError | ValueError) -> Refusal:
    why = error.strerror if isinstance(error, OSError) else str(error)
    return Refusal(
        f"The refused rows could not be written to {target} ({why}); the others are in the book. "
        "Name another file with --refused and import again."
    )


def _write(file: io.TextIOBase, given: Given, refused: Iterable[Remark]) -> None:
    with given.stream() as stream, dialect.table(stream, given.name) as table:
        writer = csv.writer(file, delimiter=table.dialect.delimiter, lineterminator="\r\n")
        writer.writerow([REASON, *(guarded(cell) for cell in table.header.cells)])
        for line, reason in _met(table.lines, refused):
            writer.writerow([guarded(reason), *(guarded(cell) for cell in line.cells)])


def _met(lines: Iterable[Line], refused: Iterable[Remark]) -> Iterator[tuple[Line, str]]:
    """Each refused row with its reason: both come in the order of the file."""
    waiting = iter(refused)
    wanted = next(waiting, None)
    for line in lines:
        if wanted is None:
            return
        if line.number == wanted.line:
            yield line, wanted.reason
            wanted = next(waiting, None)
