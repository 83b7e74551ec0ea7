"""Names in the wrong case that a list written all in that case holds: "python, sql, spark", "GO, RUST".

Their case is what tells them from everyday words, so a list has to make up for it: its items are known
skills and nothing else, at least two of them sure, and one that shows in which case the list is written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from skillgap.extraction.settling import Candidate
from skillgap.extraction.tokens import COMMA, CONNECTORS, PLUS, SLASH, SOFT, Tokens

_SEPARATORS = frozenset({COMMA, SLASH, PLUS})
_FEWEST_SURE = 2  # items of a list that are known without it
_SHORTEST_ACRONYM = 3  # letters of a concept's acronym ("RAG") that a list may write small


def listed(
    tokens: Tokens, known: Sequence[Candidate], taken: Iterable[int], bent: Iterable[Candidate]
) -> list[tuple[Candidate, str]]:
    """Those of the ``bent`` names that stand in such a list, each with the reason why it counts.

    ``known`` are the skills found before, ``taken`` words that nothing else may stand on.
    """
    occupied = {word for c in known for word in range(c.first, c.last + 1)}.union(taken)
    open_items = _by_place(tokens, (c for c in bent if _may_bend(c)), occupied)
    if not open_items:
        return []
    items = {c.first: c for c in sorted(known, key=lambda c: c.last)} | open_items
    ends = {c.last: c for c in items.values()}
    result: list[tuple[Candidate, str]] = []
    seen: set[int] = set()
    for first, candidate in open_items.items():
        if first in seen:
            continue
        run = _run(tokens, candidate, items, ends)
        seen.update(item.first for item in run)
        result += _counted(tokens, run, open_items)
    return result


def _may_bend(candidate: Candidate) -> bool:
    own = "".join(candidate.form.raw or ())
    return candidate.form.named or (own.isupper() and len(own) >= _SHORTEST_ACRONYM)


def _by_place(tokens: Tokens, bent: Iterable[Candidate], occupied: set[int]) -> dict[int, Candidate]:
    """First word -> the longest name there, in text order; of equals that with the fewest letters turned."""
    order = sorted(bent, key=lambda c: (c.first, -c.last, _turned(tokens, c), c.form.number))
    places: dict[int, Candidate] = {}
    end = -1
    for candidate in order:
        if candidate.first > end and occupied.isdisjoint(range(candidate.first, candidate.last + 1)):
            places[candidate.first] = candidate
            end = candidate.last
    return places


def _turned(tokens: Tokens, candidate: Candidate) -> int:
    """How many letters are in another case than the name's own: "react" is React rather than ReAct."""
    written = "".join(tokens.words[candidate.first : candidate.last + 1])
    return sum(a != b for a, b in zip(written, "".join(candidate.form.raw or ()), strict=False))


def _run(
    tokens: Tokens, start: Candidate, items: Mapping[int, Candidate], ends: Mapping[int, Candidate]
) -> list[Candidate]:
    """The items of the list around one of them, as far as all are known or open."""

    def walk(item: Candidate | None, step: Callable[[Candidate], Candidate | None]) -> list[Candidate]:
        found = []
        while item is not None:
            found.append(item)
            item = step(item)
        return found

    def before(item: Candidate) -> Candidate | None:
        last = item.first - 1
        if last > 0 and tokens.keys[last] in CONNECTORS:
            last -= 1
        return ends.get(last) if last >= 0 and _separates(tokens, last, item.first) else None

    def after(item: Candidate) -> Candidate | None:
        first = item.last + 1
        if first + 1 < len(tokens) and tokens.keys[first] in CONNECTORS:
            first += 1
        return items.get(first) if first < len(tokens) and _separates(tokens, item.last, first) else None

    return [*reversed(walk(before(start), before)), start, *walk(after(start), after)]


def _separates(tokens: Tokens, left: int, right: int) -> bool:
    """Whether a comma, slash, "and" or "or" and nothing else stands between two words."""
    joints = tokens.joints[left:right]
    if len(joints) == 1:
        return joints[0] in _SEPARATORS
    return all(joint == SOFT or joint in _SEPARATORS for joint in joints)


def _counted(
    tokens: Tokens, run: Sequence[Candidate], open_items: Mapping[int, Candidate]
) -> list[tuple[Candidate, str]]:
    """The open names of one list, if the list is what it has to be."""
    sure = [item for item in run if open_items.get(item.first) is not item]
    styles = {_turned_style(tokens, item) for item in sure} - {""}
    speaking = [item for item in sure if item.form.named or _turned_style(tokens, item)]
    if len(speaking) < _FEWEST_SURE or not styles:
        return []
    reason = f"listed with {tokens.words[speaking[0].first]}, in the same case"
    return [
        (item, reason)
        for item in run
        if open_items.get(item.first) is item and _style(tokens, item) in styles
    ]


def _style(tokens: Tokens, candidate: Candidate) -> str:
    """How the words are written: "lower", "upper" or ""."""
    text = tokens.text[tokens.starts[candidate.first] : tokens.ends[candidate.last]]
    return "lower" if text.islower() else "upper" if text.isupper() else ""


def _turned_style(tokens: Tokens, candidate: Candidate) -> str:
    """The case of a sure name that is not its own: it shows how a list is written; else ""."""
    form = candidate.form
    own = "".join(form.raw or (form.alias,))  # of a concept too: "nosql"
    if not (form.named or any(char.isupper() for char in own[1:])):
        return ""
    style = _style(tokens, candidate)
    turned = not own.islower() if style == "lower" else not own.isupper()
    return style if turned else ""
