"""Pay as ads write it: "$120k–$160k", "£70,000 to £85,000 per annum", "₹18–40 LPA", "$40/hour"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from skillgap.extraction.tokens import Tokens
from skillgap.model import Salary

_SYMBOLS = {
    "$": "USD",
    "US$": "USD",
    "USD$": "USD",
    "C$": "CAD",
    "CA$": "CAD",
    "CAD$": "CAD",
    "A$": "AUD",
    "AU$": "AUD",
    "NZ$": "NZD",
    "S$": "SGD",
    "HK$": "HKD",
    "R$": "BRL",
    "MX$": "MXN",
    "€": "EUR",
    "£": "GBP",
    "₹": "INR",
    "Rs": "INR",
    "Rs.": "INR",
    "¥": "JPY",
    "zł": "PLN",
}
_CODES = (
    "USD|EUR|GBP|INR|CAD|AUD|NZD|SGD|HKD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|JPY|BRL|MXN|ZAR|ILS|AED|SAR|PHP|MYR"
)
_SYMBOL = r"(?:US\$|USD\$|CA\$|CAD\$|AU\$|NZ\$|HK\$|MX\$|[CASR]\$|\$|€|£|₹|Rs\.?|¥|zł)"
_CURRENCY = rf"(?:(?:\b(?:{_CODES})\s?)?{_SYMBOL}|\b(?:{_CODES})\b)"
_NUMBER = (
    r"(?<![\d.,])(?:[0-9]{1,3}(?:[,.' ][0-9]{2,3}){1,4}(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,2})?)(?!\d)"
)
_UNIT = r"(?:\s?(?:k|K|m|M|L|lakhs?|lacs?|LPA|lpa|crores?|cr)\b)?"
_PERIOD = r"(?:\s*(?:/|per\s|an?\s|p\.?\s?)\s*(?:hour|hr|h|month|mo|day|week|wk|year|yr|annum|a)\b\.?)?"
_AMOUNT = rf"(?:{_CURRENCY}\s?)?(?:{_NUMBER}){_UNIT}(?:\s?{_CURRENCY})?{_PERIOD}"
_RANGE = re.compile(
    rf"({_AMOUNT})\s*(?:-|\u2013|\u2014|\bto\b|\band\b|\buntil\b)\s*({_AMOUNT})(\s+{_CURRENCY})?",
    re.IGNORECASE,
)
_SINGLE = re.compile(
    rf"(?P<how>\bup ?to|\bfrom|\bof|\bis|:|\bat|\bsalary|\bpay|\brate|\bctc)\s*(?P<amount>{_AMOUNT})",
    re.IGNORECASE,
)
_PERIODIC = re.compile(
    rf"(?P<how>)(?P<amount>{_CURRENCY}\s?(?:{_NUMBER}){_UNIT})\s*(?:gross\s+|net\s+)?"
    r"(?:/|per\s|an?\s)\s*(?:hour|hr|month|day|week|year|annum)\b",
    re.IGNORECASE,
)
_HINT = re.compile(rf"[$€£₹¥]|zł|\bRs\b|\b(?:{_CODES})\b|\d\s?(?:LPA|lakh|lac|crore)", re.IGNORECASE)
_SIGN = re.compile("[$€£₹¥łŁ]")
_LAKHS = re.compile(r"\d\s?(?:LPA|lakh|lac|crore)", re.IGNORECASE)
_CODE_WORDS = frozenset(word + plus for word in ("rs", *_CODES.lower().split("|")) for plus in ("", "+"))
_PARTS = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<unit>k|m|L|lakhs?|lacs?|LPA|crores?|cr)?\b", re.IGNORECASE)
_PERIODS = (
    ("hour", re.compile(r"hour|/ ?hr?\b|\bp\.?h\b|hourly", re.IGNORECASE)),
    ("day", re.compile(r"per day|/ ?day|daily rate|a day", re.IGNORECASE)),
    ("week", re.compile(r"per week|/ ?w(?:ee)?k|weekly pay", re.IGNORECASE)),
    ("month", re.compile(r"month|/ ?mo\b", re.IGNORECASE)),
)
_YEAR = re.compile(r"per (?:year|annum)|a year|/ ?y(?:ea)?r|annual|p\.?a\b", re.IGNORECASE)
_MULTIPLIERS = {
    "k": 1e3,
    "m": 1e6,
    "l": 1e5,
    "lpa": 1e5,
    "lakh": 1e5,
    "lakhs": 1e5,
    "lac": 1e5,
    "lacs": 1e5,
    "crore": 1e7,
    "crores": 1e7,
    "cr": 1e7,
}
_YEARLY_FLOOR, _HOURLY_CEILING = 3_000, 1_000  # what a bare figure without a period can mean


class PayWords:
    """The words of ``cues.yaml`` that speak of pay, and those that speak of other money."""

    def __init__(self, pay: Mapping[str, Sequence[str]]) -> None:
        self.about = _any_of(pay["about"])
        self.other = _any_of(pay["other_money"])
        self.beside = _any_of(pay["beside"])


def _any_of(words: Sequence[str]) -> re.Pattern[str]:
    starts = (rf"(?<!\w){re.escape(word)}" if word[0].isalnum() else re.escape(word) for word in words)
    return re.compile("|".join(starts), re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class FoundSalary:
    """A salary and where it is stated."""

    salary: Salary
    start: int
    end: int


def _amount(text: str) -> tuple[float, bool] | None:
    """(value, whether a unit such as k was written)."""
    parts = _PARTS.search(text)
    if parts is None:
        return None
    digits = parts["number"]
    digits = re.sub(r"[,' ](?=\d{2,3}\b)|\.(?=\d{3}\b)", "", digits)
    try:
        value = float(digits)
    except ValueError:
        return None
    unit = (parts["unit"] or "").lower()
    return value * _MULTIPLIERS.get(unit, 1), bool(unit)


def _unit_of(text: str) -> float:
    parts = _PARTS.search(text)
    return _MULTIPLIERS.get((parts["unit"] or "").lower(), 1.0) if parts else 1.0


def _currency(text: str) -> str | None:
    code = re.search(rf"\b({_CODES})\b", text)
    if code:
        return code[1].upper()
    symbol = re.search(_SYMBOL, text)
    if symbol:
        return _SYMBOLS.get(symbol[0], "USD")
    return "INR" if re.search(r"(?<![A-Za-z])(?:LPA|lakhs?|lacs?|crores?)\b", text, re.IGNORECASE) else None


def _period(around: str, value: float) -> str | None:
    if _YEAR.search(around):
        return "year"
    for name, pattern in _PERIODS:
        if pattern.search(around):
            return name if not (name == "month" and value > _MONTHLY_CEILING) else "year"
    if value >= _YEARLY_FLOOR:
        return "year"
    return "hour" if value < _HOURLY_CEILING else None


_MONTHLY_CEILING = 60_000
_BEHIND = 40  # characters behind a range in which its bonus may be named
_BRIEF = 90  # characters of a line in which "up to £78k" needs no word for pay


def speaks_of_money(tokens: Tokens) -> bool:
    """Whether a currency stands anywhere in a text; without one no line needs to be read for pay."""
    if _SIGN.search(tokens.text) or not _CODE_WORDS.isdisjoint(tokens.present):
        return True
    return _LAKHS.search(tokens.text) is not None


def find_salaries(
    text: str, words: PayWords, start: int = 0, end: int | None = None
) -> Iterator[FoundSalary]:
    """Every pay range in ``text[start:end]``, in order; a lone figure only where pay is spoken of."""
    stop = len(text) if end is None else end
    if not _HINT.search(text, start, stop):
        return
    for match in _RANGE.finditer(text, start, stop):
        found = _range(text, match, words, (start, stop))
        if found:
            yield found
    for match in (*_SINGLE.finditer(text, start, stop), *_PERIODIC.finditer(text, start, stop)):
        found = _single(text, match, words, (start, stop))
        if found:
            yield found


def stated_pay(text: str, words: PayWords, blocks: Iterable[tuple[int, int]]) -> Salary | None:
    """The pay of an ad: the first figure, widened by the ranges for other places and levels.

    ``blocks`` are the (start, end) of its paragraphs and bullets. A range in another currency, for
    another period or with a bonus on top is left out.
    """
    pay: Salary | None = None
    for start, end in blocks:
        for found in find_salaries(text, words, start, end):
            if pay is None:
                pay = found.salary
            elif not words.beside.search(text, start, min(end, found.end + _BEHIND)):
                pay = _widened(pay, found.salary)
    return pay


def _widened(pay: Salary, other: Salary) -> Salary:
    """``pay`` over the range of another place, if both are ranges of the same kind."""
    ends = pay.minimum, pay.maximum, other.minimum, other.maximum
    if None in ends or pay.minimum == pay.maximum or other.minimum == other.maximum:
        return pay
    if (pay.currency, pay.period) != (other.currency, other.period):
        return pay
    low, high = min(filter(None, ends), default=0), max(filter(None, ends), default=0)
    return replace(pay, minimum=low, maximum=high)


def _context(text: str, match: re.Match[str], within: tuple[int, int]) -> str:
    return text[max(within[0], match.start() - 90) : min(within[1], match.end() + 40)]


def _range(text: str, match: re.Match[str], words: PayWords, within: tuple[int, int]) -> FoundSalary | None:
    low, high = _amount(match[1]), _amount(match[2])
    currency = _currency(match[0])
    if low is None or high is None or currency is None:
        return None
    minimum, maximum = low[0], high[0]
    if high[1] and not low[1] and minimum < maximum / _unit_of(match[2]) * 2:
        minimum *= _unit_of(match[2])  # "$120-160k", "18–40 LPA"
    around = _context(text, match, within)
    if (
        minimum > maximum
        or maximum <= 0
        or words.other.search(text[match.end() : min(within[1], match.end() + 14)])
    ):
        return None
    tail = text[match.start() : match.end() + 25]
    period = _period(tail, maximum) or _period(around, maximum)
    timed = any(pattern.search(match[0]) for _, pattern in _PERIODS) and not words.other.search(around)
    small = maximum < _YEARLY_FLOOR and not (timed or words.about.search(around))
    if period is None or small:
        return None
    return FoundSalary(Salary(_whole(minimum), _whole(maximum), currency, period), match.start(), match.end())


def _single(text: str, match: re.Match[str], words: PayWords, within: tuple[int, int]) -> FoundSalary | None:
    """One figure: a ceiling ("up to"), a floor ("from"), or the pay itself."""
    value, currency = _amount(match["amount"]), _currency(match["amount"])
    near = text[max(within[0], match.start() - 40) : min(within[1], match.end() + 25)]
    spoken = words.about.search(_context(text, match, within))
    how = match["how"].lower().replace("upto", "up to")
    brief = how == "up to" and within[1] - within[0] <= _BRIEF
    if value is None or currency is None or not (spoken or brief) or words.other.search(near):
        return None
    period = _period(text[match.start() : match.end() + 25], value[0])
    if period is None:
        return None
    low = None if how == "up to" else _whole(value[0])
    high = None if how == "from" else _whole(value[0])
    return FoundSalary(Salary(low, high, currency, period), match.start("amount"), match.end("amount"))


def _whole(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)
