"""When a customer named in a file is one that the book has already."""

from __future__ import annotations

import re
import unicodedata

from csm_tui.domain.errors import Refusal
from csm_tui.typed import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

SALESFORCE = "salesforce"
_SALESFORCE_ID = re.compile(r"[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?")

LEGAL_SUFFIXES = frozenset({
    "inc", "incorporated", "ltd", "limited", "llc", "llp", "lp", "plc", "corp", "corporation", "co",
    "company", "gmbh", "mbh", "ggmbh", "ag", "kg", "kgaa", "ug", "ohg", "eg", "ek", "ev", "se", "sa",
    "sas", "sasu", "sarl", "srl", "srls", "spa", "sl", "slu", "bv", "nv", "vof", "ab", "as", "a/s",
    "asa", "aps", "oy", "oyj", "pty", "ptyltd", "pte", "pvt", "pvtltd", "spzoo", "spk", "sro", "doo",
    "dd", "kft", "zrt", "nyrt", "ood", "ead", "kk", "gk", "bhd", "sdnbhd", "ltda", "eireli", "sadecv",
    "sapidecv", "cv", "jsc", "ooo", "pjsc", "株式会社", "有限会社", "有限公司", "股份有限公司",
})  # fmt: skip
"""What a company's name may end in without being another company, as it reads without dots and blanks."""

_JOINERS = frozenset({"&", "+", "and", "und", "et", "y", "e"})
_LONGEST_SUFFIX = 4
_ENDINGS = frozenset(suffix[at:] for suffix in LEGAL_SUFFIXES for at in range(len(suffix)))
"""What the last word of a suffix may be: most names end in none of these, and need no further look."""
_EDGES = ".,;:\"'“”„‘’()[]"

SHARED_DOMAINS = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com",
    "ymail.com", "icloud.com", "me.com", "mac.com", "aol.com", "gmx.com", "gmx.de", "gmx.net", "gmx.at",
    "gmx.ch", "web.de", "t-online.de", "freenet.de", "mail.com", "mail.ru", "yandex.ru", "yandex.com",
    "proton.me", "protonmail.com", "zoho.com", "fastmail.com", "orange.fr", "wanadoo.fr", "free.fr",
    "laposte.net", "libero.it", "qq.com", "163.com", "126.com", "naver.com", "facebook.com",
    "linkedin.com", "twitter.com", "x.com", "instagram.com", "youtube.com", "sites.google.com",
})  # fmt: skip
"""Where many unlike customers live: these say nothing about who somebody is."""

_PLAIN_ADDRESS = re.compile(r"(?:https?://)?(?:www\.)?((?!www\.)[a-z0-9-]+(?:\.[a-z0-9-]+)+)/?")
"""The common case, which needs no care."""
_DOMAIN = re.compile(r"[^\s/@:?#.,;]+(?:\.[^\s/@:?#.,;]+)+")


class Identity(NamedTuple):
    """By what a row of a file says who it is; an empty name says nothing. The domain is normal already."""

    name: str
    domain: str | None = None
    source: str = ""
    external_id: str | None = None


class Known(NamedTuple):
    """By what an account of the book can be known: its ids are pairs of source and value."""

    account_id: int
    name: str
    domain: str | None = None
    external_ids: tuple[tuple[str, str], ...] = ()


class Ambiguous(Refusal):
    """The row could be more than one account; `candidates` are these."""

    def __init__(self, candidates: tuple[Known, ...]) -> None:
        named = " or ".join(f"“{one.name}”" for one in candidates)
        super().__init__(f"could be {named}: give it an id or a domain that only one of them has")
        self.candidates = candidates


def normal_name(name: str) -> str:
    """A company's name as anybody would recognise it: no case, no legal suffix, no stray punctuation."""
    text = name.lower() if name.isascii() else unicodedata.normalize("NFKC", name).casefold()
    words = [word if word.isalnum() else _bare(word) for word in text.replace(",", " ").split()]
    return " ".join(_without_suffixes(words))


def _bare(word: str) -> str:
    """A word without the punctuation around it; `s.a.` is `sa`, while `1.50` and `...` stay."""
    stripped = word.strip(_EDGES) or word
    undotted = stripped.replace(".", "")
    return undotted if undotted.replace("/", "").isalpha() else stripped


def _without_suffixes(words: list[str]) -> list[str]:
    """`acme gmbh & co kg` is `acme`; a name that is nothing but a suffix stays as it is."""
    shorter = _one_suffix_less(words)
    while shorter is not None:
        words = shorter
        shorter = _one_suffix_less(words)
    return words


def _one_suffix_less(words: list[str]) -> list[str] | None:
    if not words or words[-1] not in _ENDINGS:
        return None
    for length in range(min(_LONGEST_SUFFIX, len(words) - 1), 0, -1):
        if "".join(words[-length:]) in LEGAL_SUFFIXES:
            kept = words[:-length]
            return kept[:-1] if len(kept) > 1 and kept[-1] in _JOINERS else kept
    return None


def normal_domain(text: str) -> str | None:
    """`https://www.Acme.com/de` and `jane@acme.com` are `acme.com`; None where it tells nobody apart."""
    plain = _PLAIN_ADDRESS.fullmatch(text)
    if plain is not None:
        return None if plain[1] in SHARED_DOMAINS else plain[1]
    host = unicodedata.normalize("NFKC", text).strip().casefold()
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", host)
    host = re.split(r"[/?#\\]", host, maxsplit=1)[0].rpartition("@")[2]
    host = host.partition(":")[0].strip(".")
    host = host.removeprefix("www.")
    return host if _DOMAIN.fullmatch(host) and host not in SHARED_DOMAINS else None


def id_key(source: str, value: str) -> tuple[str, str]:
    """What makes two ids the same: a Salesforce id counts by its first 15 characters, in their case."""
    if source == SALESFORCE and _SALESFORCE_ID.fullmatch(value):
        return source, value[:15]
    return source, value


def decided(wanted: Identity, by_domain: Iterable[Known], by_name: Iterable[Known]) -> int | None:
    """The account that a row is about whose id nobody bears, None for a new one.

    Its domain decides; else its name without the legal suffix. An account that has another id of the same source is
    another customer. Raises Ambiguous when two accounts come into question, be it by name, by domain, or one by each.
    """
    at_domain = {one.account_id: one for one in by_domain if _possible(one, wanted)}
    of_name = {one.account_id: one for one in by_name if _possible(one, wanted)}
    both = at_domain.keys() & of_name.keys()
    found = both or at_domain.keys() | of_name.keys()
    if len(found) > 1:
        raise Ambiguous(tuple((at_domain | of_name)[one] for one in sorted(found)))
    return next(iter(found), None)


def _possible(known: Known, wanted: Identity) -> bool:
    return wanted.external_id is None or all(source != wanted.source for source, _ in known.external_ids)


class Directory:
    """The accounts of a book by id, domain and name, looked up in one step each."""

    def __init__(self, known: Iterable[Known]) -> None:
        self._known: dict[int, Known] = {}
        self._by_id: dict[tuple[str, str], int] = {}
        self._by_domain: dict[str, set[int]] = {}
        self._by_name: dict[str, set[int]] = {}
        for one in known:
            self.put(one)

    def put(self, known: Known) -> None:
        """Add an account, or what an account is known by from now on."""
        old = self._known.get(known.account_id)
        if old is not None:
            self._forget(old)
        self._known[known.account_id] = known
        for source, value in known.external_ids:
            self._by_id[id_key(source, value)] = known.account_id
        domain = normal_domain(known.domain or "")
        if domain is not None:
            self._by_domain.setdefault(domain, set()).add(known.account_id)
        self._by_name.setdefault(normal_name(known.name), set()).add(known.account_id)

    def _forget(self, known: Known) -> None:
        self._by_domain.get(normal_domain(known.domain or "") or "", set()).discard(known.account_id)
        self._by_name.get(normal_name(known.name), set()).discard(known.account_id)

    def by_id(self, wanted: Identity) -> int | None:
        """The account that bears this very id of this source."""
        if wanted.external_id is None:
            return None
        return self._by_id.get(id_key(wanted.source, wanted.external_id))

    def decide(self, wanted: Identity) -> int | None:
        """The account that a row is about: its external id decides, else `decided`."""
        known = self.by_id(wanted)
        if known is not None:
            return known
        by_domain = self._by_domain.get(wanted.domain or "", set())
        by_name = self._by_name.get(normal_name(wanted.name), set()) if wanted.name else set()
        return decided(wanted, [self._known[one] for one in by_domain], [self._known[one] for one in by_name])
