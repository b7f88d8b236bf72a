"""Two hundred ways in which the file of a book is no longer one, by number: each number is always the same damage."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable
from pathlib import Path

PAGE = 4096
MOST = 200


def _page(path: Path, book: bytes, rng: random.Random) -> None:
    """A whole page, whichever, of random bytes."""
    at = rng.randrange(len(book) // PAGE) * PAGE
    path.write_bytes(book[:at] + rng.randbytes(PAGE) + book[at + PAGE :])


def _nothing_on_a_page(path: Path, book: bytes, rng: random.Random) -> None:
    at = rng.randrange(len(book) // PAGE) * PAGE
    path.write_bytes(book[:at] + bytes(PAGE) + book[at + PAGE :])


def _some_bytes(path: Path, book: bytes, rng: random.Random) -> None:
    """A few bytes, which a value of a row may be made of."""
    at = rng.randrange(len(book) - 64)
    path.write_bytes(book[:at] + rng.randbytes(rng.randrange(1, 64)) + book[at + 64 :])


def _one_byte(path: Path, book: bytes, rng: random.Random) -> None:
    at = rng.randrange(len(book))
    path.write_bytes(book[:at] + rng.randbytes(1) + book[at + 1 :])


def _head(path: Path, book: bytes, rng: random.Random) -> None:
    """The head of the file, or a part of it."""
    first = rng.randrange(100)
    last = rng.randrange(first, 101)
    path.write_bytes(book[:first] + rng.randbytes(last - first) + book[last:])


def _cut(path: Path, book: bytes, rng: random.Random) -> None:
    """Cut off at a step of 512 bytes."""
    path.write_bytes(book[: rng.randrange(1, len(book) // 512) * 512])


def _random(path: Path, book: bytes, rng: random.Random) -> None:
    path.write_bytes(rng.randbytes(len(book) // 10))


def _socket(path: Path, _book: bytes, _rng: random.Random) -> None:
    before = Path.cwd()
    os.chdir(path.parent)  # the name of a socket may not be long
    try:
        with socket.socket(socket.AF_UNIX) as bound:
            bound.bind(path.name)
    finally:
        os.chdir(before)


Damage = Callable[[Path, bytes, random.Random], object]
OFTEN: tuple[Damage, ...] = (_page, _page, _nothing_on_a_page, _some_bytes, _some_bytes, _one_byte, _head, _cut, _cut)
ONCE: tuple[Damage, ...] = (
    lambda path, _book, _rng: path.touch(),
    lambda path, _book, _rng: path.write_text("name,arr\nAcme,48000\n" * 200),
    lambda path, _book, _rng: path.mkdir(),
    lambda path, _book, _rng: os.mkfifo(path),
    lambda path, _book, _rng: path.symlink_to("/dev/zero"),
    lambda path, _book, _rng: path.symlink_to("/dev/null"),
    _socket,
    _random,
    lambda path, book, _rng: path.write_bytes(bytes(len(book))),
)


def damaged(path: Path, book: bytes, number: int) -> None:
    """Put at a path what damage of a number makes of a book."""
    rng = random.Random(number)
    kind = ONCE[number // 10 % len(ONCE)] if number % 10 == 0 else OFTEN[number % len(OFTEN)]
    kind(path, book, rng)
