"""Where the book, its backups, the drafts and the settings lie; each folder is made private when it is made."""

from __future__ import annotations

import os
import sys

NAME = "csm-tui"


def database() -> str:
    """The book: CSM_DB, else `book.db` in the user's data folder."""
    return os.environ.get("CSM_DB") or os.path.join(_folder("data"), "book.db")


def folder_of(book: str) -> str:
    """The folder in which a book lies, or will; a book behind a link lies where the link leads."""
    return os.path.dirname(os.path.realpath(book))


def backups(book: str) -> str:
    """The backups of a book: a folder of that name beside it, so that they travel and vanish with it."""
    return os.path.realpath(book) + ".backups"


def drafts() -> str:
    """Half-typed forms: a folder in the user's state folder."""
    return os.path.join(_folder("state"), "drafts")


def settings() -> str:
    """The settings file."""
    return os.path.join(_usual("config") or _folder("config"), "settings.toml")


def playbooks() -> str:
    """The user's own playbooks: a folder beside the settings file."""
    return os.path.join(os.path.dirname(settings()), "playbooks")


def private_folder(path: str) -> str:
    """Make a folder, and those above it that are missing, for this user alone (0700)."""
    missing, at = [], path
    while at and not os.path.isdir(at):
        missing.append(at)
        at = os.path.dirname(at)
    for folder in reversed(missing):
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:  # another process was quicker
            if not os.path.isdir(folder):
                raise
    return path


def write_private(path: str, text: str) -> None:
    """Write a small file of this user's own (0600) aside, and put it in its place whole. Raises OSError."""
    private_folder(os.path.dirname(path))
    aside = f"{path}.new"
    try:
        handle = os.open(aside, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8", errors="surrogatepass", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except OSError:
        if os.path.lexists(aside):
            os.unlink(aside)
        raise


def _folder(kind: str) -> str:
    """The user's folder of a kind. Where the usual Linux folder is there, platformdirs need not be loaded to say so."""
    quick = _usual(kind)
    if quick is not None and os.path.isdir(quick):
        return quick
    from platformdirs import PlatformDirs

    dirs = PlatformDirs(NAME, appauthor=False)
    return {"data": dirs.user_data_dir, "state": dirs.user_state_dir, "config": dirs.user_config_dir}[kind]


_XDG = {
    "data": ("XDG_DATA_HOME", ".local/share"),
    "state": ("XDG_STATE_HOME", ".local/state"),
    "config": ("XDG_CONFIG_HOME", ".config"),
}


def _usual(kind: str) -> str | None:
    """What platformdirs answers on Linux in a plain environment (a test holds the two equal); None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    variable, below_home = _XDG[kind]
    root, home = os.environ.get(variable, ""), os.environ.get("HOME", "")
    base = root or home
    plain = os.path.isabs(base) and os.path.normpath(base) == base.strip() == base and base[1:2] not in {"", "/"}
    return os.path.join(root or os.path.join(home, below_home), NAME) if plain else None
