"""What is left of a damaged book: its tables, their rows, and what its indexes say there was, whatever page is lost."""

from __future__ import annotations

from csm_tui.store.journal import JOURNALLED
from csm_tui.store.pages import Pages, Record, Tree
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    Rows = Iterator[tuple[int, Record]]

TABLES = (*JOURNALLED, "operation", "change", "import_mapping", "last_look", "kept_up")
"""Every table of a book, the most particular first where rows of two look alike. The index of words is made anew."""

SCHEMA_KINDS = {"table", "index", "view", "trigger"}
SEQUENCE = "sqlite_sequence"


class Object(NamedTuple):
    """What the schema says of a table or an index: its kind, its name, its table, and its topmost page."""

    kind: str
    name: str
    table: str
    root: int


class Remains:
    """The trees of a file by their names. A tree whose name is lost is `nameless`; who takes it, says so."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages
        self._objects, schema_torn = self._schema()
        self.trees = {found.name: pages.table(found.root) for found in self._objects if found.kind == "table"}
        unnamed = set(TABLES) - self.trees.keys() if schema_torn else set()
        self.torn = unnamed | {name for name in TABLES if name in self.trees and self.trees[name].torn}
        """The tables of which not every page was found."""

    def _schema(self) -> tuple[list[Object], bool]:
        """What the file says it holds, and whether some of that may be missing; leaves without a root say it too."""
        tree = self._pages.table(1)
        found = list(_objects(self._rows(tree)))
        if tree.torn:
            for page in self._pages.astray():
                found += _objects(self._rows(self._pages.table(page)))
            self._pages.seen.clear()
        return found, tree.torn

    def _rows(self, tree: Tree) -> Rows:
        for leaf in tree.leaves:
            yield from self._pages.rows(leaf)

    def is_harmed(self, table: str) -> bool:
        """Whether a row of a table may be lost, once its rows were read."""
        tree = self.trees.get(table)
        pages = () if tree is None else (leaf.page for leaf in tree.leaves)
        return table in self.torn or not self._pages.passed_over.isdisjoint(pages)

    def rows(self, table: str) -> Rows:
        """The rows of a table that can be read under its name: id and values."""
        yield from self._rows(self.trees.get(table, Tree([], torn=True)))

    def nameless(self) -> Iterator[list[tuple[int, Record]]]:
        """The rows of each tree that no name leads to."""
        for page in self._pages.astray():
            yield list(self._rows(self._pages.table(page)))

    def entries(self, table: str) -> Iterator[tuple[str, Record]]:
        """What the indexes of a table say of its rows: the index, and its values with the id of the row at the end."""
        for found in self._objects:
            if found.kind == "index" and found.table == table:
                for record in self._pages.index(found.root):
                    yield found.name, record

    def newest_ids(self) -> dict[str, int]:
        """The highest id that each table has ever given."""
        found = (row for _, row in self.rows(SEQUENCE) if len(row) == 2)
        return {str(name): newest for name, newest in found if isinstance(newest, int)}


def _objects(rows: Rows) -> Iterator[Object]:
    """The rows of the schema among others."""
    for _, row in rows:
        if len(row) == 5 and row[0] in SCHEMA_KINDS:
            kind, name, table, root, _sql = row
            if isinstance(root, int):
                yield Object(str(kind), str(name), str(table), root)
