"""Words at line ends: divided ("certi-fication") or compounds that were wrapped ("event-driven")."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable

HYPHENS = "-\u2010\u2011\u00ad\x02\ufffe"  # what may stand at the end of a line; PDFium says \x02 or U+FFFE
# First parts of compounds that keep their hyphen.
_COMPOUND_FIRST_TEXT = """
anti back business client cloud code container cost cross customer data decision deep domain double end
event fast feature few field fine four front full hands hard high human key large long low machine
market mission mobile model multi non object open part peer post privacy problem product production
project prompt question real retrieval role rule safety security self semi server short single soft
state task team test third three time two user vendor web well world zero
"""
# Second parts.
_COMPOUND_SECOND_TEXT = """
agnostic augmented aware based centered centric critical driven enabled ended facing first focused
friendly generated intensive learn level making minded native oriented party powered proof ready related
solving speaking specific stack supervised tenant term thinking tolerant tuned tuning
"""
# Syllables that are no first parts.
_NEVER_APART_TEXT = """
al as be com con de dis em en im in out over per pre pro re sub sur un under up
"""
# Tails of words that begin like a compound: "test-ing", "real-ity", "multi-ple".
_TAILS_TEXT = """
able ance base bases board boards book books cipate cipated ded der ders ened ers est flow flows form
forms hood ial ian ical ically ified ify ing ings ion ions ish ism ist istic ists ities ity ive ives
ization ize ized izing lat lation light lighted lights line lines ling ly man ment mental mentation
mented menting ments name names nance nar nars ness nesses ning ous ple ples plex plied ply plying point
points ree rial ric room rooms script scription scripts sense ship ships sion sions site sites ster
sters stone stones tal tation tech ted ter ters tial tic tics tion tional tions tive tives tor tors tude
ture tures ual ular ulate ulated um ure ver vers ware ways work worked working works writer writing
"""
_COMPOUND_FIRST = frozenset(_COMPOUND_FIRST_TEXT.split())
_COMPOUND_SECOND = frozenset(_COMPOUND_SECOND_TEXT.split())
_NEVER_APART = frozenset(_NEVER_APART_TEXT.split())
_TAILS = frozenset(_TAILS_TEXT.split())


class Hyphens:
    """Joins words over line ends, with the hyphen or without, by what the whole document does.

    Programs like TeX divide words ("certi-fication"), word processors and browsers only wrap
    compounds ("event-driven"). If the document has the word elsewhere in one of its forms, that
    decides; else what the program is known for; else whether a divided word is among its line ends.
    """

    def __init__(self, lines: Iterable[str], *, divides: bool) -> None:
        texts = list(lines)
        self._known = frozenset(re.findall(r"\w+(?:-\w+)*", "\n".join(texts).lower()))
        pairs = [_pair(above, below) for above, below in itertools.pairwise(texts) if above[-1:] in HYPHENS]
        self._divides = divides or any(
            first + second in self._known or second in _TAILS for first, second in pairs if first and second
        )

    def join(self, above: str, below: str) -> str:
        """``above``, which ends with a hyphen, and ``below`` as one text."""
        stem = above.rstrip(HYPHENS)
        first, second = _pair(above, below)
        if f"{first}-{second}" not in self._known and first + second in self._known:
            return stem + below
        if f"{first}-{second}" in self._known or not second or self._keeps(first, second, below):
            return f"{stem}-{below}"
        return stem + below

    def _keeps(self, first: str, second: str, below: str) -> bool:
        last = first.rsplit("-", 1)[-1]
        plain = "-" not in first and last.isalpha() and below[:1].islower() and len(last) > 1
        if not plain or len(second) < 3:
            return True  # "state-of-the-", "GPT-", "e-", "hands-on": never a division of a plain word
        if last in _NEVER_APART or second in _TAILS:
            return False
        return not self._divides or last in _COMPOUND_FIRST or second in _COMPOUND_SECOND


def _pair(above: str, below: str) -> tuple[str, str]:
    """The two parts of a word, in lower case."""
    match = re.match(r"\w+", below)
    return re.split(r"[^\w-]", above.rstrip(HYPHENS))[-1].lower(), match[0].lower() if match else ""
