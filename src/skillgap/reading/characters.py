"""Signs that documents carry in place of letters: ligatures, bullets, hyphens at line ends.

Only what stands for letters is replaced. There is no NFKC here: it would turn "m²" into "m2".
"""

from __future__ import annotations

import re

_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl")
_LETTERS: dict[int, str | None] = {
    **{0xFB00 + number: letters for number, letters in enumerate((*_LIGATURES, "st", "st"))},
    # Fonts of LaTeX whose PDF does not say which letters they show: T1 has the ligatures at
    # \x1b-\x1f and quotes and dashes below, OT1 has ligatures at \x0b, \x0c, \x0e and \x0f.
    **{0x1B + number: letters for number, letters in enumerate(_LIGATURES)},
    0x0B: "ff",
    0x0C: "fi",
    0x0E: "ffi",
    0x0F: "ffl",
    0x10: "\u201c",
    0x11: "\u201d",
    0x15: "\u2013",
    0x16: "\u2014",
    0x88: "\u2022",  # the bullet of TS1
    0xA0: " ",
    0xAD: None,  # soft hyphen inside a line
    0x200B: None,
    0xFEFF: None,
}
_LETTERS |= {code: None for code in range(0x20) if code not in (*_LETTERS, 0x02, 0x09, 0x0A)}
_BULLETS = (
    "\u2022\u2023\u2043\u204c\u204d\u2219\u25aa\u25ab\u25ac\u25a0\u25a1\u25b8\u25b9\u25ba\u25b6\u25cb\u25cf\u25e6"
    "\u25c6\u25c7\u2756\u2794\u27a2\u27a4\u2192\u2713\u2714\u2605\u2606\u00b7\u203a\u00bb\uf0b7\uf0a7\uf0d8\uf0fc\uf02d\uf06c"
    "\uf06e\uf076\uf0a8"
)
BULLET = re.compile(rf"\s*(?:[{_BULLETS}]+|[-\u2013\u2014*](?=\s)|o(?=[ \t]+[A-Z])|\u00a7(?=\s+[A-Z]))\s*")
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010fffd]")  # icons of icon fonts, and their bullets
NUMBER = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]")  # that counts an item of a list


def letters(text: str) -> str:
    """The text with letters for ligatures, and without soft hyphens and control characters."""
    return text.translate(_LETTERS)


def without_icons(text: str) -> str:
    """The text without signs of icon fonts, which mean nothing outside their font."""
    return _PRIVATE.sub("", text)


def is_icon(text: str) -> bool:
    """Whether this is one sign of an icon font and nothing else."""
    return _PRIVATE.fullmatch(text) is not None


def as_item(line: str) -> str | None:
    """The line as "- item" if it begins with a bullet, else None."""
    match = BULLET.match(line)
    if match is None or match.end() == len(line):
        return None
    return "- " + line[match.end() :]
