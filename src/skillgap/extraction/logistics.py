"""Where the job is and until when one can apply, as the ad's own lines say it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from skillgap.model import Block

_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()  # noqa: SIM905
_MONTH = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_DATES = (
    re.compile(r"\b(?P<year>20\d\d)-(?P<number>\d{1,2})-(?P<day>\d{1,2})\b"),
    re.compile(rf"\b{_DAY}\s+(?:of\s+)?{_MONTH},?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b{_MONTH}\s+{_DAY},?\s+(?P<year>20\d\d)\b", re.IGNORECASE),
)
_YEAR = re.compile(r"20\d\d")
_LONGEST_PLACE = 80


class LogisticsReader:
    """Reads place and closing date by the phrases of ``cues.yaml``."""

    def __init__(self, phrases: Mapping[str, Sequence[str]]) -> None:
        self._place = re.compile(
            rf"[\W_]*(?:{_either(phrases['place'])})\s*(?:\(s\))?[\s*_]*[:\u2013\u2014-]\s*(?P<value>\S.*)",
            re.IGNORECASE,
        )
        self._closing = re.compile(rf"\b(?:{_either(phrases['closing'])})\b", re.IGNORECASE)

    def place(self, text: str, blocks: Sequence[Block]) -> str | None:
        """The value of the first line such as "Location: Porto, Portugal"."""
        for block in blocks:
            match = self._place.match(text[block.start : block.end])
            if match is None:
                continue
            value = re.split(r"[|;\x00]|\s{2,}|\.\s", match["value"])[0].strip(" *_.,")
            if 2 <= len(value) <= _LONGEST_PLACE and any(char.isalpha() for char in value):
                return " ".join(value.split())
        return None

    def closes(self, text: str, blocks: Sequence[Block]) -> str | None:
        """The first full date on a line that speaks of a deadline, as ISO 8601."""
        if not _YEAR.search(text):
            return None
        for block in blocks:
            line = text[block.start : block.end]
            cue = self._closing.search(line)
            if cue is None:
                continue
            for pattern in _DATES:
                match = pattern.search(line)
                if match and (found := _iso(match)):
                    return found
        return None


def _either(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(phrase) for phrase in sorted(phrases, key=len, reverse=True))


def _iso(match: re.Match[str]) -> str | None:
    parts = match.groupdict()
    month = int(parts["number"]) if parts.get("number") else _MONTHS.index(parts["month"][:3].lower()) + 1
    try:
        return date(int(parts["year"]), month, int(parts["day"])).isoformat()
    except ValueError:
        return None
