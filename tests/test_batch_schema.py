"""What ``skillgap batch`` really prints over the samples is of the shape that ``skillgap schema`` tells."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from skillgap.rendering.fit_schema import BatchRecord, RoleGapRecord
from skillgap.rendering.schema_base import Record
from skillgap.rendering.schemas import JobRecord
from tests.conftest import ROOT, Cli

RESUMES = ROOT / "samples" / "resumes"
ONE = (str(RESUMES / "backend-developer.txt"),)
SEVERAL = (*ONE, str(RESUMES / "data-analyst.txt"), str(RESUMES / "nurse-to-ai.md"))


@pytest.fixture(scope="module")
def store(cli: Cli, tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("saved")
    for copy in ("first.txt", "second.txt"):  # near copies
        text = (ROOT / "samples" / "ads" / "kestrel-ledger.txt").read_text("utf-8")
        (folder / copy).write_text(f"{text}\nPosted by {copy}\n", "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    path = str(folder / "jobs.sqlite")
    saved = [str(ROOT / "samples" / name) for name in ("ads", "gold")]
    assert cli("batch", *saved, str(folder), "--db", path, "-q", "-o", str(folder / "out")).exit_code == 4
    return path


def printed(cli: Cli, store: str, *arguments: str) -> dict[str, Any]:
    result = cli("batch", "--db", store, "--format", "json", "-q", "--as-of", "2026-01-15", *arguments)
    assert result.exit_code in (0, 4)
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("resumes", "arguments"),
    [
        ((), ("--duplicates", "--home", "Porto")),
        (ONE, ("--line", "0.6")),
        (ONE, ("--line", "0.8", "--skills", "4", "--with-years")),
        (ONE, ("--line", "0.5", "--hours", "120")),
        (
            SEVERAL,
            (
                "--line",
                "0.5",
            ),
        ),
        (SEVERAL, ("--line", "0.5", "--hours", "60", "--anonymise", "--duplicates")),
    ],
)
def test_the_output_is_of_its_schema(cli: Cli, store: str, resumes: tuple[str, ...], arguments) -> None:
    named = [word for path in resumes for word in ("--resume", path)]
    record = printed(cli, store, *named, *arguments)
    read = BatchRecord.model_validate(record)
    assert (read.ranking is not None) == (len(resumes) == 1)
    assert len(read.people or ()) == (len(resumes) if len(resumes) > 1 else 0)
    assert bool(read.duplicates) == ("--duplicates" in arguments)


def test_a_field_that_is_not_in_the_schema_is_refused(cli: Cli, store: str) -> None:
    record = printed(cli, store, "--resume", *ONE)
    for path in (
        (),
        ("ranking",),
        ("ranking", "ranked", 0),
        ("unlock",),
        ("unlock", "sets", 0),
        ("role_gaps", 0),
    ):
        part: Any = record
        for key in path:
            part = part[key]
        part["surprise"] = 1
        with pytest.raises(ValidationError):
            BatchRecord.model_validate(record)
        del part["surprise"]
    BatchRecord.model_validate(record)


def test_a_record_for_each_listing_is_of_its_schema(cli: Cli, store: str) -> None:
    lines = cli("batch", "--db", store, "--format", "jsonl", "-q").stdout.splitlines()
    assert len(lines) == printed(cli, store)["counted"]["listings"] > 15
    for line in lines:
        JobRecord.model_validate_json(line)


def test_every_shape_has_the_one_base_and_forbids_what_it_does_not_name() -> None:
    def kinds(base: type[BaseModel]) -> set[type[BaseModel]]:
        return {base}.union(*(kinds(one) for one in base.__subclasses__()))

    assert RoleGapRecord in kinds(Record)
    assert {one.model_config["extra"] for one in kinds(Record)} == {"forbid"}


def test_the_rule_stands_in_one_file() -> None:
    homes = sorted(path.name for path in (ROOT / "src" / "skillgap" / "rendering").glob("*schema*.py"))
    bases = [
        name
        for name in homes
        if 'extra="forbid"' in Path(ROOT / "src/skillgap/rendering" / name).read_text("utf-8")
    ]
    assert bases == ["schema_base.py"]
