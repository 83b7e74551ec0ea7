"""A saved web page -> Document: its posting data if it carries any, else its main text.

Measured on 215 pages of one site, words against the ad's text (``benchmarks/pages.py``): with posting data
precision and recall 1.00 in 3 ms; without it 1.00 in 5 ms where the page marks its description, else .85 and
1.00, where trafilatura reads .83 and .98 in 23 ms and resiliparse .63 and 1.00 in 5 ms.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.about import Head, read_about, read_head
from skillgap.reading.lines import to_lines
from skillgap.reading.markup import Element, decode_page, parse, refuse_long
from skillgap.reading.posting import Posting, read_posting

Frames = Callable[[str], bytes | None]  # the address of a frame -> its page, where that was saved, too

_SAVE = "open it in a browser, wait until the ad shows, and copy and paste its text"
_ROBOT = re.compile(
    r"captcha|are you (?:a )?(?:human|robot)|not a robot|verify(?:ing)? (?:that )?you are (?:a )?human"
    r"|just a moment|checking your browser|unusual traffic|security check|access (?:is |was )?denied"
    r"|additional verification required|enable (?:javascript and )?cookies to continue",
    re.IGNORECASE,
)
_LOGIN = re.compile(
    r"\b(?:(?:sign|log) ?in (?:to|with)|please (?:sign|log) ?in|join (?:now )?to (?:see|view|apply)"
    r"|forgot (?:your )?password|sign in or (?:join|register|create))\b",
    re.IGNORECASE,
)
_CONTROL = re.compile(  # what is written on buttons and links around an ad
    r"(?:- )?(?:(?:show|read|see) (?:more|less)|read full description|(?:quick |easy )?apply(?: now| here)?"
    r"(?: (?:for|to) (?:this|the) (?:job|role|position))?|save(?: (?:this )?job)?"
    r"|(?:report|share|print)(?: (?:this )?job)?|(?:view|see) all (?:\w+ )?jobs\b.{0,60}|(?:view"
    r"|see) .{0,60}profile"
    r"|back to (?:all )?(?:jobs|search(?: results)?)|skip to (?:main )?content|sign in"
    r"|be an early applicant)\W*",
    re.IGNORECASE,
)
_APP_ROOTS = frozenset(
    {"root", "app", "__next", "react-root", "main-app", "app-root", "ember-app", "___gatsby"}
)
_FEW_WORDS, _MANY_WORDS = 30, 120  # fewer may be a page that has not loaded; more are no login
_LONG_SCRIPT = 200  # characters; shorter ones count visitors
_TEASER = 250  # characters; so short a description may be the beginning of the ad only
_RUN_ON = 900  # characters a line, on average: the lists of the ad were lost
_COVERED = 0.9
_LARGEST_FRAME = 20_000_000
_MOST_HIDDEN, _LONGEST_HIDDEN, _FEWEST_HIDDEN_WORDS = 20, 200, 2
_TITLE_WITHIN = 6  # lines in which the title may stand once more
_WORD = re.compile(r"\w+")
RUN_ON_NOTE = "the page data gives the ad as one run-on paragraph, so its headings and lists are unknown"


def read_html(
    data: bytes,
    source: str,
    *,
    charset: str | None = None,
    url: str | None = None,
    frames: Frames | None = None,
) -> Document:
    """The ad or resume that a page shows; ``charset`` and ``url`` as an archive around it declares them.

    ``frames`` finds pages that are shown inside it; by default in the folder that a browser saves beside it.
    Raises UnreadableError where nothing can be read: empty, by script only, behind a login, made to exhaust.
    """
    markup = decode_page(data, charset)
    root = parse(markup, source)
    head = read_head(root, markup)
    posting = read_posting(root, source, hints=[hint for hint in (head.title, head.url or url) if hint])
    meta: dict[str, object] = {"url": url} if url else {}
    if posting is not None and posting.text and not _is_partial(posting.text):
        return _posted(source, head, posting, meta)
    own, about = _own_text(root, head)
    if posting is not None and posting.text and not _goes_beyond(own, posting.text):
        if _runs_on(posting.text):
            meta["notes"] = [RUN_ON_NOTE]
        return _posted(source, head, posting, meta)
    if len(_WORD.findall(own)) < _MANY_WORDS:
        shown = (
            _framed(root, source, frames or _beside(source)) if len(_WORD.findall(own)) < _FEW_WORDS else None
        )
        if shown is not None:
            return Document(source, shown.text, "html", meta={**meta, **about, **shown.meta})
        _refuse(markup, own, source)
    meta |= about | dict(posting.meta if posting else {})
    return Document(source, _titled(meta.get("title"), refuse_long(own, source)), "html", meta=meta)


# -- posting data against the page's own text -------------------------------------------------------


def _posted(source: str, head: Head, posting: Posting, meta: dict[str, object]) -> Document:
    stated: dict[str, object] = {"title": head.title, "url": head.url, "company": head.stated.get("company")}
    meta |= {name: value for name, value in stated.items() if value} | dict(posting.meta)
    title = meta.get("title")
    text = f"{title}\n\n{posting.text}" if title else posting.text
    return Document(source, refuse_long(text, source), "html", meta=meta)


def _is_partial(text: str) -> bool:
    """Whether posting data may hold only a teaser of the ad, or has lost its lines."""
    return len(text) < _TEASER or text.endswith(("…", "...")) or _runs_on(text)


def _runs_on(text: str) -> bool:
    return len(text) > _RUN_ON * (text.count("\n") + 1)


def _goes_beyond(own: str, posted: str) -> bool:
    """Whether the page's own text says all that the posting data says, and more or in more lines."""
    words = set(_WORD.findall(posted.lower()))
    if len(words & set(_WORD.findall(own.lower()))) < _COVERED * len(words):
        return False
    return len(own) > 1.3 * len(posted) or own.count("\n") > posted.count("\n") + 3


# -- the page's own text ----------------------------------------------------------------------------


def _own_text(root: Element, head: Head) -> tuple[str, dict[str, object]]:
    """(main text with the short facts above it, meta) of a page; prunes its tree."""
    from skillgap.reading.furniture import drop_furniture, drop_hidden, find_ad

    hidden = drop_hidden(root)
    drop_furniture(root)
    meta, facts = read_about(root, head)
    ad = find_ad(root)
    inside = set(ad.iter())
    order = {element: number for number, element in enumerate(root.iter())}
    apart = inside | set(ad.ancestors())
    lines = [f.line for f in facts if f.element not in apart and order[f.element] < order[ad]]
    text = "\n".join(line for line in to_lines(ad).split("\n") if not _CONTROL.fullmatch(line))
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    meta |= _hidden_words(hidden, ad)
    return "\n\n".join(part for part in ("\n".join(dict.fromkeys(lines)), text) if part), meta


def _hidden_words(hidden: list[Element], ad: Element) -> dict[str, object]:
    """What the ad's own part of the page hides, for the person to know."""
    texts = []
    for element in hidden:
        if any(above is ad for above in element.ancestors()):
            text = " ".join(to_lines(element).split())
            if len(_WORD.findall(text)) >= _FEWEST_HIDDEN_WORDS:
                texts.append(text)
    if not texts:
        return {}
    words = sum(len(_WORD.findall(text)) for text in texts)
    note = (
        f"{words} words that the page hides were left out; if they belong to the ad, unfold and save it again"
    )
    return {"hidden": [text[:_LONGEST_HIDDEN] for text in texts[:_MOST_HIDDEN]], "notes": [note]}


def _titled(title: object, text: str) -> str:
    """The text under its title, which stands in it once."""
    if not isinstance(title, str):
        return text
    lines = text.split("\n")
    wanted = " ".join(title.split()).casefold()
    filled = [number for number, line in enumerate(lines) if line][:_TITLE_WITHIN]
    again = next((n for n in filled if " ".join(lines[n].split()).casefold() == wanted), None)
    if again is not None:
        del lines[again]
    rest = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n")
    return f"{title}\n\n{rest}" if rest else title


# -- pages inside the page, and pages without text --------------------------------------------------


def _framed(root: Element, source: str, frames: Frames) -> Document | None:
    """The frame with the most text, where a page shows its ad in one."""
    best: Document | None = None
    for element in root.iter():
        if element.tag not in ("iframe", "frame") or not (inner := frames(element.attrs.get("src", ""))):
            continue
        try:
            shown = read_html(inner, source, frames=lambda _address: None)
        except UnreadableError:
            continue
        if best is None or len(shown.text) > len(best.text):
            best = shown
    return best


def _beside(source: str) -> Frames:
    """Frames in the folder beside a page that a browser saved as complete."""

    def find(address: str) -> bytes | None:
        parts = urlsplit(address)
        path = PurePosixPath(unquote(parts.path))
        named = path.suffix.lower() in (".html", ".htm") and not (parts.scheme or parts.netloc)
        folder = path.parts[:-1][-1:] if named and ".." not in path.parts else ()
        if not folder or not folder[0].startswith(Path(source).stem):
            return None
        file = Path(source).parent / folder[0] / path.name
        try:
            return file.read_bytes() if file.stat().st_size < _LARGEST_FRAME else None
        except (OSError, ValueError):
            return None

    return find


def _refuse(markup: str, own: str, source: str) -> None:
    """Say why a page holds (almost) no text; returns where its few words may be all there is."""
    root = parse(markup, source)
    shown = to_lines(root)
    title = next((e.text() for e in root.iter() if e.tag == "title"), "")
    said = f"{title}\n{shown}"
    few = len(_WORD.findall(own)) < _FEW_WORDS
    if len(_WORD.findall(shown)) < _MANY_WORDS:
        if _ROBOT.search(said):
            raise UnreadableError(
                f"{source}: is a robot check that the site showed instead of the ad; {_SAVE}"
            )
        asks = any(e.tag == "input" and e.attrs.get("type") == "password" for e in root.iter())
        if asks or (few and _LOGIN.search(said)):
            raise UnreadableError(
                f"{source}: is a login page that the site showed instead of the ad; {_SAVE}"
            )
    if not few:
        return
    if any(e.tag in ("iframe", "frame") for e in root.iter()) and not own:
        raise UnreadableError(
            f"{source}: shows its text in a frame that was not saved with it; open it in a browser and copy "
            "and paste the text, or save the page as complete and keep its folder beside it"
        )
    if _waits_for_script(root):
        raise UnreadableError(f"{source}: holds no text of its own, since a script brings it; {_SAVE}")
    if not own:
        raise UnreadableError(f"{source}: is a page without text; {_SAVE}")


def _waits_for_script(root: Element) -> bool:
    for element in root.iter():
        script = element.tag == "script" and "json" not in element.attrs.get("type", "")
        length = sum(len(child) for child in element.children if isinstance(child, str))
        if script and ("src" in element.attrs or length > _LONG_SCRIPT):
            return True
        if element.attrs.get("id") in _APP_ROOTS or element.tag == "app-root":
            return True
    return False
