"""``skillgap taxonomy import esco``: ESCO's table becomes an overlay that passes the taxonomy's check."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from skillgap import load_taxonomy
from skillgap.errors import UnreadableError, UsageError
from skillgap.taxonomy import Taxonomy
from skillgap.taxonomy.checking import check_folders
from skillgap.taxonomy.esco import import_esco
from skillgap.taxonomy.loading import taxonomy_folder
from tests.conftest import Cli

HEAD = ["conceptType", "conceptUri", "skillType", "reuseLevel", "preferredLabel", "altLabels", "status"]
ROWS = [  # skillType, preferredLabel, altLabels, status
    ("skill/competence", "prune orchard trees", "trim fruit trees\nfruit tree pruning", "released"),
    ("knowledge", "pomology", "science of fruit growing\npomology", "released"),
    ("knowledge", "Python (computer programming)", "Python", "released"),  # known by its bare name
    ("skill/competence", "keep bees", "beekeeping\nprune orchard trees\nmanage <hives>", "released"),
    ("skill/competence", "shear sheep", "Sheep shearing\nshear", "obsolete"),
    ("knowledge", "word", "", "released"),  # an ordinary word
    ("skill/competence", "a|b..c", "", "released"),  # can't be written as an alias
]


@pytest.fixture
def table(tmp_path: Path) -> Path:
    path = tmp_path / "skills_en.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        for number, (kind, label, others, status) in enumerate(ROWS):
            writer.writerow(
                ["Skill", f"http://data.europa.eu/esco/skill/{number}", kind, "", label, others, status]
            )
    return path


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory, taxonomy: Taxonomy) -> tuple[Path, Taxonomy]:
    folder = tmp_path_factory.mktemp("esco")
    path = folder / "skills.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEAD)
        writer.writerows(
            ["Skill", "uri", kind, "", label, others, status] for kind, label, others, status in ROWS
        )
    import_esco(path, folder / "overlay", taxonomy)
    return folder / "overlay", load_taxonomy(folder / "overlay")


def test_new_skills_are_there_under_all_their_names(extended: tuple[Path, Taxonomy]) -> None:
    _, loaded = extended
    prune = loaded.skill("prune_orchard_trees")
    assert (prune.name, prune.kind, prune.steps) == ("prune orchard trees", "practice", ("esco.other",))
    assert loaded.find("fruit tree pruning") == prune
    assert loaded.skill("pomology").kind == "concept"
    assert loaded.find("beekeeping") == loaded.skill("keep_bees")


def test_what_is_known_obsolete_or_no_name_is_left_out(
    extended: tuple[Path, Taxonomy], taxonomy: Taxonomy
) -> None:
    _, loaded = extended
    added = set(loaded.ids) - set(taxonomy.ids)
    assert {"prune_orchard_trees", "pomology", "keep_bees"} <= added
    assert not [i for i in added if "python" in i or "shear" in i or i.startswith("a_b")]
    assert loaded.find("Python") == loaded.skill("python")


def test_the_overlay_passes_the_check(extended: tuple[Path, Taxonomy]) -> None:
    folder, _ = extended
    _, faults = check_folders([taxonomy_folder(), folder])
    assert faults == []


def test_its_skills_are_found_in_ads(cli: Cli, extended: tuple[Path, Taxonomy], tmp_path: Path) -> None:
    ad = tmp_path / "ad.txt"
    ad.write_text(
        "Farm hand\n\nRequirements\n- Pruning orchard trees\n- Beekeeping\n- Word by word reports\n", "utf-8"
    )
    result = cli("analyze", str(ad), "--taxonomy", str(extended[0]), "--format", "json")
    found = {skill["id"] for skill in json.loads(result.stdout)["skills"]}
    assert {"prune_orchard_trees", "keep_bees"} <= found
    assert "word" not in found


def test_the_command_says_what_it_did(cli: Cli, table: Path, tmp_path: Path) -> None:
    result = cli("taxonomy", "import", "esco", str(table), "-o", str(tmp_path / "new"))
    assert result.exit_code == 0
    assert "skills written" in result.stderr
    again = cli("taxonomy", "import", "esco", str(table), "-o", str(tmp_path / "new"))
    assert (again.exit_code, "is there already and not empty" in again.message) == (2, True)


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (None, "there is no such file"),
        (b"a,b\n1,2\n", "has no column conceptUri"),
        (",".join(HEAD).encode() + b"\n", "holds no skills"),
        (",".join(HEAD).encode() + b"\nx,\xff\xfe,\n", "is not UTF-8"),
        (b"", "has no column"),
    ],
)
def test_what_is_not_escos_table_ends_in_a_sentence(
    tmp_path: Path, taxonomy: Taxonomy, content: bytes | None, part: str
) -> None:
    path = tmp_path / "skills.csv"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableError, match=part):
        import_esco(path, tmp_path / "new", taxonomy)
    assert not (tmp_path / "new").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path, table: Path, taxonomy: Taxonomy) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("mine", "utf-8")
    with pytest.raises(UsageError, match="not empty"):
        import_esco(table, tmp_path / "mine", taxonomy)
    assert [file.name for file in (tmp_path / "mine").iterdir()] == ["notes.txt"]
