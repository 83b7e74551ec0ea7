"""What a page without posting data says of its ad beside the text: title, company, place, address, dates.

Read from microdata, ``<meta>``, and elements whose class or test mark calls them title, company or place.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from skillgap.reading.lines import HEADINGS, to_lines
from skillgap.reading.markup import Element
from skillgap.reading.posting import iso_date

_SAVED_FROM = re.compile(r"<!--\s*saved from url=\(\d+\)(https?://\S+?)\s*-->")
_SINGLE_FILE = re.compile(r"<!--[^>]{0,200}?\burl:\s*(https?://\S+)")
_TITLE_MARK = re.compile(
    r"(?:^|[^a-z0-9])(?:job|posting|position|vacancy|role|app|top-?card(?:-layout)?|jobsearch-jobinfoheader|opening)"
    r"s?-{0,2}(?:(?:info|posting|details?|layout)-{1,2}){0,2}(?:title|headline|header|heading|name)(?![a-z])"
)
_COMPANY_MARK = re.compile(
    r"(?:^|[^a-z0-9])(?:company-?name|org-?name|organi[sz]ation-?name|employer-?name|hiring-?company)(?![a-z])"
)
_PLACE_MARK = re.compile(
    r"(?:^|[^a-z0-9])(?:job-?|company-?|posting-?)*locations?(?![a-z])|flavor--bullet(?![a-z])"
)
_FACT_MARK = re.compile(
    r"(?:^|[^a-z0-9])(?:locations?|flavor--bullet|workplace-?types?|work-?(?:place|mode|type)s?|remote-?type"
    r"|employment-?type|job-?type|commitment|time-?type|salary|compensation|pay-?range|posting-category)(?![a-z])"
)
_PLACE_LABEL = re.compile(r"(?:job |office )?locations?|place of work|place", re.IGNORECASE)
_LABEL = re.compile(
    r"(?:job |office )?locations?|place of work|place|compensation|(?:salary|pay)(?: range)?"
    r"|(?:location|workplace|remote|employment|job|contract|time) type|work(?:ing)? (?:model|mode|type)",
    re.IGNORECASE,
)
_NO_FACT_MARK = re.compile(r"applicants|metadata|posted|search|filter|select")
_LABEL_TAGS = frozenset({"dt", "th", "strong", "b", "span", "div", "label", "p", *HEADINGS})
_SUFFIX = re.compile(r"\s+[-–—|]\s*(?:job post(?:ing)?|jobs?|careers?|apply now)\s*$", re.IGNORECASE)
_APPLICATION = re.compile(r"job application for (?P<title>.+) at (?P<company>.+)", re.IGNORECASE)
_HIRING = re.compile(
    r"(?P<company>.+?) (?:is )?hiring (?:an? )?(?P<title>.+) in (?P<place>.+)", re.IGNORECASE
)
_AT = re.compile(r"(?P<title>.+?)\s+@\s+(?P<company>.+)")
_NO_TITLE = re.compile(
    r"(?:untitled(?: document)?|document\d*|index|home|careers?|jobs?|job (?:details?|description|posting)"
    r"|new tab|resume|cv|\S+\.(?:docx?|pdf|html?|odt|rtf|txt))$",
    re.IGNORECASE,
)
_REMOTE = re.compile(r"\b(?:fully |100 ?% )?remote\b", re.IGNORECASE)
_NOT_REMOTE = re.compile(r"\b(?:hybrid|on-?site|no remote|not remote)\b", re.IGNORECASE)
_LONGEST_TITLE, _LONGEST_FACT, _LONGEST_LABEL, _LONGEST_META = 200, 100, 30, 400


@dataclass(frozen=True, slots=True)
class Fact:
    """A short line beside the ad, and the place it names, if it names one."""

    element: Element
    line: str
    place: str | None = None


@dataclass(frozen=True, slots=True)
class Head:
    """What stands in titles and ``<meta>``; ``stated`` is said by page titles such as "X hiring Y in Z"."""

    title: str | None
    url: str | None
    stated: Mapping[str, str]


def read_head(root: Element, markup: str) -> Head:
    """Title and address of the page; to be read before anything is dropped from its tree."""
    metas = _metas(root)
    pages = ("head", "body", "html")  # drawings have titles, too
    titles = (e.text() for e in root.iter() if e.tag == "title" and e.parent and e.parent.tag in pages)
    page_title = next((title for title in titles if title), "")[:_LONGEST_META]
    stated = _stated_in(page_title) or _stated_in(metas.get("og:title", ""))
    written = _marked_title(root) or _microdata(root).get("title")
    title = written or stated.get("title") or metas.get("og:title") or page_title
    site = "" if written else metas.get("og:site_name", "")
    clean = _clean_title(title, site, whole=bool(written))
    if clean and not stated and page_title.endswith(f" - {clean}"):
        stated = {"company": page_title.removesuffix(f" - {clean}")}
    return Head(clean, _address(root, metas, markup), stated)


def read_about(root: Element, head: Head) -> tuple[dict[str, object], list[Fact]]:
    """(meta as in Document, short lines such as "Porto · Hybrid") of a page whose furniture is dropped."""
    facts = _facts(root)
    micro = _microdata(root)
    company = micro.get("hiringOrganization") or _marked(root, _COMPANY_MARK) or head.stated.get("company")
    place = micro.get("place") or _place_in(facts) or head.stated.get("place")
    meta: dict[str, object | None] = {
        "title": head.title,
        "company": company.removeprefix("at ") if company else None,
        "place": place,
        "url": head.url,
        "posted": iso_date(micro.get("datePosted")) or _posted(root),
        "closes": iso_date(micro.get("validThrough")),
        "remote": _is_remote(place, facts) or None,
    }
    return {name: value for name, value in meta.items() if value}, facts


def _address(root: Element, metas: Mapping[str, str], markup: str) -> str | None:
    """Where the page came from: its canonical address, else what the browser noted when it saved it."""
    links = (e for e in root.iter() if e.tag == "link" and e.attrs.get("rel", "").lower() == "canonical")
    saved = _SAVED_FROM.search(markup[:4_096]) or _SINGLE_FILE.search(markup[:4_096])
    stated = [*(e.attrs.get("href", "") for e in links), metas.get("og:url", ""), saved[1] if saved else ""]
    return next((url.strip() for url in stated if re.fullmatch(r"\s*https?://[^\s/]\S*\s*", url)), None)


def _clean_title(title: str, site: str, *, whole: bool) -> str | None:
    """A title without the site's name and "- job post"; None if it says nothing."""
    text = " ".join(title.split())
    text = text if whole else text.split(" | ")[0]
    if len(site) > 1:
        name = re.escape(" ".join(site.split()))
        text = re.sub(rf"\s+[-–—]\s+{name}\s*$|^{name}\s+[-–—]\s+", "", text, flags=re.IGNORECASE)
    text = _SUFFIX.sub("", text).strip(" -–—|")
    return text if text and len(text) <= _LONGEST_TITLE and not _NO_TITLE.match(text) else None


def _stated_in(title: str) -> dict[str, str]:
    """Title, company and place where the page's title is a known sentence about them."""
    text = " ".join(title.split()).split(" | ")[0]
    for pattern in (_APPLICATION, _HIRING, _AT):
        match = pattern.fullmatch(text)
        if match:
            return {name: value.strip() for name, value in match.groupdict().items()}
    return {}


def _metas(root: Element) -> dict[str, str]:
    metas: dict[str, str] = {}
    for element in root.iter():
        if element.tag == "meta":
            name = element.attrs.get("property") or element.attrs.get("name") or ""
            metas.setdefault(name.lower(), " ".join(element.attrs.get("content", "")[:_LONGEST_META].split()))
    return metas


def _microdata(root: Element) -> dict[str, str]:
    """Properties of an element of itemtype JobPosting, as strings."""
    job = next((e for e in root.iter() if e.attrs.get("itemtype", "").lower().endswith("/jobposting")), None)
    found: dict[str, str] = {}
    if job is None:
        return found
    address_parts: dict[str, str] = {}
    for element in job.iter():
        for name in element.attrs.get("itemprop", "").split():
            value = element.attrs.get("content") or element.attrs.get("datetime") or element.text()
            if name.startswith("address") and name != "address":
                address_parts.setdefault(name, value)
            elif name == "hiringOrganization":
                inner = next((e for e in element.iter() if e.attrs.get("itemprop") == "name"), element)
                found.setdefault(name, inner.attrs.get("content") or inner.text())
            elif name in ("title", "datePosted", "validThrough"):
                found.setdefault(name, value)
    order = ("addressLocality", "addressRegion", "addressCountry")
    found["place"] = ", ".join(dict.fromkeys(address_parts[key] for key in order if address_parts.get(key)))
    return {name: value for name, value in found.items() if value and len(value) <= _LONGEST_TITLE}


def _marked_title(root: Element) -> str | None:
    headings = [(e, e.brief(_LONGEST_TITLE)) for e in root.iter() if e.tag in HEADINGS[:3]]
    for element, text in headings:
        if text and _TITLE_MARK.search(element.marks):
            return text
    for element, text in headings:
        if text and any(_TITLE_MARK.search(e.marks) for e in itertools.islice(element.ancestors(), 2)):
            return text
    for element, text in headings:
        if text and element.tag == "h1" and not _NO_TITLE.match(text) and not _in_furniture(element):
            return text
    return None


def _in_furniture(element: Element) -> bool:
    return any(above.tag in ("nav", "footer") for above in element.ancestors())


def _marked(root: Element, pattern: re.Pattern[str]) -> str | None:
    for element in root.iter():
        if element.attrs and pattern.search(element.marks):
            text = element.brief(_LONGEST_FACT)
            if len(text) > 1:
                return text
    return None


def _facts(root: Element) -> list[Fact]:
    """Short elements that are marked or labelled as location, salary, kind of work and the like."""
    found: list[Fact] = []
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in ("nav", "footer", "head", "script", "style", "a"):
            continue
        fact = _marked_fact(element) or _labelled_fact(element)
        if fact is not None:
            found.append(fact)
        else:
            stack.extend(child for child in reversed(element.elements) if not child.dropped)
    return found


def _marked_fact(element: Element) -> Fact | None:
    marks = element.marks if element.tag not in ("html", "body", "input") else ""
    if not marks or not _FACT_MARK.search(marks) or _NO_FACT_MARK.search(marks):
        return None
    if len(element.brief(_LONGEST_FACT)) < 2:
        return None
    lines = [line for line in to_lines(element).split("\n") if line]
    kind, _, value = lines[0].partition(": ") if len(lines) == 1 else ("", "", "")
    is_place = bool(_PLACE_MARK.search(marks)) or bool(_PLACE_LABEL.fullmatch(kind))
    place = value if _PLACE_LABEL.fullmatch(kind) else " · ".join(lines)
    return Fact(element, " · ".join(lines), place if is_place else None)


def _labelled_fact(element: Element) -> Fact | None:
    """Such as "Location" with the next element saying "Porto"."""
    if element.tag not in _LABEL_TAGS or len(element.children) != 1:
        return None
    label = element.brief(_LONGEST_LABEL).rstrip(": ")
    if not label or not _LABEL.fullmatch(label):
        return None
    value = next((text for text in _texts_after(element) if text), "").lstrip(": ")
    if not any(char.isalnum() for char in value):
        return None
    return Fact(element, f"{label}: {value}", value if _PLACE_LABEL.fullmatch(label) else None)


def _texts_after(element: Element) -> Iterator[str]:
    if element.parent is None:
        return
    for child in element.parent.children[element.place + 1 : element.place + 4]:
        if isinstance(child, Element):
            yield child.brief(_LONGEST_FACT)
        elif len(child) <= _LONGEST_FACT:
            yield " ".join(child.split())


def _place_in(facts: list[Fact]) -> str | None:
    """The first place that the facts name, without what stands beside it: "Leeds" of "Leeds • Hybrid"."""
    for fact in facts:
        place = re.split(r"\s+[•·|]\s+", fact.place or "")[0].strip()
        if any(char.isalpha() for char in place):
            return place
    return None


def _posted(root: Element) -> str | None:
    """The day of a ``<time>`` that speaks of posting."""
    for element in root.iter():
        if element.tag == "time" and (day := iso_date(element.attrs.get("datetime"))):
            around = element.parent.text() if element.parent is not None else ""
            if len(around) <= _LONGEST_FACT and re.search(
                r"\b(?:posted|published|ago)\b", around, re.IGNORECASE
            ):
                return day
    return None


def _is_remote(place: str | None, facts: list[Fact]) -> bool:
    said = " · ".join([place or "", *(fact.line for fact in facts)])
    return bool(_REMOTE.search(said)) and not _NOT_REMOTE.search(said)
