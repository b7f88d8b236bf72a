"""The pages of a SQLite file read without SQLite, which gives up where a page is damaged; here the rest is still read.

The format is that of https://sqlite.org/fileformat2.html. What cannot be right is passed over: a page of no kind, a
child or a key out of its bounds, a row whose lengths do not add up, text that is no UTF-8 or holds NUL.
"""

from __future__ import annotations

from csm_tui.store.connection import SQLITE_HEADER
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator
    from mmap import mmap

Value = str | int | float | bytes | None
Record = list[Value]

INDEX_INNER, TABLE_INNER, INDEX_LEAF, TABLE_LEAF = 2, 5, 10, 13
USUAL_SIZE = 4096
LOWEST, HIGHEST = -(1 << 63), (1 << 63) - 1
WHOLE_NUMBERS = {0: 0, 1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8, 8: 0, 9: 0}
"""How many bytes a number takes, by the kind that the head of a record gives."""


class Leaf(NamedTuple):
    """A page with rows, and the ids that its parents allow on it."""

    page: int
    low: int
    high: int


class Tree(NamedTuple):
    """The leaves of a table that can be reached from its root, and whether something on the way could not be read."""

    leaves: list[Leaf]
    torn: bool


class Pages:
    """A file as numbered pages, from 1.

    `seen` are those that a tree has claimed, `passed_over` those of which a row could not be read.
    """

    def __init__(self, data: mmap | bytes) -> None:
        self._data = data
        head = bytes(data[:100])
        sound = head[:16] == SQLITE_HEADER and len(head) == 100
        self.application_id = int.from_bytes(head[68:72], "big") if sound else 0
        self.version = int.from_bytes(head[60:64], "big") if sound else 0
        self._first_free = int.from_bytes(head[32:36], "big") if sound else 0
        self._size = _page_size(head) if sound else USUAL_SIZE
        self._usable = self._size - (head[20] if sound else 0)
        self.count = len(data) // self._size
        self.seen: set[int] = set()
        self.passed_over: set[int] = set()

    def _page(self, number: int) -> bytes:
        """A page's bytes. Raises ValueError for one that is not in the file."""
        if not 1 <= number <= self.count:
            raise ValueError(number)
        return bytes(self._data[(number - 1) * self._size : (number - 1) * self._size + self._usable])

    def _kind(self, number: int) -> int:
        at = (number - 1) * self._size + (100 if number == 1 else 0)
        return self._data[at] if 1 <= number <= self.count else 0

    def table(self, root: int) -> Tree:
        """The leaves below a root."""
        leaves, torn, todo = [], False, [Leaf(root, LOWEST, HIGHEST)]
        while todo:
            at = todo.pop()
            kind = self._kind(at.page)
            if at.page in self.seen or kind not in {TABLE_LEAF, TABLE_INNER}:
                torn = True
                continue
            self.seen.add(at.page)
            if kind == TABLE_LEAF:
                leaves.append(at)
                continue
            try:
                todo += reversed(self._children(at))
            except (ValueError, IndexError):
                torn = True
        return Tree(leaves, torn)

    def _children(self, parent: Leaf) -> list[Leaf]:
        """The pages under an inner page of a table, each with the ids it may hold. Raises ValueError for nonsense."""
        page = self._page(parent.page)
        low, found = parent.low, []
        for at in _cells(page, parent.page):
            key, _ = _signed(page, at + 4)
            if not low <= key <= parent.high:
                raise ValueError(key)
            found.append(Leaf(self._child(page, at), low, key))
            low = key + 1
        last = self._child(page, (100 if parent.page == 1 else 0) + 8)
        return [*found, Leaf(last, low, parent.high)]

    def _child(self, page: bytes, at: int) -> int:
        child = int.from_bytes(page[at : at + 4], "big")
        if not 1 < child <= self.count:
            raise ValueError(child)
        return child

    def rows(self, leaf: Leaf) -> Iterator[tuple[int, Record]]:
        """The rows of a leaf that can be read: id and values."""
        page, most = self._page(leaf.page), self._usable - 35
        cells = _cells_or_none(page, leaf.page)
        for at in cells or ():
            try:
                length, after = varint(page, at)
                row_id, after = _signed(page, after)
                if not leaf.low <= row_id <= leaf.high:
                    raise ValueError(row_id)
                values = record(self._payload(page, after, length, most))
            except (ValueError, IndexError):
                self.passed_over.add(leaf.page)
            else:
                yield row_id, values
        if cells is None:
            self.passed_over.add(leaf.page)

    def index(self, root: int) -> Iterator[Record]:
        """The entries of an index that can be read; the last value of each is the id of its row."""
        seen, todo = set(), [root]
        while todo:
            number = todo.pop()
            kind = self._kind(number)
            if number in seen or kind not in {INDEX_LEAF, INDEX_INNER}:
                continue
            seen.add(number)
            page = self._page(number)
            if kind == INDEX_INNER:
                todo.append(int.from_bytes(page[8:12], "big"))
            for at in _cells_or_none(page, number) or ():
                if kind == INDEX_INNER:
                    todo.append(int.from_bytes(page[at : at + 4], "big"))
                yield from self._entry(page, at + 4 * (kind == INDEX_INNER))

    def _entry(self, page: bytes, at: int) -> Iterator[Record]:
        try:
            length, after = varint(page, at)
            yield record(self._payload(page, after, length, (self._usable - 12) * 64 // 255 - 23))
        except (ValueError, IndexError):
            return

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        """What a cell holds, with the part of it that lies on pages of its own. Raises ValueError where one is lost."""
        local = length
        if length > most:
            least = (self._usable - 12) * 32 // 255 - 23
            local = least + (length - least) % (self._usable - 4)
            local = least if local > most else local
        if at + local > len(page) or length > len(self._data):
            raise ValueError(length)
        if local == length:
            return page[at : at + local]
        pieces, left = [page[at : at + local]], length - local
        following = int.from_bytes(page[at + local : at + local + 4], "big")
        while left > 0:
            over = self._page(following)
            following = int.from_bytes(over[:4], "big")
            pieces.append(over[4 : 4 + left])
            left -= len(pieces[-1])
        if following:
            raise ValueError(following)
        return b"".join(pieces)

    def astray(self) -> list[int]:
        """The topmost of the pages of tables that no tree has claimed, and that are not free."""
        loose = [
            number
            for number in sorted(set(range(2, self.count + 1)) - self.seen - self._free())
            if self._kind(number) in {TABLE_LEAF, TABLE_INNER}
        ]
        below = set()
        for number in loose:
            if self._kind(number) == TABLE_INNER:
                try:
                    below |= {child.page for child in self._children(Leaf(number, LOWEST, HIGHEST))}
                except (ValueError, IndexError):
                    continue
        return [number for number in loose if number not in below]

    def _free(self) -> set[int]:
        """The pages that the file has let go of: what stands on them was deleted."""
        free: set[int] = set()
        trunk = self._first_free
        while 1 < trunk <= self.count and trunk not in free:
            free.add(trunk)
            page = self._page(trunk)
            listed = min(int.from_bytes(page[4:8], "big"), (len(page) - 8) // 4)
            free |= {int.from_bytes(page[at : at + 4], "big") for at in range(8, 8 + 4 * listed, 4)}
            trunk = int.from_bytes(page[:4], "big")
        return free


def _page_size(head: bytes) -> int:
    size = int.from_bytes(head[16:18], "big")
    return 65536 if size == 1 else size if size >= 512 and size & (size - 1) == 0 else USUAL_SIZE


def _cells(page: bytes, number: int) -> list[int]:
    """Where the cells of a page begin. Raises ValueError for a page whose head says more than fit on it."""
    head = 100 if number == 1 else 0
    first = head + (12 if page[head] in {TABLE_INNER, INDEX_INNER} else 8)
    count = int.from_bytes(page[head + 3 : head + 5], "big")
    if first + 2 * count > len(page):
        raise ValueError(count)
    return [int.from_bytes(page[at : at + 2], "big") for at in range(first, first + 2 * count, 2)]


def _cells_or_none(page: bytes, number: int) -> list[int] | None:
    try:
        return _cells(page, number)
    except ValueError:
        return None


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where the next one stands. Raises IndexError past the end."""
    value = 0
    for place in range(at, at + 8):
        byte = data[place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + 1
    return value << 8 | data[at + 8], at + 9


def _signed(data: bytes, at: int) -> tuple[int, int]:
    value, after = varint(data, at)
    return value - (1 << 64) if value >> 63 else value, after


def record(payload: bytes) -> Record:
    """The values of a record. Raises ValueError or IndexError for one that cannot be right."""
    head, at = varint(payload, 0)
    kinds = []
    while at < head:
        kind, at = (payload[at], at + 1) if payload[at] < 0x80 else varint(payload, at)
        kinds.append(kind)
    values: Record = []
    for kind in kinds:
        size = (kind - 12) >> 1 if kind > 11 else 8 if kind == 7 else WHOLE_NUMBERS.get(kind, len(payload) + 1)
        values.append(_value(kind, payload[at : at + size]))
        at += size
    if at != len(payload):
        raise ValueError(at)
    return values


def _value(kind: int, piece: bytes) -> Value:
    if kind == 0:
        return None
    if kind in {8, 9}:
        return kind - 8
    if kind < 7:
        return int.from_bytes(piece, "big", signed=True)
    if kind < 13 or kind % 2 == 0:  # no book holds a REAL or a BLOB
        return piece
    text = piece.decode()
    if "\0" in text:
        raise ValueError(kind)
    return text
