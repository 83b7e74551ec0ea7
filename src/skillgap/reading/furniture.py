"""What of a page is not the ad: menus, cookie text, similar jobs, forms, hidden text. And where the ad is.

Told by what sites write into their markup (elements, roles, words of class names and ids) and by headings
such as "Similar jobs"; never by the site's own name. What holds most of a page's text is never dropped.
"""

from __future__ import annotations

import itertools
import re

from skillgap.reading.lines import HEADINGS, SILENT
from skillgap.reading.markup import INLINE, Element, without

_DROPPED_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "dialog", "alertdialog", "menu", "menubar", "tooltip",
    "toolbar",
})  # fmt: skip


def _marks(words: str) -> re.Pattern[str]:
    """A pattern of whole words as they stand in class names: "cookie" in "cookie-bar", not in "cookies-2"."""
    return re.compile(rf"(?:^|[^a-z0-9])(?:{'|'.join(words.split())})(?![a-z0-9])")


_FURNITURE = _marks("""
    cookies? cookiebot consent onetrust trustarc truste gdpr ccpa privacy-(?:banner|popup|bar)
    nav navbar topnav navigation menu breadcrumbs? footer site-header masthead global-header skip-(?:link|to)
    similar related recommend(?:ed|ations?) people-also also-viewed more-jobs other-jobs jobs?-you job-cards?
    share sharing social newsletter subscribe sign-?up sign-?in log-?in register auth job-?alerts?
    alert-(?:form|box|signup) apply-(?:form|button|btn) application-form talent-community
    modal popup popover tooltip toast dropdown pagination search-(?:form|bar|box)
    language-(?:switch(?:er)?|select(?:or)?)
    advert(?:isement)?s? ad-slot sponsored promo comments ratings? reviews company-photos
    back-to save-job report-job feedback chat(?:bot|-widget) app-(?:store|download|banner)
""")
_AD = "(?:job|posting|position|vacancy|role|offer)s?-{0,2}(?:(?:listing|posting|post|ad)-{1,2})?"
_DESCRIPTION = _marks(rf"""
    {_AD}(?:description|desc|body|text|content) posting-requirements
    job-?posting-?description details?-content description-{{0,2}}text show-more-less-html
""")
_NOT_DESCRIPTION = _marks("similar related cards? list button btn link title header company")
_STOP = re.compile(
    r"(?:similar|related|recommended|other|more|featured|latest|explore)\s+(?:\w+\s+){0,3}(?:jobs|roles|positions"
    r"|openings|vacancies|companies|opportunities)\b|(?:jobs?|roles|companies)\s+(?:\w+\s+)?"
    r"(?:you (?:may|might)|like this|recommended|for you|near you)|people (?:also|who)\b.*(?:viewed"
    r"|searched)|similar searches"
    r"|(?:get|set|create)\s.*\b(?:notified|alerts?)\b|.*\b(?:cookies?|privacy preference)\b"
    r"|(?:apply|submit your application|application form|interested\?|ready to apply)"
    r"(?:\s+(?:for|to)\s+(?:this|the)\s+(?:job|role|position))?\W*$"
    r"|share this (?:job|role|page)|sign (?:in|up)\b|log in\b|join (?:our )?talent (?:community|network|pool)"
    r"|(?:company )?(?:photos|reviews|ratings)\b|insights from|(?:referrals increase|see who)"
    r"|report (?:this )?job|what people are saying|not ready to apply|voluntary self.identification"
    r"|top skills$|am i a good fit",
    re.IGNORECASE,
)
_HIDING_STYLE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0*[01]?(?:px|pt|em|rem|%)?\s*(?:;|!|$)"
    r"|opacity\s*:\s*0*(?:\.0+)?\s*(?:;|!|$)|(?:left|top|text-indent)\s*:\s*-\d{4,}",
    re.IGNORECASE,
)
_READER_ONLY = re.compile(
    r"(?:^|[\s_-])(?:visually-?hidden|sr-only|screen-?reader(?:-text|-only)?|a11y-text)(?![\w-])",
    re.IGNORECASE,
)
_BRACES = re.compile(r"[{}]")
_HIDING_RULE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_PLAIN_SELECTOR = re.compile(r"[.#][\w-]+")
_SHORTEST_BLOCK = 25  # characters of prose outside links that count as text of an ad
_MOST = 0.4  # of a page's text; what holds more is no furniture, whatever its name
_MARKED_SHARE, _MAIN_SHARE, _ROOT_SHARE, _LISTS_SHARE = 0.3, 0.5, 0.9, 0.75
_PART = 0.05  # of the longest marked part; shorter ones are captions
_PART_BESIDE, _LINK_SHARE = 0.1, 0.5
_MOST_STOPS = _MOST_LINKS = 200
_LONGEST_HEADING = 90


def weigh(root: Element) -> dict[Element, int]:
    """Characters of prose outside links below each element: short labels and links weigh nothing."""
    order = list(root.iter())
    weight = dict.fromkeys(order, 0)
    for element in order:
        if element.tag in INLINE or element.tag in SILENT:
            continue
        own = _own_text(element)
        if own >= _SHORTEST_BLOCK or (own and element.tag == "li"):
            weight[element] = own
    for element in reversed(order):
        if element is not root and element.parent is not None:
            weight[element.parent] = weight.get(element.parent, 0) + weight[element]
    return weight


def _own_text(block: Element) -> int:
    """Characters that stand in a block itself or in inline elements of it, but for links."""
    length = 0
    stack: list[Element | str] = list(block.children)
    while stack:
        node = stack.pop()
        if isinstance(node, str):
            length += len(node.strip())
        elif not node.dropped and node.tag in INLINE and node.tag != "a":
            stack.extend(node.children)
    return length


def drop_hidden(root: Element) -> list[Element]:
    """Drop what the page hides from its reader; returns the elements that were dropped."""
    by_sheet = _hidden_by_sheet(root)
    weight = weigh(root) if by_sheet else {}
    total = max(1, weight.get(root, 0))
    hidden = []
    for element in root.iter():
        attrs = element.attrs
        if not attrs or element.tag in ("html", "body"):
            continue
        marked = "hidden" in attrs and attrs["hidden"].lower() != "until-found"
        if "class" in attrs and _READER_ONLY.search(attrs["class"]) and element.tag not in HEADINGS:
            element.dropped = True  # said to screen readers, who are told what others see
            continue
        marked = marked or (attrs.get("aria-hidden", "").lower() == "true" and not _is_said_twice(element))
        marked = marked or ("style" in attrs and bool(_HIDING_STYLE.search(attrs["style"])))
        if not marked and by_sheet:
            marks = {f".{name}" for name in attrs.get("class", "").split()} | {f"#{attrs.get('id', '')}"}
            marked = bool(marks & by_sheet) and weight[element] < _MOST * total
        if marked:
            element.dropped = True
            hidden.append(element)
    return hidden


def _is_said_twice(element: Element) -> bool:
    """Whether the next element says the same to screen readers, so that this one is what others see."""
    after = next(element.following(), None)
    return after is not None and bool(_READER_ONLY.search(after.attrs.get("class", "")))


def _hidden_by_sheet(root: Element) -> frozenset[str]:
    """Lone classes and ids that a style sheet of the page itself hides at every width."""
    found: set[str] = set()
    for element in root.iter():
        sheet = "".join(c for c in element.children if isinstance(c, str)) if element.tag == "style" else ""
        if not _HIDING_RULE.search(sheet):
            continue
        depth, at = 0, 0
        for match in _BRACES.finditer(sheet):  # what stands in another block (@media) holds at some widths
            if match[0] == "}":
                depth, at = max(0, depth - 1), match.end()
                continue
            if not depth:
                body = sheet[match.end() : sheet.find("}", match.end())]
                if "{" not in body and _HIDING_RULE.search(body):
                    names = (
                        name.strip() for name in without(sheet[at : match.start()], "/*", "*/").split(",")
                    )
                    found.update(name for name in names if _PLAIN_SELECTOR.fullmatch(name))
            depth += 1
    return frozenset(found)


def drop_furniture(root: Element) -> None:
    """Drop what the markup itself calls menu, cookie banner, similar jobs, form and the like."""
    if not _is_of_a_site(root):
        return
    weight = weigh(root)
    total = max(1, weight[root])
    for element in root.iter():
        if element.tag in ("html", "body", "main", "article") or not _is_furniture(element, weight, total):
            continue
        if weight[element] < _MOST * total:
            element.dropped = True
    _drop_stopped(root, weight, total)


def _is_furniture(element: Element, weight: dict[Element, int], total: int) -> bool:
    tag, attrs = element.tag, element.attrs
    if tag in ("nav", "footer", "form") or attrs.get("role", "").lower() in _DROPPED_ROLES:
        return True
    if tag == "header" and any(above.tag in ("main", "article", "section") for above in element.ancestors()):
        return False
    if tag in ("header", "aside"):  # of a resume, they hold its name and skills
        return weight[element] < _PART_BESIDE * total and _leads_away(element)
    name = element.marks
    return bool(name) and bool(_FURNITURE.search(name)) and not _DESCRIPTION.search(name)


def _leads_away(element: Element) -> bool:
    """Whether it holds a menu, a search field, or mostly links."""
    parts = list(element.iter())
    if any(part.tag in ("nav", "form", "input") for part in parts):
        return True
    links = sum(
        len(part.text()) for part in itertools.islice((p for p in parts if p.tag == "a"), _MOST_LINKS)
    )
    return links >= _LINK_SHARE * len(element.text())


def _drop_stopped(root: Element, weight: dict[Element, int], total: int) -> None:
    """Drop sections that open with "Similar jobs", "Get notified" and the like."""
    stops = (e for e in root.iter() if (e.tag in HEADINGS or e.attrs.get("role") == "heading") and _stops(e))
    for element in itertools.islice(stops, _MOST_STOPS):
        section = element
        while (above := section.parent) is not None and above.tag not in ("html", "body", "main", "article"):
            opens = not any(_shows(child) for child in above.children[: section.place])
            if not opens or weight[above] >= _MOST * total:
                break
            section = above
        section.dropped = True
        if section is not element:
            continue
        for following in element.following():  # the heading stands among its section's paragraphs
            if following.tag in HEADINGS and following.tag <= element.tag:
                break
            if weight.get(following, 0) < _MOST * total:
                following.dropped = True


def _stops(heading: Element) -> bool:
    return bool(_STOP.match(heading.brief(_LONGEST_HEADING)))


def _shows(node: Element | str) -> bool:
    return bool(node.strip() if isinstance(node, str) else not node.dropped and node.text())


def find_ad(root: Element) -> Element:
    """The element that holds the ad: what is marked as description, else the least with most prose."""
    weight = weigh(root)
    total = weight[root]
    if not total:
        return root
    marked = _outermost_marked(root, weight)
    if sum(weight[e] for e in marked) >= _MARKED_SHARE * total:
        most = max(weight[e] for e in marked)
        parts = [e for e in marked if weight[e] >= _PART * most]
        return _with_its_lists(common_ancestor(parts[0], parts[-1]), weight)
    if not _is_of_a_site(root):
        return root
    start = root.first("main") or root.first("article") or root
    if weight[start] < _MAIN_SHARE * total:
        start = root
    return _narrowed(start, weight)


def _is_of_a_site(root: Element) -> bool:
    """Whether a page has anything around its text: one that a person wrote, such as a resume, has not."""
    stack = [root]
    while stack:
        element = stack.pop()
        if element.tag in ("nav", "footer", "main") or element.attrs.get("role") in ("main", "navigation"):
            return True
        if element.tag in ("script", "link") and ("src" in element.attrs or "href" in element.attrs):
            return True
        stack.extend(element.elements)
    return False


def _outermost_marked(root: Element, weight: dict[Element, int]) -> list[Element]:
    """Elements that are marked as description and stand in no other such element."""
    found, stack = [], [root]
    while stack:
        element = stack.pop()
        if element.dropped or not weight.get(element):
            continue
        if element.attrs and _is_description(element):
            found.append(element)
        else:
            stack.extend(reversed(element.elements))
    return found


def _is_description(element: Element) -> bool:
    if "description" in element.attrs.get("itemprop", "").lower():
        return True
    if element.tag in ("body", "html", "main") or element.tag in INLINE:
        return False
    name = element.marks
    return bool(_DESCRIPTION.search(name)) and not _NOT_DESCRIPTION.search(name)


def _with_its_lists(root: Element, weight: dict[Element, int]) -> Element:
    """The parent instead, where lists of items stand beside the part that is marked as description."""
    above = root.parent
    if above is None or above.tag == "html":
        return root
    items = 0
    for sibling in above.elements:
        if sibling is not root and weight.get(sibling, 0):
            items += len(_items(sibling))
    return above if items >= 3 else root


def _narrowed(element: Element, weight: dict[Element, int]) -> Element:
    """Down to the last element that still holds nearly all of the prose, or most of it and every list."""
    total = weight[element]
    items = _items(element)
    while True:
        inner = [child for child in element.elements if not child.dropped]
        best = max(inner, key=lambda e: weight.get(e, 0), default=None)
        if best is None or best.tag in ("ul", "ol", "p", "table"):
            return element
        share = weight.get(best, 0) / total
        if share < _ROOT_SHARE and not (share >= _LISTS_SHARE and len(items) >= 3 and _items(best) == items):
            return element
        element = best


def _items(element: Element) -> list[Element]:
    return [e for e in element.iter() if e.tag == "li" and _own_text(e) >= _SHORTEST_BLOCK]


def common_ancestor(first: Element, last: Element) -> Element:
    """The innermost element that holds both."""
    holding = {first, *first.ancestors()}
    return next(element for element in (last, *last.ancestors()) if element in holding)
