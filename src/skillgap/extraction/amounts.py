"""One amount as ads write it: "$120k", "70.000 EUR", "40 LPA", "$40/hour"; what it means is in salary.py."""

from __future__ import annotations

import re

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
CODES = (
    "USD|EUR|GBP|INR|CAD|AUD|NZD|SGD|HKD|CHF|SEK|NOK|DKK|PLN|CZK|HUF|RON|JPY|BRL|MXN|ZAR|ILS|AED|SAR|PHP|MYR"
)
_SYMBOL = r"(?:US\$|USD\$|CA\$|CAD\$|AU\$|NZ\$|HK\$|MX\$|[CASR]\$|\$|€|£|₹|Rs\.?|¥|zł)"
_CURRENCY = rf"(?:(?:\b(?:{CODES})\s?)?{_SYMBOL}|\b(?:{CODES})\b)"
_NUMBER = (
    r"(?<![\d.,])(?:[0-9]{1,3}(?:[,.' ][0-9]{2,3}){1,4}(?:\.[0-9]{1,2})?|[0-9]{1,9}(?:\.[0-9]{1,2})?)(?!\d)"
)
_UNIT = r"(?:\s?(?:k|K|m|M|L|lakhs?|lacs?|LPA|lpa|crores?|cr)\b)?"
_PERIOD = r"(?:\s*(?:/|per\s|an?\s|p\.?\s?)\s*(?:hour|hr|h|month|mo|day|week|wk|year|yr|annum|a)\b\.?)?"
_AMOUNT = rf"(?:{_CURRENCY}\s?)?(?:{_NUMBER}){_UNIT}(?:\s?{_CURRENCY})?{_PERIOD}"
RANGE = re.compile(
    rf"({_AMOUNT})\s*(?:-|\u2013|\u2014|\bto\b|\band\b|\buntil\b)\s*({_AMOUNT})(\s+{_CURRENCY})?",
    re.IGNORECASE,
)
SINGLE = re.compile(
    rf"(?P<how>\bup ?to|\bfrom|\bof|\bis|:|\bat|\bsalary|\bpay|\brate|\bctc)\s*(?P<amount>{_AMOUNT})",
    re.IGNORECASE,
)
PERIODIC = re.compile(
    rf"(?P<how>)(?P<amount>{_CURRENCY}\s?(?:{_NUMBER}){_UNIT})\s*(?:gross\s+|net\s+)?"
    r"(?:/|per\s|an?\s)\s*(?:hour|hr|month|day|week|year|annum)\b",
    re.IGNORECASE,
)
HINT = re.compile(rf"[$€£₹¥]|zł|\bRs\b|\b(?:{CODES})\b|\d\s?(?:LPA|lakh|lac|crore)", re.IGNORECASE)
_PARTS = re.compile(rf"(?P<number>{_NUMBER})\s?(?P<unit>k|m|L|lakhs?|lacs?|LPA|crores?|cr)?\b", re.IGNORECASE)
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


def read_amount(text: str) -> tuple[float, bool] | None:
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


def unit_of(text: str) -> float:
    parts = _PARTS.search(text)
    return _MULTIPLIERS.get((parts["unit"] or "").lower(), 1.0) if parts else 1.0


def read_currency(text: str) -> str | None:
    code = re.search(rf"\b({CODES})\b", text)
    if code:
        return code[1].upper()
    symbol = re.search(_SYMBOL, text)
    if symbol:
        return _SYMBOLS.get(symbol[0], "USD")
    return "INR" if re.search(r"(?<![A-Za-z])(?:LPA|lakhs?|lacs?|crores?)\b", text, re.IGNORECASE) else None


def whole(value: float) -> float:
    return int(value) if value == int(value) else round(value, 2)
