"""The loaded taxonomy: lookups over the compiled index, built only when asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cached_property
from typing import Any

from skillgap.inflection import Folder
from skillgap.taxonomy.entries import Alias, Skill, Source, Step
from skillgap.taxonomy.index import load_index
from skillgap.taxonomy.patterns import TOKEN, compound_parts, display

_FARTHEST = 2  # steps along which a skill is taken to include another


def lookup_key(name: str) -> str:
    """How names are compared when a person types one: no case, spaces, hyphens or dots."""
    return "".join(char for char in name.casefold() if char.isalnum() or char in "+#")


class Taxonomy:
    """Skills, roadmap, roles and projects, and the rules that read ads.

    Made by ``load_taxonomy``. ``digest`` names its exact content: records carry it, and equal
    digests read the same ad the same way.
    """

    def __init__(self, text: str) -> None:
        header, self.entries, self.forms, self.trie = load_index(text)
        self._header = header
        self._known: dict[str, Skill] = {}
        self.digest: str = header["digest"]
        self.ids: list[str] = header["ids"]
        self.kinds: list[str] = header["kinds"]
        self._themes: list[str] = header["themes"]
        self.guards: dict[int, Mapping[str, Any]] = {int(k): v for k, v in header["guards"].items()}
        self.words: Mapping[str, Any] = header["words"]
        self.cues: Mapping[str, Any] = header["cues"]
        self.headings: list[Mapping[str, Any]] = header["headings"]
        self.resume_headings: list[Mapping[str, Any]] = header["resume_headings"]
        self.roles: Mapping[str, Mapping[str, Any]] = {r["id"]: r for r in header["roles"]}
        self.judging: Mapping[str, float] = header["judging"]
        self.projects: Mapping[str, Mapping[str, Any]] = {p["id"]: p for p in header["projects"]}
        self.industries: Mapping[str, Mapping[str, Any]] = {i["id"]: i for i in header["industries"]}

    @cached_property
    def documents(self) -> dict[str, Mapping[str, Any]]:
        """The documents that the taxonomy is built from, by their three-digit key."""
        return {document["key"]: document for document in self._header["documents"]}

    @cached_property
    def labels(self) -> list[str]:
        """The short names under which reports gather skills, in their order; soft skills last."""
        return list(self.words["labels"])

    def theme(self, skill_id: str) -> str:
        """The theme file that holds the skill."""
        return self._themes[self.positions[skill_id]]

    def label(self, skill_id: str) -> str:
        """The short name of the skill's theme."""
        theme = self.theme(skill_id)
        for label, themes in self.words["labels"].items():
            if theme in themes:
                return str(label)
        return self.labels[-2]

    @cached_property
    def fold(self) -> Folder:
        """The folder of inflected words that the trie was built with."""
        return Folder(self.words["irregular"], self.words["keep"])

    @cached_property
    def compounds(self) -> dict[str, frozenset[str]]:
        """First parts of compounds, each with the parts that may follow it."""
        return compound_parts(self.words)

    @cached_property
    def positions(self) -> dict[str, int]:
        """Skill id -> its number in the index."""
        return {skill_id: number for number, skill_id in enumerate(self.ids)}

    def kind(self, skill_id: str) -> str:
        """The kind of a skill."""
        return self.kinds[self.positions[skill_id]]

    def included(self, skill_id: str, without: Collection[str] = ()) -> frozenset[str]:
        """What a skill includes, at most two steps away: each step is a little less certain.

        PyTorch shows deep learning, and that machine learning. Steps into ``without`` are not taken.
        """
        seen: set[str] = set()
        open_ids = [skill_id]
        for _ in range(_FARTHEST):
            entries = [self.skill(open_id) for open_id in open_ids]
            targets = {target for entry in entries for target in (*entry.implies, *entry.broader)}
            open_ids = sorted(targets - seen - {skill_id} - set(without))
            seen.update(open_ids)
        return frozenset(seen)

    def source(self, ref: str) -> Source:
        """Spell out ``000:step-1-foundation``."""
        key, _, section = ref.partition(":")
        document = self.documents.get(key)
        return Source(document["file"] if document else key, section)

    def skill(self, skill_id: str) -> Skill:
        """One skill by id; KeyError if there is none."""
        known = self._known.get(skill_id)
        if known is None:
            known = self._known[skill_id] = self._skill(self.entries[self.positions[skill_id]])
        return known

    def _skill(self, entry: Mapping[str, Any]) -> Skill:
        forms = dict.fromkeys([entry["name"], *entry["aliases"]])
        aliases = {display(form): form for form in reversed(forms)}
        return Skill(
            id=entry["id"],
            name=entry["name"],
            kind=entry["kind"],
            theme=entry["theme"],
            aliases=tuple(Alias(text, form) for text, form in reversed(aliases.items())),
            steps=tuple(entry["steps"]),
            implies=tuple(entry["implies"]),
            broader=tuple(entry["broader"]),
            related=tuple(entry["related"]),
            sources=tuple(self.source(ref) for ref in entry["sources"]),
            certification=entry["certification"],
        )

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """Every skill by id."""
        return {skill_id: self.skill(skill_id) for skill_id in self.ids}

    @cached_property
    def steps(self) -> dict[str, Step]:
        """The roadmap by step id, in the order of the file."""
        return {
            entry["id"]: Step(
                id=entry["id"],
                title=entry["title"],
                summary=entry["summary"],
                how=entry["how"],
                hours=tuple(entry["hours"]) if entry["hours"] else None,
                after=tuple(entry["after"]),
                teaches=tuple(entry["teaches"]),
                sources=tuple(self.source(ref) for ref in entry["sources"]),
                links=tuple(entry["links"]),
            )
            for entry in self._header["steps"]
        }

    @cached_property
    def step_order(self) -> dict[str, int]:
        """Step id -> its place in an order in which no step comes before its prerequisites."""
        order: dict[str, int] = {}

        def visit(step_id: str) -> None:
            if step_id in order:
                return
            for earlier in self.steps[step_id].after:
                visit(earlier)
            order[step_id] = len(order)

        for step_id in self.steps:
            visit(step_id)
        return order

    @cached_property
    def _ancestors(self) -> dict[str, frozenset[str]]:
        found: dict[str, frozenset[str]] = {}
        for step_id in self.step_order:  # prerequisites come first in this order
            after = self.steps[step_id].after
            found[step_id] = frozenset(after).union(*(found[earlier] for earlier in after))
        return found

    def before(self, step_id: str) -> frozenset[str]:
        """Every step that has to come before a step."""
        return self._ancestors.get(step_id, frozenset())

    @cached_property
    def _by_name(self) -> dict[str, list[str]]:
        """Ids by every way to write a name: ids and names first, then aliases, then their folds."""
        names: dict[str, list[str]] = {}

        def add(key: str, skill_id: str) -> None:
            known = names.setdefault(key, [])
            if skill_id not in known:
                known.append(skill_id)

        forms = [(display(alias), entry["id"]) for entry in self.entries for alias in entry["aliases"]]
        for entry in self.entries:
            add(lookup_key(entry["id"]), entry["id"])
            add(lookup_key(entry["name"]), entry["id"])
        for form, skill_id in forms:
            add(lookup_key(form), skill_id)
        for form, skill_id in [*((e["name"], e["id"]) for e in self.entries), *forms]:
            add(self._folded(form), skill_id)
        return names

    def _folded(self, name: str) -> str:
        return "~" + "".join(self.fold(word.lower()) for word in TOKEN.findall(name))

    def find_all(self, name: str) -> list[Skill]:
        """Every skill with this id, name or alias, however it is typed or inflected; best first."""
        found = [*self._by_name.get(lookup_key(name), ()), *self._by_name.get(self._folded(name), ())]
        return [self.skill(skill_id) for skill_id in dict.fromkeys(found)]

    def find(self, name: str) -> Skill | None:
        """The skill of this id, name or alias, or None."""
        found = self.find_all(name)
        return found[0] if found else None
