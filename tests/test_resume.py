"""How resumes are read: evidence by grade, names that are no skills, dated entries."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from skillgap.analyzer import Analyzer
from skillgap.errors import NotAResumeError
from skillgap.extraction.dates import PeriodFinder, as_text, years_of
from skillgap.rendering.gap_schemas import ResumeRecord
from tests.conftest import Cli

TODAY = date(2026, 11, 22)
HEAD = "Jo Ellery\njo@example.org\n\nExperience\nData Engineer, Acme Ltd, Leeds — Jan 2020 – Dec 2021\n"


def grades(analyzer: Analyzer, text: str) -> dict[str, str]:
    record = analyzer.resume(text, as_of=TODAY).to_dict()
    return {skill["id"]: skill["grade"] for skill in record["skills"]}


@pytest.mark.parametrize(
    ("line", "skill", "grade"),
    [
        ("- Tuned Spark jobs", "apache_spark", "used"),
        ("- Managed a team that used Spark", "apache_spark", "others"),
        ("- The platform team ran Spark for us", "apache_spark", "others"),
        ("- Spark jobs were rewritten by our contractors", "apache_spark", "others"),
        ("- No experience with Kubernetes yet", "kubernetes", "denied"),
        ("- I have never used Kubernetes", "kubernetes", "denied"),
        ("- Managed a team of 9 that used Terraform", "terraform", "others"),
        ("- Oversaw engineers working in Terraform", "terraform", "others"),
        ("- Built a Docker library adopted by the team", "docker", "used"),
        ("- The customer asked for Docker and I wrote it", "docker", "used"),
        ("- A student whom I supervised ported it to CUDA", "cuda", "others"),
        ("- I have yet to use Kubernetes", "kubernetes", "denied"),
        ("- Not a Kubernetes person", "kubernetes", "denied"),
        ("- No professional Kubernetes experience", "kubernetes", "denied"),
        ("- Kubernetes (never used)", "kubernetes", "denied"),
        ("- Kubernetes - no", "kubernetes", "denied"),
        ("- No downtime Kubernetes deployments", "kubernetes", "used"),
        ("- Not only Docker but Kubernetes", "kubernetes", "used"),
        ("- Never used Azure, use Kubernetes daily", "kubernetes", "used"),
        ("- Explored customer data with Kubernetes", "kubernetes", "used"),
        ("- Currently learning Rust and Zig", "zig", "learning"),
        ("- Currently learning Rust, but I know C++", "cpp", "used"),
        ("- Worked next to a data science team", "data_science", "others"),
        ("- Collaborated with the platform engineering team", "platform_engineering", "others"),
        ("- Led the data science team", "data_science", "used"),
        ("- Annotated 900 radiology reports for a sepsis prediction model", "predictive_modeling", "others"),
        ("- Annotated 900 radiology reports for a sepsis prediction model", "data_labeling", "used"),
        ("- Labelled images for tests and built a prediction model", "predictive_modeling", "used"),
        ("- Triaged 40 patients a day", "defect_management", None),
        ("- Triaged 40 bugs a day", "defect_management", "used"),
        ("- Shift handover to the night nurse", "project_handover", None),
        ("- Handover documentation for the new vendor", "project_handover", "used"),
        ("- Helped in a team moving towards Kubernetes", "kubernetes", "used"),
        ("- Took a talk on Kubernetes home; evening course in Rust", "rust", "learning"),
    ],
)
def test_grade_in_work(analyzer: Analyzer, line: str, skill: str, grade: str | None) -> None:
    assert grades(analyzer, f"{HEAD}- Python and Docker\n{line}\n").get(skill) == grade


@pytest.mark.parametrize(
    ("section", "line", "skill", "grade"),
    [
        ("Skills", "Python, Docker", "docker", "listed"),
        ("Skills", "Rust (learning), Docker", "rust", "learning"),
        ("Skills", "Rust (learning), Docker", "docker", "listed"),
        ("Skills", "Java (expert), Docker (learning)", "java", "listed"),
        ("Skills", "Scala (5 years), SQL (learning), Git", "scala", "listed"),
        ("Skills", "| Read about, never installed | Kubeflow, Docker |", "kubeflow", "denied"),
        ("Projects", "Receipt reader (PyTorch), 2023", "pytorch", "used"),
        (
            "Certificates",
            "AWS Certified Solutions Architect – Associate, 2022",
            "aws_certified_solutions_architect",
            "used",
        ),
        (
            "Education",
            "BSc Operations Research, University of Hull, 2014 - 2017",
            "operations_research",
            "listed",
        ),
        ("WHAT I DO NOT KNOW YET", "Kubernetes and Terraform", "terraform", "denied"),
        ("Currently learning", "Kubernetes and Terraform", "terraform", "learning"),
    ],
)
def test_grade_by_section(analyzer: Analyzer, section: str, line: str, skill: str, grade: str) -> None:
    assert grades(analyzer, f"{HEAD}- Python\n\n{section}\n{line}\n").get(skill) == grade


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Experience\nWaiter, Oracle House Catering, 2015 - 2016\n- Served guests\n", "oracle_database"),
        ("Experience\nClerk\nSwift Logistics Ltd, Leeds\n2015 - 2016\n- Python scripts\n", "swift"),
        ("Experience\nTeacher, Apple Orchard Primary School, 2015-2019\n- Taught Python\n", "apple"),
        ("Summary\nThe go-to person; I excel at sparking discussions. Python.\n", "microsoft_excel"),
        ("Summary\nThe go-to person; I excel at sparking discussions. Python.\n", "go"),
        ("Interests\nPhotography, Docker\n\nSkills\nPython\n", "docker"),
        ("References\nRay Julia, Swift Street 5\n\nSkills\nPython\n", "julia"),
    ],
)
def test_names_and_idioms_are_no_skills(analyzer: Analyzer, text: str, absent: str) -> None:
    assert absent not in grades(analyzer, f"Jo Ellery\n\n{text}")


def test_an_employer_is_no_skill_wherever_it_is_named_again(analyzer: Analyzer) -> None:
    text = (
        "Jo Ellery\n\nSummary\nTen years at Snowflake Lane Bakeries, with SQL.\n\n"
        "Experience\nAnalyst, Snowflake Lane Bakeries, 2015 - 2019\n- SQL reports\n"
    )
    assert "snowflake" not in grades(analyzer, text)


def test_a_skill_in_a_job_title_counts(analyzer: Analyzer) -> None:
    text = "Jo Ellery\n\nExperience\nPython Developer, Swift Logistics Ltd, 2019 - 2022\n- Built services\n"
    assert grades(analyzer, text)["python"] == "used"


def test_years_count_overlaps_once_and_present_is_the_day_given(analyzer: Analyzer) -> None:
    text = (
        "Jo Ellery\n\nExperience\nEngineer, Acme, Jan 2020 - Dec 2022\n- Python\n\n"
        "Tutor, Evening College, Jan 2022 - present\n- SQL and Python\n"
    )
    profile = analyzer.resume(text, as_of=date(2023, 12, 15)).profile
    assert profile.years_total == 4
    assert profile.years["python"] == 4
    assert profile.years["sql"] == 2


def test_a_resume_without_headings_is_read_by_its_dates(analyzer: Analyzer) -> None:
    text = "Noor Haddadi - QA engineer\n\n2020-2022  QA engineer, Pengwern Ticketing. Selenium with Python.\n"
    profile = analyzer.resume(text, as_of=TODAY).profile
    assert profile.years_total == 2
    assert {e.skill: e.grade for e in profile.evidence}["selenium"] == "used"


def test_a_title_alone_on_its_line_opens_no_section(analyzer: Analyzer) -> None:
    text = (
        "Jane Doe\n\nExperience\n\nSoftware Engineer\nHearth GmbH, Berlin\nJan 2020 - Dec 2023\n"
        "- Built pipelines in Python\n\nTechnologies used:\nDocker\n\nProject Manager\nMoss\n2015 - 2019\n- SQL\n"
    )
    profile = analyzer.resume(text, as_of=TODAY).profile
    assert profile.years_total == 8
    assert {e.skill: e.grade for e in profile.evidence}["docker"] == "used"


def test_a_list_of_skills_holds_no_headings(analyzer: Analyzer) -> None:
    found = grades(analyzer, f"{HEAD}- Python\n\nSkills\nSQL\nOpen source\nPresentations\nKafka\n")
    assert found["apache_kafka"] == "listed"


def test_one_long_line_swallows_no_other(analyzer: Analyzer) -> None:
    text = (
        "Jane Doe\n\nExperience\nData Scientist (Python, PyTorch), Moss SE, Berlin, Apr 2021 to date\n"
        "Data Scientist (SQL, Tableau), Fen AG, Oct 2017 to Mar 2021\n"
    )
    profile = analyzer.resume(text, as_of=TODAY).profile
    assert profile.years["tableau"] == 3.5


def test_a_period_told_in_a_bullet_is_no_job(analyzer: Analyzer) -> None:
    text = f"{HEAD}- Cut cloud cost from 2015 to 2021 with Terraform\n- Tuned Kafka\n"
    profile = analyzer.resume(text, as_of=TODAY).profile
    assert profile.years_total == 2
    assert profile.years["terraform"] == 2


def test_under_skills_a_name_needs_nothing_else_to_speak_for_it(analyzer: Analyzer) -> None:
    assert (
        grades(analyzer, f"{HEAD}- Docker\n\nSkills\nRust (advanced)\nSpark (5 years)\n")["rust"] == "listed"
    )


def test_tools_behind_the_dates_count(analyzer: Analyzer) -> None:
    found = grades(
        analyzer, "Jane Doe\n\nExperience\nDeveloper, Moss Ltd, 2020 - 2022: Python, Docker, Kafka\n"
    )
    assert {found.get(s) for s in ("python", "docker", "apache_kafka")} == {"used"}


@pytest.mark.parametrize(
    "text", ["JANE DOE\n\nSKILLS\nPYTHON, SQL", "Jane Doe\n\nExperience\n\nSkills\nSQL\n"]
)
def test_a_short_resume_is_no_ad(analyzer: Analyzer, text: str) -> None:
    assert "sql" in grades(analyzer, text)


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MSc Data Science, 2019\nBSc Physics, 2017", "master"),
        ("PhD in Chemistry, 2020", "phd"),
        ("Working towards an MSc; BSc Physics, 2017", "bachelor"),
        ("Bachelor of Arts, 2017", "bachelor"),
        ("Working towards an MSc", None),
        ("A levels", None),
    ],
)
def test_highest_finished_degree(analyzer: Analyzer, line: str, degree: str | None) -> None:
    found = analyzer.resume(f"{HEAD}- Python\n\nEducation\n{line}\n", as_of=TODAY).profile.degree
    assert (found.level if found else None) == degree


def test_the_record_has_its_schema_and_every_quote_holds_its_words(analyzer: Analyzer) -> None:
    text = f"{HEAD}- Python and Docker, “K8s”\n- Currently learning Rust\n"
    record = analyzer.resume(text, as_of=TODAY).to_dict(with_text=True)
    ResumeRecord.model_validate(record)
    for skill in record["skills"]:
        for evidence in skill["evidence"]:
            assert record["text"][evidence["start"] : evidence["end"]] == evidence["text"]
            assert " ".join(evidence["text"].split()) in evidence["quote"]


@pytest.mark.parametrize("text", ["", "  \n", "The cat sat on the mat."])
def test_what_is_no_resume_is_said_to_be_none(analyzer: Analyzer, text: str) -> None:
    with pytest.raises(NotAResumeError):
        analyzer.resume(text, as_of=TODAY)


@pytest.mark.parametrize(
    ("line", "begin", "finish"),
    [
        ("Jan 2019 – Mar 2022", "2019-01", "2022-04"),
        ("03/2019 - present", "2019-03", "2026-12"),
        ("2019–2022", "2019-07", "2022-07"),
        ("since March 2021", "2021-03", "2026-12"),
        ("since September\n2018", "2018-09", "2026-12"),
        ("January '21 - now", "2021-01", "2026-12"),
        ("2016/04 – 2019/11", "2016-04", "2019-12"),
        ("Dec 2019 → today", "2019-12", "2026-12"),
        ("01.04.2021 – heute", "2021-04", "2026-12"),
        ("from October 2013 until August 2018", "2013-10", "2018-09"),
        ("2021 - 2021", "2021-01", "2022-01"),
        ("Spring 2018 to December 2020", "2018-04", "2021-01"),
        ("May 2020", "2020-05", "2020-05"),
        ("Q3 2021 - Q2 2023", "2021-07", "2023-07"),
        ("Jan - Mar 2020", "2020-01", "2020-04"),
        ("January 1, 2019 – March 3, 2020", "2019-01", "2020-04"),
        ("01 Jan 2019 – 31 Mar 2020", "2019-01", "2020-04"),
        ("06/15/2019 - 03/20/2022", "2019-06", "2022-04"),
        ("2019-03-01 – 2021-05-31", "2019-03", "2021-06"),
        ("05-2019 – 06-2021", "2019-05", "2021-07"),
        ("2018-19", "2018-07", "2019-07"),
    ],
)
def test_periods(line: str, begin: str, finish: str) -> None:
    finder = PeriodFinder(["present", "now", "today", "heute"], 2026 * 12 + 10)
    found = [(as_text(p.begin), as_text(p.finish)) for p in finder.find(line, 0, len(line))]
    assert found == [(begin, finish)]


@pytest.mark.parametrize("line", ["call 0113 496 0123", "2031 - 2035", "5 to 7 people", "version 3.11 - now"])
def test_no_periods(line: str) -> None:
    finder = PeriodFinder(["present", "now"], 2026 * 12 + 10)
    assert list(finder.find(line, 0, len(line))) == []


def test_years_of_overlapping_periods() -> None:
    assert years_of([(0, 24), (12, 36), (60, 72)]) == 4


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("7 years of Python and some SQL", 7),
        ("Python (5 years), SQL", 5),
        ("Five years of hands-on Python", 5),
        ("Python, SQL", None),
        ("3 years in a bakery, Python", None),
        ("SQL (2 years), Python (8 years), Docker", 8),
        ("Two years ago I learned Python", None),
    ],
)
def test_stated_years_of_one_skill(analyzer: Analyzer, line: str, years: float | None) -> None:
    profile = analyzer.resume(f"Jo\n\nSkills\n{line}\n", as_of=TODAY).profile
    assert profile.years.get("python") == years


@pytest.mark.parametrize(
    "aim", ["Moving towards MLOps", "Hoping to work in MLOps", "My goal is MLOps", "Aiming for MLOps"]
)
def test_an_aim_is_no_skill(analyzer: Analyzer, aim: str) -> None:
    text = f"Jo Ellery\n\nProfile\nBackend developer with Docker. {aim}.\n\nSkills\nPython\n"
    found = grades(analyzer, text)
    assert (found["mlops"], found["docker"]) == ("learning", "listed")


def test_a_job_dated_by_one_year_ends_the_job_above(analyzer: Analyzer) -> None:
    text = (
        "Jo Ellery\n\nWork\n\nData Analyst, Acme SA, Lyon, 2020 - 2024\n- Kafka and Python\n\n"
        "Intern, Swift Logistics, Lyon, 2019\n- Docker and Terraform\n"
    )
    record = analyzer.resume(text, as_of=TODAY).to_dict()
    years = {skill["id"]: skill.get("years") for skill in record["skills"]}
    assert (years["apache_kafka"], years["docker"]) == (4.0, None)
    assert "logistics" not in years


def test_a_year_in_a_line_about_a_job_opens_no_other(analyzer: Analyzer) -> None:
    text = f"{HEAD}Became a senior engineer there, in 2021\n- Docker\n"
    assert analyzer.resume(text, as_of=TODAY).profile.years["docker"] == 2.0


def test_a_denial_speaks_of_what_follows_it(analyzer: Analyzer) -> None:
    text = (
        "Jo Ellery\n\nSummary\nNurse who works with records, trains colleagues and wants to help the other\n"
        "wards of the hospital, too, to keep their records as they should be.\n\nSkills\n"
        "Docker, Kubernetes, Redis, PostgreSQL, RabbitMQ, and some Terraform (expert)\nNo experience with Python.\n"
    )
    assert grades(analyzer, text)["terraform"] == "listed"


def test_a_denial_outweighs_a_list_in_the_profile_too(analyzer: Analyzer) -> None:
    assert (
        grades(analyzer, f"{HEAD}- Python\n\nSkills\nSQL, Kafka\n\nNo experience with Kafka yet.\n")[
            "apache_kafka"
        ]
        == "denied"
    )


def test_a_break_is_no_work(analyzer: Analyzer) -> None:
    text = "Jo\n\nExperience\nClerk, Moss Ltd, Jan 2018 - Dec 2018\n- Python\n\nCareer break, Jan 2015 - Dec 2017\n"
    assert analyzer.resume(text, as_of=TODAY).profile.years_total == 1


def test_a_full_line_of_skills_does_not_run_into_a_denial(analyzer: Analyzer) -> None:
    long = (
        "Docker, Terraform, Ansible, PostgreSQL, Redis, Kafka, Grafana, Prometheus, Kubernetes (expert level)"
    )
    text = (
        "Ada Nursewell\n\nSummary\nDeveloper with 11 years of services in banking who trains colleagues and wants to\n"
        "help others use AI safely. I am not a designer.\n\nExperience\nDeveloper, Meander Bank, 2013 - 2018\n"
        "- Wrote services in Go on Linux and shared the code with the four other teams in the bank; I\n"
        f"  documented all of it.\n\nSkills\n{long}\nNo experience with Python.\n"
    )
    standing = {e.skill: e.grade for e in analyzer.resume(text).profile.evidence}
    assert (standing["kubernetes"], standing["python"]) == ("listed", "denied")


def test_corrections_count_for_the_resume_and_its_distance_to_roles(
    cli: Cli, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SKILLGAP_OVERRIDE", raising=False)
    cv, mine = tmp_path / "cv.txt", tmp_path / "mine.yaml"
    cv.write_text("Mara\n\nExperience\nDeveloper, Tarn, 2019 - 2024\n- Built services in Python\n", "utf-8")
    mine.write_text("know: [RAG, PyTorch]\n", "utf-8")
    record = json.loads(cli("resume", str(cv), "--override", str(mine), "--format", "json").stdout)
    assert ResumeRecord.model_validate(record).known == ["pytorch", "retrieval_augmented_generation"]
    assert "pytorch" not in {skill["id"] for skill in record["skills"]}  # the resume does not show it
    for layout in ("text", "markdown"):
        text = cli("resume", str(cv), "--override", str(mine), "--format", layout).stdout
        assert "PyTorch, Retrieval-augmented generation" in text
        assert "own word" in text.lower()

    def met(*more: str) -> int:
        call = ("roles", "ai_engineer", "--resume", str(cv), "--format", "json", *more)
        return int(json.loads(cli(*call).stdout)["met_lenient"])

    assert met("--override", str(mine)) > met()
    assert "name it with --resume" in cli("roles", "--override", str(mine)).message
    assert cli("roles", "--resume", str(cv), "--anonymise").stdout == cli("roles", "--resume", str(cv)).stdout
    lost = cli("roles", "--resume", str(tmp_path / "quokka.pdf"), "--anonymise")
    assert (lost.exit_code, "quokka" in lost.message) == (3, False)
