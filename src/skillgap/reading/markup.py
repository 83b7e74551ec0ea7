"""Markup -> a light tree of elements; what no reader can survive is refused before it is parsed.

lexbor (selectolax) parses as browsers do. Parsing and walking a page of 80 KB took it 0.8 ms and its import
13 ms, lxml 1.7 and 26, resiliparse 4.4 and 4; lxml loses all text below 2,000 nested elements, resiliparse
has no wheels for Linux on ARM. All three need many seconds for 200,000 attributes, hence the checks below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from skillgap.errors import UnreadableError
from skillgap.reading.text import decoded

PASTE = "open it in a browser, copy the ad's text and paste it"
LONGEST_TEXT = 1_000_000  # characters; ads have about 5,000
VOID = frozenset(
    "area base br col embed frame hr img input link meta param source track wbr".split()  # noqa: SIM905
)

_FEW_ELEMENTS = 40
_LONGEST_MARKS = 300
_FEW_TAGS = 10_000  # can't hurt, however they are nested
_DEEPEST, _MOST_ELEMENTS, _MOST_ATTRIBUTES = 5_000, 400_000, 2_000
_LONG_TAG = 20_000  # characters; only such a tag can hold too many attributes
_LARGE, _LARGEST = (
    1_000_000,
    12_000_000,
)  # characters without scripts, styles and pictures: 600 MB while it is read
_MARKING = ("id", "class", "data-testid", "data-qa", "data-automation-id", "data-test", "aria-label", "name")
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_OPTIONAL_END = frozenset("p li dt dd tr td th option thead tbody tfoot colgroup rp rt".split())  # noqa: SIM905
_META_BYTES = 4_096
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_RAW = re.compile(r"<(script|style|svg)\b([^>]{0,2000})>", re.IGNORECASE)
_RAW_END = {name: re.compile(f"</{name}", re.IGNORECASE) for name in ("script", "style", "svg")}
_LINKED_DATA = re.compile(r"ld(?:\+|&#x2b;|&#43;)json", re.IGNORECASE)
_DATA_URI = re.compile(r"data:[\w.+-]+/[\w.+-]+[^\"'\s)]{500,}")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)")
_WHOLE_TAG = re.compile(rf"<[a-zA-Z][^<>]{{{_LONG_TAG},}}")
_QUOTED = re.compile(r"\"[^\"]*\"|'[^']*'")


def refuse_long(text: str, source: str) -> str:
    """The text, unless it is longer than any ad or resume; raises UnreadableError then."""
    if len(text) > LONGEST_TEXT:
        raise UnreadableError(
            f"{source}: holds {len(text):,} characters of text, far more than an ad or a resume; "
            "copy and paste the part that matters"
        )
    return text


class Element:
    """An element with its attributes and children; text stands among the children as ``str``.

    ``place`` is its index among its parent's children, which never change: what is no part of the text is
    marked ``dropped`` instead, so that even 100,000 siblings are pruned in one pass.
    """

    __slots__ = ("_marks", "attrs", "children", "dropped", "elements", "parent", "place", "tag")

    def __init__(self, tag: str, attrs: dict[str, str], parent: Element | None) -> None:
        self.tag = tag
        self.attrs = attrs
        self.parent = parent
        self.place = len(parent.children) if parent is not None else 0
        self.dropped = False
        self.children: list[Element | str] = []
        self.elements: list[Element] = []  # the children that are elements
        self._marks: str | None = None

    @property
    def marks(self) -> str:
        """The words of its id, class, label and test marks, in lower case, parted by hyphens and blanks."""
        if self._marks is None:
            named = (
                " ".join([value for key in _MARKING if (value := self.attrs.get(key))]) if self.attrs else ""
            )
            named = named[:_LONGEST_MARKS]
            lower = named.lower()
            self._marks = (lower if lower == named else _CAMEL.sub("-", named).lower()).replace("_", "-")
        return self._marks

    def iter(self) -> Iterator[Element]:
        """Itself and all elements below that are not dropped, in document order, however deep."""
        stack = [self]
        while stack:
            element = stack.pop()
            if not element.dropped:
                yield element
                if element.elements:
                    stack.extend(reversed(element.elements))

    def first(self, *tags: str) -> Element | None:
        """The first element of one of these names."""
        return next((element for element in self.iter() if element.tag in tags), None)

    def text(self) -> str:
        """All text below that is not dropped, blanks collapsed."""
        pieces: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            node = stack.pop()
            if isinstance(node, str):
                pieces.append(node)
            elif not node.dropped and node.tag not in ("script", "style", "noscript"):
                apart = () if node.tag in INLINE else (" ",)
                stack.extend((*apart, *reversed(node.children), *apart))
        return " ".join("".join(pieces).split())

    def brief(self, limit: int) -> str:
        """Its text if that is at most ``limit`` characters in few elements, else ""; quick on large ones."""
        count, stack = 0, [self]
        while stack:
            count += 1
            if count > _FEW_ELEMENTS:
                return ""
            stack.extend(stack.pop().elements)
        text = self.text()
        return text if len(text) <= limit else ""

    def ancestors(self) -> Iterator[Element]:
        """The parent, its parent, and so on."""
        element = self.parent
        while element is not None:
            yield element
            element = element.parent

    def before(self) -> Element | str | None:
        """What stands right before it."""
        return self.parent.children[self.place - 1] if self.parent is not None and self.place else None

    def following(self) -> Iterator[Element]:
        """The elements after it in its parent."""
        if self.parent is not None:
            for number in range(self.place + 1, len(self.parent.children)):
                child = self.parent.children[number]
                if isinstance(child, Element):
                    yield child


INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark q s samp"  # noqa: SIM905
    " small span strike strong sub sup time tt u var wbr".split()
)


def decode_page(data: bytes, declared: str | None = None) -> str:
    """Bytes of a page as text: BOM, UTF-8, what mail header or ``<meta>`` declares, then cp1252."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        named = _CHARSET.search(data[:_META_BYTES])
        charset = (declared or (named[1].decode("ascii") if named else "")).strip().lower()
        if charset and not data.startswith((b"\xff\xfe", b"\xfe\xff")) and not charset.startswith("utf"):
            if charset in ("iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"):
                charset = "cp1252"  # as browsers do
            try:
                return data.decode(charset, "replace").replace("\r\n", "\n").replace("\r", "\n")
            except LookupError:
                pass
    return decoded(data)


def parse(markup: str, source: str) -> Element:
    """The tree of a page or of a piece of one.

    Raises UnreadableError for pages that are made to exhaust a reader: 200,000 nested elements and the like.
    """
    if markup.count("<") > _FEW_TAGS or len(markup) > _LARGE or _WHOLE_TAG.search(markup):
        markup = _survivable(markup, source)
    from selectolax.lexbor import LexborHTMLParser

    top = Element("html", {}, None)
    root = LexborHTMLParser(markup.replace("\x00", "")).root
    if root is None:
        return top
    known = {root.mem_id: top}
    for node in root.traverse(include_text=True):
        tag = node.tag
        above = node.parent
        parent = known.get(above.mem_id) if above is not None else None
        if tag is None or parent is None:
            continue
        if tag == "-text":
            parent.children.append(node.text_content or "")
        elif not tag.startswith(("-", "!")):
            attrs = {name: value or "" for name, value in node.attributes.items()}
            element = known[node.mem_id] = Element(tag, attrs, parent)
            parent.children.append(element)
            parent.elements.append(element)
    return top


def _survivable(markup: str, source: str) -> str:
    """The markup without what is no text (scripts, pictures); raises where it nests or holds too much."""
    bare = _without_raw(_DATA_URI.sub("data:,", markup))
    if len(bare) > _LARGEST:
        raise UnreadableError(
            f"{source}: holds {len(bare) // 1_000_000} MB of text and tags, "
            f"far more than an ad or a resume; {PASTE}"
        )
    depth = deepest = count = 0
    for match in _TAG.finditer(without(bare, "<!--", "-->")):
        name = match[2].lower()
        count += not match[1]
        if name not in VOID and name not in _OPTIONAL_END:
            depth = max(0, depth - 1) if match[1] else depth + 1
            deepest = max(deepest, depth)
    if deepest > _DEEPEST:
        raise UnreadableError(
            f"{source}: nests {deepest:,} elements inside one another, as no real page does; {PASTE}"
        )
    if count > _MOST_ELEMENTS:
        raise UnreadableError(f"{source}: holds {count:,} elements, far more than an ad; {PASTE}")
    for match in _WHOLE_TAG.finditer(bare):
        if len(_QUOTED.sub("", match[0]).split()) > _MOST_ATTRIBUTES:
            raise UnreadableError(
                f"{source}: has a tag with thousands of attributes, as no real page does; {PASTE}"
            )
    return bare


def _without_raw(markup: str) -> str:
    """Scripts, styles and drawings emptied, but for JSON-LD and styles that may hide something."""
    pieces, at = [], 0
    while match := _RAW.search(markup, at):
        name = match[1].lower()
        end = _RAW_END[name].search(markup, match.end())
        if end is None:
            break
        kept = name == "style" and end.start() - match.end() < _LONG_TAG
        if kept or _LINKED_DATA.search(match[2]):
            pieces.append(markup[at : end.start()])
        else:
            pieces.append(markup[at : match.end()])
        at = end.start()
    return "".join((*pieces, markup[at:]))


def without(text: str, opening: str, closing: str) -> str:
    """The text without what stands between two marks, such as comments; in one pass, however it is made."""
    pieces, at = [], 0
    while (start := text.find(opening, at)) >= 0:
        pieces.append(text[at:start])
        end = text.find(closing, start + len(opening))
        if end < 0:
            return "".join(pieces)
        at = end + len(closing)
    return "".join((*pieces, text[at:]))
