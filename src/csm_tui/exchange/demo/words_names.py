"""The names of the made-up book: titles, people of several cultures, and companies by number."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from csm_tui.domain.accounts import Role

if TYPE_CHECKING:
    from random import Random

TITLES = {
    Role.CHAMPION: ("Head of Operations", "Head of Planning", "Programme lead", "Digital lead"),
    Role.ECONOMIC_BUYER: ("CFO", "Head of Finance", "Managing director"),
    Role.EXECUTIVE_SPONSOR: ("COO", "CIO", "VP Operations"),
    Role.ADMIN: ("Systems administrator", "Application owner"),
    Role.POWER_USER: ("Team lead", "Senior planner", "Analyst"),
    Role.TECHNICAL: ("Integration engineer", "IT architect"),
    Role.PROCUREMENT: ("Category buyer",),
    Role.DETRACTOR: ("Regional manager",),
}


class Culture(NamedTuple):
    """Names that go together, and how an address spells them."""

    given: tuple[str, ...]
    family: tuple[str, ...]
    family_first: bool
    given_in_latin: tuple[str, ...]
    family_in_latin: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _culture(given: str, family: str, latin: tuple[str, str] = ("", ""), *, family_first: bool = False) -> Culture:
    """Names as they are written, and in Latin letters where an address needs them."""
    in_latin = _words(latin[0] or given), _words(latin[1] or family)
    return Culture(_words(given), _words(family), family_first, *in_latin)


JAPANESE = _culture(
    "美咲 健太 陽子 直樹 さくら 大輔", "田中 佐藤 鈴木 高橋 伊藤 山本",
    ("misaki kenta yoko naoki sakura daisuke", "tanaka sato suzuki takahashi ito yamamoto"),
    family_first=True,
)  # fmt: skip
GERMAN = _culture("Jürgen Käthe Lukas Annika Björn Mareike", "Köhler Weiß Brandt Schäfer Vogel Lindner")
GREEK = _culture(
    "Ελένη Νίκος Δάφνη Γιώργος", "Παππά Νικολάου Ιωάννου Βασιλείου",
    ("eleni nikos dafni giorgos", "pappa nikolaou ioannou vasileiou"),
)  # fmt: skip
FRENCH = _culture("Élodie Mathieu Camille Benoît Zoé", "Lefèvre Moreau Girard Chevalier Renard")
CULTURES = (
    JAPANESE, GERMAN, FRENCH,
    _culture("Emma Oliver Grace Jack Hannah Daniel", "Walker Hughes Turner Bennett Price Foster"),
    _culture("Lucía Diego Carmen Javier Inés Mateo", "Navarro Ortega Molina Peña Vega Cruz"),
    _culture("Søren Freja Mikkel Astrid Jens Sigrid", "Dahl Østergaard Holm Nygård Lund Bakke"),
    _culture("Wei Xiu Jun Lan Ming Yan", "Li Zhang Chen Wang Liu Huang", family_first=True),
    _culture("Priya Arjun Ananya Rohan Meera Vikram", "Sharma Iyer Patel Nair Rao Banerjee"),
    _culture("Zofia Paweł Agnieszka Łukasz Kasia Marek", "Nowak Wójcik Zieliński Mazur Król Dąbrowski"),
    _culture("Chiara Matteo Giulia Lorenzo Elisa Paolo", "Ricci Marino Greco Conti Galli Fontana"),
    _culture("Ayşe Emre Elif Murat Zeynep Can", "Yılmaz Demir Şahin Kaya Aydın Çelik"),
    _culture("Amina Chidi Ngozi Kwame Folake Tunde", "Okafor Mensah Adeyemi Boateng Eze Balogun"),
    _culture("Layla Omar Nadia Karim Salma Youssef", "Haddad Mansour Khoury Aziz Farouk Nasser"),
    _culture("João Beatriz Tiago Inês Rafael Mariana", "Almeida Carvalho Ribeiro Nunes Teixeira Lopes"),
    _culture("Min-jun Seo-yeon Ji-ho Ha-eun", "Kim Park Choi Jung", family_first=True),
    _culture("Anneke Daan Sanne Bram Femke Joost", "Visser Bakker Smit Mulder Bos Hendriks"),
)  # fmt: skip
AT_HOME = {
    "株式会社ウィングチップ": JAPANESE, "Kirschgrün Möbelwerke": GERMAN, "Μελισσόκηπος": GREEK,
    "Crèmerie Bellefontaine": FRENCH,
}  # fmt: skip

_TREE = _words(
    "Amber Birch Cedar Dune Ember Fern Gale Hazel Iris Juniper Kestrel Larch Maple Nettle Osprey "
    "Poppy Quartz Rowan "
    "Sorrel Thistle Umber Violet Willow Yarrow Zephyr Alder Bramble Clover Drift Elder Flint Grove "
    "Heron Ivory "
    "Jasper Kelp Linden Marl Nimbus Opal"
)
_PLACE = _words(
    "haven field brook gate ridge mere stone well ford wick dale holm crest moor bridge shore "
    "hollow cove mount "
    "thorpe glen marsh point reach spring fall bank lock mill court"
)
_TRADE = _words(
    "Logistics Foods Textiles Optics Instruments Energy Media Insurance Clinics Foundry Ceramics Robotics "
    "Shipping Seeds Paper Games Furniture Software Schools Hotels Museums Railways Cycles Chemicals Watches "
    "Kitchens Gardens Studios Breweries Labs"
)
_STRIDE = 7919  # prime, so that neighbours differ in every word and no name comes twice before all are used


def company(number: int) -> str:
    """The invented name of account number so-and-so: words combined; a number only when all are used up."""
    total = len(_TREE) * len(_PLACE) * len(_TRADE)
    rounds, place = divmod(number, total)
    place = place * _STRIDE % total
    place, trade = divmod(place, len(_TRADE))
    tree, end = divmod(place, len(_PLACE))
    name = f"{_TREE[tree]}{_PLACE[end]} {_TRADE[trade]}"
    return f"{name} {rounds + 1}" if rounds else name


def person(rng: Random, culture: Culture) -> tuple[str, str]:
    """A person's name, and the local part of their mail address."""
    first, second = rng.randrange(len(culture.given)), rng.randrange(len(culture.family))
    given, family = culture.given[first], culture.family[second]
    local = slug(f"{culture.given_in_latin[first]}.{culture.family_in_latin[second]}")
    return f"{family} {given}" if culture.family_first else f"{given} {family}", local


def called(name: str) -> str:
    """What a colleague would write in a note: the first of the names."""
    return name.split(" ", maxsplit=1)[0]


_PLAIN = str.maketrans({"ø": "o", "ß": "ss", "ł": "l", "æ": "ae", "ı": "i"})


def slug(text: str) -> str:
    """A name as an address spells it: plain letters and dots."""
    bare = unicodedata.normalize("NFKD", text.lower().translate(_PLAIN)).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9.]+", "", bare)
