"""Corrections act on saved listings as they act on one comparison: ranking, unlock, roles, many resumes."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

import pytest

from skillgap.analysis.coverage import counts, thin_reasons
from skillgap.analysis.gap import Shown
from skillgap.market.must_haves import read_listings
from skillgap.market.people import unlock_people
from skillgap.market.ranking import rank
from skillgap.market.role_gaps import role_gaps
from skillgap.market.unlock import unlock
from skillgap.overrides import Correction, Overrides, load_overrides
from tests.conftest import ROOT, Cli

ADS = sorted((ROOT / "samples" / "ads").glob("*.txt")) + sorted((ROOT / "samples" / "gold").glob("*.txt"))
CVS = [ROOT / "samples" / "resumes" / name for name in ("backend-developer.txt", "nurse-to-ai.md")]


@pytest.fixture(scope="module")
def reports(analyzer) -> dict[str, Any]:
    return {path.name: analyzer.job(path.read_text("utf-8")) for path in ADS}


@pytest.fixture(scope="module")
def records(reports) -> list[dict[str, Any]]:
    return [report.to_dict() | {"source": f"saved/{name}"} for name, report in reports.items()]


@pytest.fixture(scope="module")
def resumes(analyzer) -> list[Any]:
    return [analyzer.resume(path.read_text("utf-8")) for path in CVS]


def some(chance: random.Random, skills: list[str]) -> Correction:
    """Corrections that often hit what the ads ask for."""
    know, ignore, required = (frozenset(chance.sample(skills, chance.randint(0, 6))) for _ in range(3))
    required |= frozenset(chance.sample(sorted(ignore), len(ignore) // 2))  # to ignore weighs more
    return Correction(know, ignore, required, chance.choice([None, None, None, "applied", "skip"]))


def drawn(chance: random.Random, records: list[dict[str, Any]]) -> Overrides:
    every = sorted({skill["id"] for record in records for skill in record["skills"]})
    own = {}
    for record in chance.sample(records, 9):
        here = [skill["id"] for skill in record["skills"]]
        own[Path(record["source"]).name] = some(chance, here if len(here) > 6 else every)
    return Overrides(some(chance, every), own)


@pytest.mark.parametrize("seed", range(12))
def test_met_groups_are_those_of_a_comparison(analyzer, reports, records, resumes, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - chosen examples
    overrides = drawn(chance, records)
    resume = resumes[seed % 2]
    shown = Shown(resume.profile, analyzer.taxonomy, overrides.everywhere.know)
    ranking = rank(read_listings(records, overrides=overrides), shown, analyzer.taxonomy)
    assert len(ranking.fits) + len(ranking.apart) == len(records)
    for fit in ranking.fits:
        name = Path(fit.listing.source).name
        gap = _compared(analyzer, resume, reports[name], overrides, name).gap
        assert (fit.strict, fit.lenient, fit.of) == counts(gap, "required"), name
        status = {match.requirement.skill: match.status for match in gap.matches}
        unmet = [
            {m for m in group.members if status[m] in ("related", "missing")}
            for group in gap.groups
            if group.level == "required" and not group.lenient
        ]
        assert sorted(map(sorted, unmet)) == sorted(map(sorted, fit.open)), name
    for listing in ranking.apart:
        name = Path(listing.source).name
        compared = _compared(analyzer, resume, reports[name], overrides, name)
        assert listing.apart == (compared.status or "thin")
        if listing.apart == "thin":
            assert list(listing.reasons) == thin_reasons(compared.gap)


def _compared(analyzer, resume, report, overrides: Overrides, name: str) -> Any:
    from dataclasses import replace

    document = replace(report.profile.document, source=f"saved/{name}")
    here = replace(report, profile=replace(report.profile, document=document))
    return analyzer.compare(resume, here, overrides=overrides)


def test_the_draws_hit_what_is_counted(analyzer, records, resumes) -> None:
    """The test above could pass idly if no correction touched a must-have."""
    hits = {"know": 0, "ignore": 0, "required": 0, "own": 0}
    for seed in range(12):
        overrides = drawn(random.Random(seed), records)  # noqa: S311 - the same ones
        plain = read_listings(records)
        corrected = {item.source: item for item in read_listings(records, overrides=overrides).items}
        for listing in plain.items:
            own = overrides.for_ad(listing.source)
            asked = {m for group in listing.groups for m in group.members}
            hits["know"] += bool(asked & overrides.everywhere.know)
            hits["own"] += bool(asked & corrected[listing.source].word)
            hits["ignore"] += bool(asked & own.ignore)
            hits["required"] += bool({m for g in corrected[listing.source].groups for m in g.members} - asked)
    assert min(hits.values()) > 10, hits


def offered(found: Any) -> set[str]:
    """Every skill that an answer would have learned."""
    record = found.to_dict()
    sets = record["sets"]
    picks = {pick["id"] for one in sets for pick in one["picks"]}
    picks |= {skill for one in sets for pick in one["picks"] for skill in pick["brings"]}
    picks |= {skill for one in sets if one["flip"] for skill in one["flip"]["ids"]}
    picks |= {skill for point in record["curve"] for skill in point["ids"]}
    return picks | {skill for pair in record["only_together"] for skill in pair["ids"]}


@pytest.mark.parametrize("line", ["1", "0.5"])
def test_what_is_known_is_never_offered(analyzer, records, resumes, line: str) -> None:
    taxonomy, profile = analyzer.taxonomy, resumes[0].profile
    known: frozenset[str] = frozenset()
    for _ in range(4):  # each time, what was offered is said to be known
        overrides = Overrides(Correction(know=known), {})
        shown = Shown(profile, taxonomy, overrides.everywhere.know)
        listings = read_listings(records, overrides=overrides)
        found = unlock(listings, shown, taxonomy, line=line)
        names = offered(found)
        assert not names & known
        assert known.isdisjoint(entry["id"] for entry in found.to_dict()["asked_most"])
        for gap in role_gaps(listings, shown, taxonomy, line=line):
            assert known.isdisjoint(skill for skill, _, _ in gap.missing)
        known |= names
    assert len(known) > 2


def test_what_is_known_for_one_listing_opens_that_one_alone(analyzer, records, resumes) -> None:
    taxonomy, shown = analyzer.taxonomy, Shown(resumes[0].profile, analyzer.taxonomy)
    plain = rank(read_listings(records), shown, taxonomy)
    first = plain.fits[0]
    assert first.lenient < first.of
    own = {Path(first.listing.source).name: Correction(know=frozenset(m for ms in first.open for m in ms))}
    listings = read_listings(records, overrides=Overrides(Correction(), own))
    after = rank(listings, shown, taxonomy)
    assert after.fits[0].lenient == after.fits[0].of
    assert after.fits[0].strict == first.strict  # one's word is not shown in work
    others = {fit.listing.source: fit.lenient for fit in after.fits[1:]}
    assert others == {fit.listing.source: fit.lenient for fit in plain.fits if fit is not first}
    found = unlock(listings, shown, taxonomy)
    assert [listing.source for listing in found.over] == [first.listing.source]
    assert found.sets[0].gain == unlock(read_listings(records), shown, taxonomy).sets[0].gain
    roles = {gap.role: gap for gap in role_gaps(listings, shown, taxonomy)}
    assert roles[first.listing.role].over == 1
    people = unlock_people(listings, [("one", shown), ("two", Shown(resumes[1].profile, taxonomy))], taxonomy)
    assert dict(people.over)["one"] == 1


def test_a_correction_of_a_copy_holds_for_the_family(records) -> None:
    twin = records[0] | {"source": "saved/twin.txt", "digest": "of the twin"}
    families = {"of the twin": records[0]["digest"], records[0]["digest"]: records[0]["digest"]}

    def one(own: Correction) -> Any:
        overrides = Overrides(Correction(), {"twin.txt": own})
        return read_listings([records[0], twin], families=families, overrides=overrides).items

    (listing,) = one(Correction(status="skip"))
    assert (listing.apart, listing.copies) == ("skip", 1)
    (listing,) = one(Correction(know=frozenset({"python"})))
    assert (listing.source, listing.word) == ("saved/twin.txt", {"python"})


def test_a_row_of_a_table_is_named_with_its_number(taxonomy, tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "ignore: [Rust]\nads:\n  jobs.csv: {status: applied}\n  jobs.csv#12: {status: skip, know: [Python]}\n"
        "  far/jobs.csv: {ignore: [Python]}\n",
        "utf-8",
    )
    overrides = load_overrides(str(path), taxonomy)
    assert overrides.for_ad("saved/jobs.csv", "11").status == "applied"
    assert overrides.for_ad("saved/jobs.csv", "12").status == "skip"
    assert overrides.for_ad("saved\\jobs.csv", "12").know == {"python"}
    assert overrides.for_ad("far/jobs.csv", "12").status == "skip"
    assert overrides.for_ad("far/jobs.csv", "1").ignore == {"python", "rust"}
    assert overrides.for_ad("other.csv", "12") is overrides.everywhere


# -- from the command line --------------------------------------------------------------------


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    for name in ("SKILLGAP_RESUME", "SKILLGAP_OVERRIDE"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "cvs").mkdir()
    for path in CVS:
        (tmp_path / "cvs" / path.name).write_text(path.read_text("utf-8"), "utf-8")
    (tmp_path / "mine.yaml").write_text(
        "know: [Prompt engineering, asyncio]\nignore: [Git]\nrequired: [Kubernetes]\nads:\n"
        "  kestrel-ledger.txt: {know: [Fine-tuning], required: [Semantic search]}\n"
        "  northwind-health.txt: {status: skip}\n",
        "utf-8",
    )
    return "mine.yaml"


def test_batch_and_compare_say_the_same(cli: Cli, mine: str) -> None:
    cv = "cvs/backend-developer.txt"
    folder = ROOT / "samples" / "ads"
    batch = cli(
        "batch", str(folder), "--resume", cv, "--override", mine, "--format", "json", "--as-of", "2026-01-15"
    )
    assert f"1 left out, as {mine} says to skip them" in batch.stderr
    ranking = json.loads(batch.stdout)["ranking"]
    assert [row["apart"] for row in ranking["apart"] if row["source"].endswith("northwind-health.txt")] == [
        "skip"
    ]
    ranked = {row["source"]: row for row in ranking["ranked"]}
    assert len(ranked) == 2
    lines = cli("compare", cv, *ranked, "--override", mine, "--format", "jsonl").stdout.splitlines()
    plain = cli("compare", cv, *ranked, "--format", "jsonl").stdout.splitlines()
    for line, without in zip(lines, plain, strict=True):
        gap = json.loads(line)
        row = ranked[gap["job"]["source"]]
        met = gap["coverage"]["required"]
        assert {name: row[name] for name in met} == met
        assert met != json.loads(without)["coverage"]["required"]


def test_corrections_hold_for_a_folder_of_resumes_and_by_the_environment(
    cli: Cli, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = ["batch", str(ROOT / "samples" / "ads"), "--resume", "cvs", "--format", "json", "--line", "0.6"]
    named = cli(*calls, "--override", mine).stdout
    monkeypatch.setenv("SKILLGAP_OVERRIDE", mine)
    assert cli(*calls).stdout == named
    monkeypatch.delenv("SKILLGAP_OVERRIDE")
    assert cli(*calls).stdout != named
    for person in json.loads(named)["people"]:
        assert [row["apart"] for row in person["ranking"]["apart"]].count("skip") == 1
        for row in person["ranking"]["ranked"]:
            assert not {"asyncio", "git"} & {skill for members in row["open"] for skill in members}


def test_the_report_says_what_is_skipped(cli: Cli, mine: str) -> None:
    calls = [
        "batch",
        str(ROOT / "samples" / "ads"),
        "--resume",
        "cvs/backend-developer.txt",
        "--override",
        mine,
    ]
    assert "1 you skip" in cli(*calls).stdout
    assert "you marked it skip" in cli(*calls, "--format", "markdown").stdout
    quiet = cli(*calls, "-q")
    assert "left out" not in quiet.stderr


@pytest.mark.parametrize(
    ("arguments", "part"),
    [
        (["--override", "mine.yaml"], "--override is about a resume; name it with --resume CV"),
        (["--override", "gone.yaml", "--resume", "cvs"], "there is no such file; check --override"),
    ],
)
def test_wrong_calls_end_in_a_sentence(cli: Cli, mine: str, arguments: list[str], part: str) -> None:
    result = cli("batch", str(ROOT / "samples" / "ads"), *arguments)
    assert (result.exit_code, part in result.message) == (2, True)


def test_corrections_of_the_environment_harm_no_call_without_a_resume(
    cli: Cli, mine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SKILLGAP_OVERRIDE", "gone.yaml")
    assert cli("batch", str(ROOT / "samples" / "ads"), "-q").exit_code == 0
