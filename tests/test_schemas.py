"""``skillgap schema NAME`` describes what is printed under that name: real outputs are of it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from skillgap.cli.browse import record_type
from tests.conftest import ROOT, Cli

CV = str(ROOT / "samples" / "resumes" / "backend-developer.txt")
OTHER = str(ROOT / "samples" / "resumes" / "nurse-to-ai.md")
ADS = str(ROOT / "samples" / "ads")
AD = f"{ADS}/kestrel-ledger.txt"
PARTS = ("ranking", "unlock", "role_gaps", "people", "people_unlock")
CALLS: dict[str, list[str]] = {
    "job": ["analyze", AD],
    "resume": ["resume", CV],
    "gap": ["compare", CV, AD],
    "plan": ["plan", CV, AD, "--start", "2026-01-05"],
    "market": ["batch", ADS, "-q"],
    "ranking": ["batch", ADS, "-q", "--resume", CV],
    "unlock": ["batch", ADS, "-q", "--resume", CV, "--hours", "200"],
    "role_gaps": ["batch", ADS, "-q", "--resume", CV],
    "people": ["batch", ADS, "-q", "--resume", CV, "--resume", OTHER],
    "people_unlock": ["batch", ADS, "-q", "--resume", CV, "--resume", OTHER, "--line", "0.5"],
    "skill": ["taxonomy", "show", "PRINCE2"],
    "step": ["roadmap", "llm.rag"],
    "role": ["roles", "ai_engineer"],
    "role_fit": ["roles", "ai_engineer", "--resume", CV],
}


def check(record: Any, name: str) -> None:
    record_type(name).validate_json(json.dumps(record))


@pytest.mark.parametrize("name", sorted(CALLS))
def test_what_is_printed_is_of_the_schema_of_its_name(cli: Cli, name: str) -> None:
    record = json.loads(cli(*CALLS[name], "--format", "json").stdout)
    part = record[name] if name in PARTS else record
    assert part
    check(part, name)
    printed = json.loads(cli("schema", name).stdout)
    assert printed["type"] == ("array" if isinstance(part, list) else "object")


@pytest.mark.parametrize("name", sorted(CALLS))
def test_no_schema_takes_anything(name: str) -> None:
    """The test above could pass idly if a schema were open."""
    for wrong in ({"surprise": 1}, [{"surprise": 1}]):
        with pytest.raises(ValidationError):
            check(wrong, name)


@pytest.mark.parametrize(
    ("call", "name"),
    [
        (["roadmap"], "step"),
        (["roadmap", "llm"], "step"),
        (["roles"], "role"),
        (["roles", "--resume", CV], "role_fit"),
        (["taxonomy", "list", "--kind", "certification"], "skill"),
        (["taxonomy", "list", "--theme", "llm"], "skill"),
    ],
)
def test_each_of_a_list_is_of_the_schema(cli: Cli, call: list[str], name: str) -> None:
    records = json.loads(cli(*call, "--format", "json").stdout)
    assert len(records) > 5
    for record in records:
        check(record, name)


def test_every_part_of_market_has_a_schema_of_its_name(cli: Cli) -> None:
    told = cli("schema", "--help").stdout
    for name in (*CALLS, "project"):
        assert name in told
    assert max(map(len, told.splitlines())) <= 80
    assert "people_unlock" in told  # whole, in one line
