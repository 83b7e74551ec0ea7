"""Validated taxonomy files -> one plain index that loads in milliseconds.

The heart of the index is a trie over folded words. A node maps a word to the next node;
four keys that can't be words carry the rest:

``"."``  ids of the forms that end here
``"~"``  the trie that follows a gap
``"&"``  the trie of what follows, were the rest coordinated ("unit [, integration] testing")
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from skillgap.inflection import Folder
from skillgap.taxonomy.index import dump_index
from skillgap.taxonomy.patterns import Pattern, Words, name_variants, parse

END, GAP_KEY, COORDINATION = ".", "~", "&"
NAMED_KINDS = frozenset({"language", "framework", "tool", "platform", "database", "model", "certification"})
DECOY = -1  # the skill of a form that is none: it takes its words, so that no skill is read into them
# Kinds of a form, as stored in the index: how the matcher has to verify it.
LITERAL, INFLECTED, EXACT, AMBIGUOUS = 0, 1, 2, 3

Fold = Callable[[str], str]
Node = dict[str, Any]


def is_named(kind: str) -> bool:
    """Whether a kind is a product or language by name, matched literally."""
    return kind in NAMED_KINDS


def _insert(trie: Node, words: Sequence[str], fold: Fold) -> Node:
    node = trie
    for word in words:
        node = node.setdefault(fold(word.lower()), {})
    return node


def _mode(pattern: Pattern, kind: str) -> int:
    if pattern.ambiguous:
        return AMBIGUOUS
    if pattern.exact:
        return EXACT
    return LITERAL if is_named(kind) else INFLECTED


class _Trie:
    """Collects forms and grows the trie; a form is ``[skill, alias, mode, raw, joints, prefix]``."""

    def __init__(self, fold: Fold) -> None:
        self.root: Node = {}
        self.forms: list[list[Any]] = []
        self._fold = fold

    def _form(self, skill: int, pattern: Pattern, mode: int, words: Words | None) -> int:
        literal = words is not None and mode != INFLECTED
        hard = words is not None and (any(words.joints) or words.prefix)
        self.forms.append([
            skill,
            pattern.text,
            mode,
            list(words.raw) if words is not None and literal else None,
            list(words.joints) if words is not None and hard else None,
            words.prefix if words is not None else "",
        ])  # fmt: skip
        return len(self.forms) - 1

    def add(self, skill: int, pattern: Pattern, kind: str) -> None:
        mode = _mode(pattern, kind)
        if pattern.gapped:
            self._add_gapped(self._form(skill, pattern, mode, None), pattern)
            return
        for words in pattern.runs[0]:
            form = self._form(skill, pattern, mode, words)
            _insert(self.root, words.raw, self._fold).setdefault(END, []).append(form)
            if mode == INFLECTED and not any(words.joints):
                self._add_coordination(form, words)

    def _add_gapped(self, form: int, pattern: Pattern) -> None:
        nodes = [self.root]
        for position, run in enumerate(pattern.runs):
            ends = [_insert(node, words.raw, self._fold) for node in nodes for words in run]
            last = position == len(pattern.runs) - 1
            nodes = ends if last else [node.setdefault(GAP_KEY, {}) for node in ends]
        for node in nodes:
            forms = node.setdefault(END, [])
            if form not in forms:
                forms.append(form)

    def _add_coordination(self, form: int, words: Words) -> None:
        if len(words.raw) < 2:
            return
        head = _insert(self.root, words.raw[:-1], self._fold)
        tail = _insert(head.setdefault(COORDINATION, {}), words.raw[-1:], self._fold)
        tail.setdefault(END, []).append(form)


def written_forms(skill: Mapping[str, Any]) -> Iterator[str]:
    """The authored forms of a skill: its name and its aliases, without repeats."""
    aliases = skill["aliases"]
    name = skill["name"]
    marked = {alias[1:] for alias in aliases if alias[:1] in "=~"}
    yield from dict.fromkeys([name, *aliases] if name not in marked else aliases)


def _skill_patterns(skill: Mapping[str, Any], words: Mapping[str, Any]) -> Iterator[Pattern]:
    named = is_named(skill["kind"])
    for alias in written_forms(skill):
        pattern = parse(alias, words, named=named)
        yield pattern
        if named and not pattern.exact:
            for variant in name_variants(alias):
                variant_pattern = parse(variant, words, named=True)
                # a split CamelCase name is made of ordinary words ("built with"): only its capitals tell it
                yield Pattern(alias, exact=" " in variant, ambiguous=False, runs=variant_pattern.runs)


def build_trie(skills: Sequence[Mapping[str, Any]], words: Mapping[str, Any]) -> tuple[Node, list[list[Any]]]:
    """All forms of all skills as (trie, forms)."""
    trie = _Trie(Folder(words["irregular"], words["keep"]))
    for number, skill in enumerate(skills):
        for pattern in _skill_patterns(skill, words):
            trie.add(number, pattern, skill["kind"])
    for decoy in words["decoys"]:
        trie.add(DECOY, parse(decoy, words, named=True), "tool")
    return trie.root, trie.forms


def compile_index(files: Mapping[str, Any], digest: str) -> str:
    """The whole taxonomy as the text of an index file.

    ``files`` holds the values of each top-level file by name, and under ``"skills"`` the
    merged list of skill entries.
    """
    skills = sorted(files["skills"], key=lambda skill: skill["id"])
    trie, forms = build_trie(skills, files["words.yaml"])
    header = {
        "digest": digest,
        "ids": [skill["id"] for skill in skills],
        "kinds": [skill["kind"] for skill in skills],
        "themes": [skill["theme"] for skill in skills],
        "guards": {number: skill["guard"] for number, skill in enumerate(skills) if skill["guard"]},
        "steps": files["roadmap.yaml"]["steps"],
        "roles": files["roles.yaml"]["roles"],
        "judging": files["roles.yaml"]["judging"],
        "projects": files["projects.yaml"]["projects"],
        "industries": files["industries.yaml"]["industries"],
        "documents": files["sources.yaml"]["documents"],
        "words": files["words.yaml"],
        "headings": files["headings.yaml"]["sections"],
        "resume_headings": files["headings.yaml"]["resume"],
        "cues": files["cues.yaml"],
    }
    return dump_index(header, skills, forms, trie)
