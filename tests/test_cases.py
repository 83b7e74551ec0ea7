"""Every line of tests/cases/*.yaml: what has to be found in a text, and what must not."""

from __future__ import annotations

import collections
from pathlib import Path

import pytest
import yaml

from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.matcher import SkillMatcher
from skillgap.extraction.shadow import cast
from skillgap.taxonomy import Taxonomy

FILES = sorted((Path(__file__).parent / "cases").glob("*.yaml"))
CASES = [
    pytest.param(case, id=f"{path.stem}-{number}")
    for path in FILES
    for number, case in enumerate(yaml.safe_load(path.read_text(encoding="utf-8")), 1)
]


@pytest.fixture(scope="module")
def find(taxonomy: Taxonomy):
    matcher = SkillMatcher(taxonomy)
    sectioner = Sectioner(taxonomy)

    def found(text: str) -> set[str]:
        return {match.skill for match in matcher(lay_out(cast(text).text, sectioner).flat)}

    return found


@pytest.mark.parametrize("case", CASES)
def test_case(case: dict, find, taxonomy: Taxonomy) -> None:
    found = find(case["text"])
    wanted, unwanted = set(case.get("find") or ()), set(case.get("not") or ())
    assert wanted | unwanted <= set(taxonomy.skills), "a case names a skill that does not exist"
    assert wanted <= found, f"missing: {sorted(wanted - found)}; found: {sorted(found)}"
    assert not unwanted & found, f"wrongly found: {sorted(unwanted & found)}"


def test_there_are_enough_cases_of_both_sorts() -> None:
    counts = collections.Counter()
    for param in CASES:
        case = param.values[0]
        counts["find"] += bool(case.get("find"))
        counts["not"] += bool(case.get("not"))
    assert counts["find"] >= 150
    assert counts["not"] >= 150
