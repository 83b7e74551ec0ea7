"""Names of countries, states and towns, as page data and ads write them, and whether two mean one place."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_TABLE = """
AE ARE United Arab Emirates|UAE; AR ARG Argentina; AT AUT Austria|Österreich; AU AUS Australia; BD BGD
Bangladesh; BE BEL Belgium; BG BGR Bulgaria; BR BRA Brazil|Brasil; CA CAN Canada; CH CHE
Switzerland|Schweiz; CL CHL Chile; CN CHN China; CO COL Colombia; CR CRI Costa Rica; CY CYP Cyprus; CZ
CZE Czechia|Czech Republic; DE DEU Germany|Deutschland; DK DNK Denmark; EE EST Estonia; EG EGY Egypt; ES
ESP Spain|España; FI FIN Finland; FR FRA France; GB GBR United Kingdom|UK|Great
Britain|England|Scotland|Wales|Northern Ireland; GE GEO Georgia; GH GHA Ghana; GR GRC Greece; HK HKG Hong
Kong; HR HRV Croatia; HU HUN Hungary; ID IDN Indonesia; IE IRL Ireland; IL ISR Israel; IN IND India; IS
ISL Iceland; IT ITA Italy|Italia; JP JPN Japan; KE KEN Kenya; KR KOR South Korea|Korea; LK LKA Sri Lanka;
LT LTU Lithuania; LU LUX Luxembourg; LV LVA Latvia; MA MAR Morocco; MT MLT Malta; MX MEX Mexico|México;
MY MYS Malaysia; NG NGA Nigeria; NL NLD Netherlands|The Netherlands|Holland; NO NOR Norway; NP NPL Nepal;
NZ NZL New Zealand; PE PER Peru; PH PHL Philippines; PK PAK Pakistan; PL POL Poland; PT PRT Portugal; QA
QAT Qatar; RO ROU Romania; RS SRB Serbia; SA SAU Saudi Arabia; SE SWE Sweden; SG SGP Singapore; SI SVN
Slovenia; SK SVK Slovakia; TH THA Thailand; TN TUN Tunisia; TR TUR Turkey|Türkiye; TW TWN Taiwan; UA UKR
Ukraine; US USA United States|USA|United States of America|U.S.|U.S.A.; UY URY Uruguay; VN VNM Vietnam;
ZA ZAF South Africa
"""


def _read() -> tuple[dict[str, str], dict[str, str]]:
    codes, names = {}, {}
    for entry in _TABLE.replace("\n", " ").split(";"):
        two, three, written = entry.split(maxsplit=2)
        name, *others = (part.strip() for part in written.split("|"))
        codes[two] = codes[three] = name
        names.update({other.casefold(): name for other in (name, *others)})
    return codes, names


_CODES, _NAMES = _read()


def country_name(written: str) -> str:
    """The name for "IND", "IN" or "India"; what is no country that we know stays as it is."""
    word = " ".join(written.split())
    return _CODES.get(word.upper(), _NAMES.get(word.casefold(), word)) if word else word


def country_of(written: str) -> str | None:
    """The country that these words name by themselves ("India", "UK"), if any; codes of two letters don't."""
    word = " ".join(written.split())
    return _NAMES.get(word.casefold()) or (_CODES.get(word) if len(word) == 3 else None)


_STATES = """
AL Alabama; AK Alaska; AZ Arizona; AR Arkansas; CA California; CO Colorado; CT Connecticut; DE Delaware;
FL Florida; GA Georgia; HI Hawaii; ID Idaho; IL Illinois; IN Indiana; IA Iowa; KS Kansas; KY Kentucky;
LA Louisiana; ME Maine; MD Maryland; MA Massachusetts; MI Michigan; MN Minnesota; MS Mississippi; MO Missouri;
MT Montana; NE Nebraska; NV Nevada; NH New Hampshire; NJ New Jersey; NM New Mexico; NY New York;
NC North Carolina; ND North Dakota; OH Ohio; OK Oklahoma; OR Oregon; PA Pennsylvania; RI Rhode Island;
SC South Carolina; SD South Dakota; TN Tennessee; TX Texas; UT Utah; VT Vermont; VA Virginia; WA Washington;
WV West Virginia; WI Wisconsin; WY Wyoming
"""
_STATE_CODES = dict(entry.split(maxsplit=1) for entry in _STATES.replace("\n", " ").split(";"))
_STATE_NAMES = frozenset(name.strip().casefold() for name in _STATE_CODES.values())
_OTHER_NAMES = {
    "bangalore": "bengaluru", "gurgaon": "gurugram", "bombay": "mumbai", "calcutta": "kolkata",
    "madras": "chennai", "trivandrum": "thiruvananthapuram", "cochin": "kochi", "munich": "munchen",
    "cologne": "koln", "vienna": "wien", "prague": "praha", "warsaw": "warszawa", "lisbon": "lisboa",
    "milan": "milano", "rome": "roma", "turin": "torino", "brussels": "bruxelles", "geneva": "geneve",
    "copenhagen": "kobenhavn", "gothenburg": "goteborg", "bucharest": "bucuresti", "athens": "athina",
    "nyc": "new york", "new york city": "new york", "sf": "san francisco", "la": "los angeles",
}  # fmt: skip
_NO_PLACE = re.compile(
    r"\b(?:fully |100 ?% )?(?:remote(?:ly)?|hybrid|on-?site|in-?office|office|only|flexible"
    r"|anywhere|home|the|of|within|based|metro(?:politan)?|greater|area|region|city|full-?time|part-?time|or|and)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The towns and regions that some words name, and the countries, folded so that they can be compared."""

    towns: frozenset[str]
    countries: frozenset[str]


def whereabouts(written: str) -> Whereabouts:
    """What "Bangalore, India (Hybrid)" names: bengaluru, and India."""
    towns, countries = set(), set()
    for part in re.split(r"[,;/|&()·•+]|\s[-–—]\s|\bor\b|\band\b", written):
        word = " ".join(_NO_PLACE.sub(" ", part).split()).strip(" .:-–—*_")
        country = country_of(word)
        if country and word.casefold() not in _STATE_NAMES:
            countries.add(country)
        elif any(char.isalpha() for char in word):
            towns.add(_folded(_STATE_CODES.get(word, word)))
    return Whereabouts(frozenset(towns), frozenset(countries))


def may_agree(one: Whereabouts, other: Whereabouts) -> bool:
    """Whether both may mean the same place: a bare country holds all its towns, a bare state all we know."""
    if one.countries and other.countries and not one.countries & other.countries:
        return False
    if not one.towns or not other.towns:
        return True
    if any(a == b or _within(a, b) or _within(b, a) for a in one.towns for b in other.towns):
        return True
    return any(towns <= _FOLDED_STATES for towns in (one.towns, other.towns))


def _within(inner: str, outer: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(inner)}(?!\w)", outer) is not None


def _folded(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name.casefold().replace("ø", "o").replace("ł", "l"))
    word = " ".join("".join(char for char in plain if not unicodedata.combining(char)).split())
    return _OTHER_NAMES.get(word, word)


_FOLDED_STATES = frozenset(_folded(name) for name in _STATE_NAMES)
