"""The user's corrections: a small YAML file that says what the program could not see.

::

    know: [Kubernetes]            # I do know these, whatever my resume says
    ignore: [Rust]                # do not count these, whatever an ad says
    required: [Terraform]         # count these as must-haves where an ad names them
    ads:
      northwind.html:             # for one ad, by the end of its name
        status: applied           # applied or skip
        ignore: [Kafka]
        required: [Python]
        know: []
      jobs.csv#12: {status: skip} # of a table the row
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from skillgap.errors import UsageError
from skillgap.model import Group, JobProfile
from skillgap.taxonomy import Taxonomy

_KEYS = frozenset({"know", "ignore", "required", "ads"})
_AD_KEYS = frozenset({"know", "ignore", "required", "status"})
_ALIKE = 0.7  # of 1, from which a name is offered for one that is not known
_STATUSES = frozenset({"applied", "skip"})


@dataclass(frozen=True, slots=True)
class Correction:
    """Skill ids to take as known, to leave out, to count as must-haves; ``status`` of one ad."""

    know: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()
    required: frozenset[str] = frozenset()
    status: str | None = None

    def correct(self, job: JobProfile) -> JobProfile:
        """The ad without what is ignored, and with what is required."""
        kept = [r for r in job.requirements if r.skill not in self.ignore]
        raised = tuple(replace(r, level="required") if r.skill in self.required else r for r in kept)
        groups = (self._group(group) for group in job.groups)
        return replace(job, requirements=raised, groups=tuple(g for g in groups if g is not None))

    def _group(self, group: Group) -> Group | None:
        members = tuple(skill for skill in group.members if skill not in self.ignore)
        if not members:
            return None
        level = "required" if self.required.intersection(members) else group.level
        of = tuple(skill for skill in group.of if skill not in self.required)  # that one counts for itself
        return Group(group.id, level, min(group.minimum, len(members)), members, of)


class Overrides:
    """All corrections of one file."""

    def __init__(self, everywhere: Correction, ads: Mapping[str, Correction]) -> None:
        self.everywhere = everywhere
        self._ads = ads

    @property
    def ads(self) -> tuple[str, ...]:
        """The names of ads that the file says something of."""
        return tuple(self._ads)

    def unused(self, ads: Iterable[tuple[str, str | None]]) -> list[str]:
        """The names in the file that none of these ads, given as (source, row), bears."""
        left = dict.fromkeys(self._ads)
        for source, row in ads:
            for key in [key for key in left if bears(source, row, key)]:
                del left[key]
        return list(left)

    def for_ad(self, source: str, row: str | None = None) -> Correction:
        """What holds for one ad: a name with its row decides before one without, then the longest.

        It is ``everywhere`` itself where the file says nothing of the ad.
        """
        base = self.everywhere
        for place in _places(source, row):
            fitting = [key for key in self._ads if _ends(place, key)]
            if fitting:
                own = self._ads[max(fitting, key=len)]
                return Correction(
                    base.know | own.know, base.ignore | own.ignore, base.required | own.required, own.status
                )
        return base


NONE = Overrides(Correction(), {})


def bears(source: str, row: str | None, name: str) -> bool:
    """Whether an ad is meant by a name: its path or the end of it, of a table with ``#`` and the row."""
    return any(_ends(place, name.replace("\\", "/")) for place in _places(source, row))


def _places(source: str, row: str | None) -> tuple[str, ...]:
    """What an ad is called, the narrowest first."""
    name = source.replace("\\", "/")
    return (name,) if row is None else (f"{name}#{row}", name)


def _ends(place: str, name: str) -> bool:
    name = name.removeprefix("./")
    return place == name or place.endswith(f"/{name}")


def load_overrides(path: str, taxonomy: Taxonomy) -> Overrides:
    """Read a file of corrections; UsageError names the file, every fault in it and the way out."""
    return _Reading(path, taxonomy).overrides()


def _parsed(path: str) -> Mapping[str, Any]:
    import yaml

    try:
        text = Path(path).read_text("utf-8-sig")
        data = yaml.safe_load(text)
    except FileNotFoundError as error:
        raise UsageError(f"{path}: there is no such file; check --override") from error
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path}: can't be read as text; write it as a UTF-8 YAML file") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f" (line {mark.line + 1})" if mark else ""
        raise UsageError(f"{path}: is no valid YAML{place}; see the example in the README") from error
    if data is None:
        return {}
    if not isinstance(data, Mapping):
        raise UsageError(f"{path}: must be a mapping such as 'know: [Kubernetes]'")
    return data


class _Reading:
    """One file on its way to corrections, with all that is wrong in it."""

    def __init__(self, path: str, taxonomy: Taxonomy) -> None:
        self._path = path
        self._taxonomy = taxonomy
        self._faults: list[str] = []

    def overrides(self) -> Overrides:
        data = _parsed(self._path)
        self._unknown(data, _KEYS, "")
        ads = data.get("ads") or {}
        if not isinstance(ads, Mapping):
            self._faults.append("ads must map the name of an ad to its corrections")
            ads = {}
        everywhere = self._correction(data, "")
        own = {str(name): self._of_ad(f"ads, {name}: ", entry) for name, entry in ads.items()}
        if self._faults:
            raise UsageError(f"{self._path}: {'; '.join(self._faults)}")
        return Overrides(everywhere, own)

    def _unknown(self, data: Mapping[str, Any], keys: frozenset[str], where: str) -> None:
        for key in sorted(map(str, set(data) - keys)):
            self._faults.append(f"{where}unknown key {key!r}, it may hold {', '.join(sorted(keys))}")

    def _of_ad(self, where: str, entry: object) -> Correction:
        if not isinstance(entry, Mapping):
            self._faults.append(f"{where}must be a mapping such as 'status: applied'")
            return Correction()
        self._unknown(entry, _AD_KEYS, where)
        status = entry.get("status")
        if status is not None and status not in _STATUSES:
            self._faults.append(f"{where}status is applied or skip, not {status!r}")
        return replace(self._correction(entry, where), status=status)

    def _correction(self, data: Mapping[str, Any], where: str) -> Correction:
        know, ignore, required = (
            frozenset(self._ids(data.get(key), f"{where}{key}")) for key in ("know", "ignore", "required")
        )
        for skill in sorted(ignore & (know | required)):
            both = "know" if skill in know else "required"
            name = self._taxonomy.skill(skill).name
            self._faults.append(f"{where}{name} stands under both {both} and ignore, take it out of one")
        return Correction(know, ignore, required)

    def _ids(self, names: object, where: str) -> Iterable[str]:
        if names is None:
            return
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            key = where.rpartition(" ")[2]
            self._faults.append(f"{where} must be a list of skills, such as {key}: [Kubernetes, RAG]")
            return
        for name in names:
            skill = self._taxonomy.find(name)
            if skill is None:
                self._faults.append(f"{where}: the taxonomy knows no skill {name!r}{self._near(name)}")
            else:
                yield skill.id

    def _near(self, name: str) -> str:
        """The known skill that is written most like a name, as a question."""
        import difflib

        names = {skill.name.lower(): skill.name for skill in self._taxonomy.skills.values()}
        near = difflib.get_close_matches(name.lower(), names, n=1, cutoff=_ALIKE)
        return f" (did you mean {names[near[0]]}?)" if near else " (look it up: skillgap taxonomy list)"
