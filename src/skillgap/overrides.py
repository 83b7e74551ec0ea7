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

    def for_ad(self, source: str, row: str | None = None) -> Correction:
        """What holds for one ad: a name with its row decides before one without, then the longest.

        It is ``everywhere`` itself where the file says nothing of the ad.
        """
        name = source.replace("\\", "/")
        places = (name,) if row is None else (f"{name}#{row}", name)
        base = self.everywhere
        for place in places:
            fitting = [key for key in self._ads if place == key or place.endswith(f"/{key}")]
            if fitting:
                own = self._ads[max(fitting, key=len)]
                return Correction(
                    base.know | own.know, base.ignore | own.ignore, base.required | own.required, own.status
                )
        return base


NONE = Overrides(Correction(), {})


def load_overrides(path: str, taxonomy: Taxonomy) -> Overrides:
    """Read a file of corrections; UsageError names the file, the line's fault and the way out."""
    data = _parsed(path)
    unknown = sorted(set(data) - _KEYS)
    if unknown:
        raise UsageError(f"{path}: unknown key {unknown[0]!r}; it may hold know, ignore, required and ads")
    ads = data.get("ads") or {}
    if not isinstance(ads, Mapping):
        raise UsageError(f"{path}: ads must map the name of an ad to its corrections")
    return Overrides(
        _correction(data, path, taxonomy),
        {str(name): _of_ad(path, str(name), entry, taxonomy) for name, entry in ads.items()},
    )


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


def _of_ad(path: str, name: str, entry: object, taxonomy: Taxonomy) -> Correction:
    if not isinstance(entry, Mapping):
        raise UsageError(f"{path}: ads, {name}: must be a mapping such as 'status: applied'")
    unknown = sorted(set(entry) - _AD_KEYS)
    if unknown:
        raise UsageError(
            f"{path}: ads, {name}: unknown key {unknown[0]!r}; use status, know, ignore or required"
        )
    status = entry.get("status")
    if status is not None and status not in _STATUSES:
        raise UsageError(f"{path}: ads, {name}: status is applied or skip, not {status!r}")
    return replace(_correction(entry, path, taxonomy), status=status)


def _correction(data: Mapping[str, Any], path: str, taxonomy: Taxonomy) -> Correction:
    know, ignore, required = (
        frozenset(_ids(data.get(key), key, path, taxonomy)) for key in ("know", "ignore", "required")
    )
    return Correction(know, ignore, required)


def _ids(names: object, key: str, path: str, taxonomy: Taxonomy) -> Iterable[str]:
    if names is None:
        return
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise UsageError(f"{path}: {key} must be a list of skills, such as {key}: [Kubernetes, RAG]")
    for name in names:
        skill = taxonomy.find(name)
        if skill is None:
            raise UsageError(
                f"{path}: {key}: the taxonomy knows no skill {name!r}; look it up: skillgap taxonomy list"
            )
        yield skill.id
