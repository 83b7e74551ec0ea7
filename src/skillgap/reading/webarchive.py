"""Safari's .webarchive -> Document: a property list that holds the page, its address and its frames."""

from __future__ import annotations

import plistlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin
from xml.parsers.expat import ExpatError

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading.html import read_html

_LARGEST = 60_000_000  # bytes; pictures are most of that


def read_webarchive(data: bytes, source: str) -> Document:
    """The ad or resume in a web archive.

    Raises UnreadableError if it is damaged or its main resource is no page with text.
    """
    remedy = "open it in a browser and paste the ad's text, or save the page once more"
    if len(data) > _LARGEST:
        raise UnreadableError(f"{source}: is a web archive of {len(data) // 1_000_000} MB; {remedy}")
    try:
        archive = plistlib.loads(data)
    except (
        ValueError,
        LookupError,
        TypeError,
        OverflowError,
        RecursionError,
        ExpatError,
        AttributeError,
    ) as error:
        raise UnreadableError(f"{source}: is a damaged web archive; {remedy}") from error
    main = archive.get("WebMainResource") if isinstance(archive, dict) else None
    page = main.get("WebResourceData") if isinstance(main, dict) else None
    if not isinstance(main, dict) or not isinstance(page, bytes):
        raise UnreadableError(f"{source}: is a web archive without a page in it; {remedy}")
    kind = main.get("WebResourceMIMEType")
    if isinstance(kind, str) and kind not in ("text/html", "application/xhtml+xml", "text/plain"):
        raise UnreadableError(
            f"{source}: is a web archive of a file ({kind}), not of a page; save that file itself"
        )
    url = main.get("WebResourceURL")
    charset = main.get("WebResourceTextEncodingName")
    inside = _frames(archive, url if isinstance(url, str) else "")
    shown = read_html(
        page,
        source,
        charset=charset if isinstance(charset, str) else None,
        url=url if isinstance(url, str) and url.startswith(("http://", "https://")) else None,
        frames=inside.get,
    )
    return Document(source, shown.text, "webarchive", meta=shown.meta)


def _frames(archive: Mapping[str, Any], base: str) -> dict[str, bytes]:
    """The pages of frames by the addresses that the main page may name them by."""
    found: dict[str, bytes] = {}
    frames = archive.get("WebSubframeArchives")
    for frame in frames if isinstance(frames, list) else []:
        main = frame.get("WebMainResource") if isinstance(frame, dict) else None
        if not isinstance(main, dict):
            continue
        url, page = main.get("WebResourceURL"), main.get("WebResourceData")
        if isinstance(url, str) and isinstance(page, bytes):
            found[url] = page
            root = urljoin(base, "/")
            if root and url.startswith(root):
                found["/" + url[len(root) :]] = page
    return found
