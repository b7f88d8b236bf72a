"""What a user can cause, said in a full sentence with its remedy; anything else is a bug and shows as one."""

from __future__ import annotations


class Refusal(Exception):
    """Something was asked that cannot be done. The message is a sentence that names the thing and the remedy."""


class UnknownAccount(Refusal):
    """No account, or more than one, goes by the words given; `candidates` are the names to choose from."""

    def __init__(self, message: str, candidates: tuple[str, ...] = ()) -> None:
        super().__init__(message)
        self.candidates = candidates
