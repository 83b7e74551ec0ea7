"""Phrases that all documents share: periods, places, contact lines."""

from __future__ import annotations

from typing import Any

Resume = dict[str, Any]
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def date(value: str) -> str:
    """From "2021-03" make "Mar 2021"."""
    year, month = value.split("-")[:2]
    return f"{MONTHS[int(month) - 1]} {year}"


def period(entry: Resume, dash: str = " – ") -> str:
    """Such as "Mar 2021 – present"."""
    return date(entry["startDate"]) + dash + (date(entry["endDate"]) if "endDate" in entry else "present")


def years(entry: Resume) -> str:
    """Such as "2013–2016"."""
    return entry["startDate"][:4] + "–" + entry["endDate"][:4]


def place(resume: Resume) -> str:
    """Such as "Portland, Oregon, US"."""
    where = resume["basics"]["location"]
    return ", ".join(where[key] for key in ("city", "region", "countryCode") if key in where)


def contact(resume: Resume) -> list[str]:
    """Mail, telephone, page and place, as far as they are there."""
    basics = resume["basics"]
    return [basics[key] for key in ("email", "phone", "url") if key in basics] + [place(resume)]


def degree(entry: Resume) -> str:
    """Such as "BSc (Hons) in Computer Science"."""
    return f"{entry['studyType']} in {entry['area']}"
