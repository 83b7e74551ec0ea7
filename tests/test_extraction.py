"""How ads are read: tables of small texts, one behaviour each."""

from __future__ import annotations

import pytest

from skillgap.analyzer import Analyzer
from skillgap.errors import NotAnAdError


def levels(analyzer: Analyzer, text: str) -> dict[str, str]:
    return {r.skill: r.level for r in analyzer.job(text).profile.requirements}


def groups(analyzer: Analyzer, text: str) -> list[set[str]]:
    return [set(group.members) for group in analyzer.job(text).profile.groups]


AD = "Data Engineer\n\n{heading}\n\n- {line}\n- Docker and Terraform\n"


@pytest.mark.parametrize(
    ("heading", "line", "skill", "level"),
    [
        ("Requirements", "Experience with Kafka", "apache_kafka", "required"),
        ("REQUIREMENTS", "Kafka", "apache_kafka", "required"),
        ("**What you bring**", "Kafka", "apache_kafka", "required"),
        ("🚀 What we're looking for", "Kafka", "apache_kafka", "required"),
        ("Must-haves:", "Kafka", "apache_kafka", "required"),
        ("Nice to have", "Kafka", "apache_kafka", "preferred"),
        ("Bonus points", "Kafka", "apache_kafka", "preferred"),
        ("Preferred Qualifications:", "Kafka", "apache_kafka", "preferred"),
        ("What you'll do", "Run Kafka", "apache_kafka", "responsibility"),
        ("Key responsibilities", "Run Kafka", "apache_kafka", "responsibility"),
        ("Our tech stack", "Kafka", "apache_kafka", "responsibility"),
        ("Requirements", "Bonus points: Kafka", "apache_kafka", "preferred"),
        ("Requirements", "Kafka is a plus", "apache_kafka", "preferred"),
        ("Requirements", "Ideally some Kafka", "apache_kafka", "preferred"),
        ("Requirements", "A message broker, preferably Kafka", "apache_kafka", "preferred"),
        ("Requirements", "Strong Python (Kafka would be a plus)", "python", "required"),
        ("Requirements", "Strong Python (Kafka would be a plus)", "apache_kafka", "preferred"),
    ],
)
def test_level(analyzer: Analyzer, heading: str, line: str, skill: str, level: str) -> None:
    assert levels(analyzer, AD.format(heading=heading, line=line)).get(skill) == level


@pytest.mark.parametrize("form", ["## {}\n- Kafka\n- Docker\n", "{}:\n- Kafka\n", "{}: Kafka, Docker.\n"])
@pytest.mark.parametrize(
    ("heading", "level"),
    [
        *((wish, "preferred") for wish in ("Nice", "We like", "Extra", "Cherry on top", "Would be cool")),
        *((wish, "preferred") for wish in ("You might also have", "If you also know", "Not necessary")),
        *((need, "required") for need in ("The basics", "Must", "Needed", "Non-negotiables")),
        *((duty, "responsibility") for duty in ("What's on your plate", "Your day", "The job", "Stack")),
    ],
)
def test_short_headings_in_plain_words(analyzer: Analyzer, heading: str, form: str, level: str) -> None:
    above = "Nice to have" if level == "required" else "Requirements"
    text = f"Data Engineer\n\n{above}\n- Python\n- Linux\n\n" + form.format(heading)
    assert levels(analyzer, text)["apache_kafka"] == level


@pytest.mark.parametrize(
    "heading", ["Why we like it here", "Questions you might have", "Perks you'll also like", "Extra holidays"]
)
def test_a_pinned_phrase_is_a_whole_heading(analyzer: Analyzer, heading: str) -> None:
    section = analyzer.job(
        f"Engineer\n\nRequirements\n- Python\n\n## {heading}\n- Swimming\n"
    ).profile.blocks[-1]
    assert section.section not in {"preferred", "stack"}


@pytest.mark.parametrize(
    ("lead", "level"),
    [
        *((lead, "required") for lead in ("They need someone who has", "The client wants", "You must know")),
        *(
            (lead, "required")
            for lead in ("My client is after somebody with", "We expect", "You should have")
        ),
        *((lead, "preferred") for lead in ("Ideally you have", "They would love", "Good if you know")),
        *((lead, "responsibility") for lead in ("What you'd do", "You would")),
    ],
)
def test_the_words_above_a_list_open_it(analyzer: Analyzer, lead: str, level: str) -> None:
    text = f"Consultant\n\nHi,\nI have a role in Dublin for you.\n\n{lead}:\n- Kafka\n- workshops\n"
    assert levels(analyzer, text)["apache_kafka"] == level


@pytest.mark.parametrize(
    ("items", "level"),
    [
        ("- Experience with Kafka\n- Solid knowledge of Docker\n", "required"),
        ("- Build streams on Kafka\n- Operate Docker hosts\n", "responsibility"),
        ("- Kafka conference tickets\n- Health insurance and a Docker mug\n", "context"),
    ],
)
def test_a_list_under_an_unforeseen_heading_shows_what_it_is(
    analyzer: Analyzer, items: str, level: str
) -> None:
    text = f"Data Engineer\n\nWe ship parcels.\n\nFROM A TO Z:\n{items}\nRequirements\n- Python\n"
    assert levels(analyzer, text).get("apache_kafka") == level


def test_the_employers_own_name_is_no_skill_unless_asked_for(analyzer: Analyzer) -> None:
    text = (
        "Engineer\n\nAbout Databricks\nDatabricks is a data company.\n\n"
        "What you'll do\n- Join Databricks and build data pipelines\n\nRequirements\n- Python\n"
    )
    assert "databricks" not in levels(analyzer, text)
    assert levels(analyzer, text + "- Experience with Databricks\n")["databricks"] == "required"


@pytest.mark.parametrize(
    ("title", "line", "role"),
    [
        (
            "AI/ML Engineer",
            "scikit-learn, feature engineering, XGBoost, model training, MLflow",
            "ml_engineer",
        ),
        ("AI/ML Engineer", "LangChain, RAG, prompt engineering, AI agents, LLM evaluation", "ai_engineer"),
        ("Machine Learning Engineer", "LangChain, RAG, prompt engineering, AI agents", "ml_engineer"),
    ],
)
def test_a_title_of_two_roles_is_told_by_what_is_asked(
    analyzer: Analyzer, title: str, line: str, role: str
) -> None:
    assert analyzer.job(f"{title}\n\nRequirements\n- {line}\n").profile.role == role


@pytest.mark.parametrize(
    ("line", "found", "bent"),
    [
        ("You cover testing, CI/CD frameworks and releases", "software_testing", "test_frameworks"),
        ("unit, integration and end-to-end testing", "unit_testing", "software_testing"),
    ],
)
def test_a_lone_skill_is_not_bent_by_the_list(analyzer: Analyzer, line: str, found: str, bent: str) -> None:
    asked = levels(analyzer, f"Engineer\n\nRequirements\n- {line}\n- Python\n")
    assert found in asked
    assert bent not in asked


@pytest.mark.parametrize("section", ["What we offer", "Benefits", "Equal opportunity"])
def test_benefits_and_law_ask_for_nothing(analyzer: Analyzer, section: str) -> None:
    text = f"Data Engineer\n\nRequirements\n- Python\n\n{section}\n- A Kubernetes certification budget\n"
    assert "kubernetes" not in levels(analyzer, text)


@pytest.mark.parametrize(
    "line",
    [
        *("No Java needed", "Java is not required", "You don't need Java", "We don't use Java."),
        *("Experience with Go, no Java required", "The team doesn't use Java", "We no longer use Java"),
        *("We aren't a Java shop", "You won't need Java", "We moved away from Java", "Java isn't a must"),
        *("Not required: Java", "Not required: a degree. We don't use Java.", "It all works without Java"),
    ],
)
def test_denied_skills_are_no_requirement(analyzer: Analyzer, line: str) -> None:
    assert "java" not in levels(analyzer, f"Developer\n\nRequirements\n- Python and Docker\n- {line}\n")


@pytest.mark.parametrize(
    "line",
    [
        *("Not only Python but also Java", "Not limited to Java", "No later than 2026 you master Java"),
        *("You don't shy away from Java", "You don't just know Java", "You don't mind some Java"),
    ],
)
def test_what_only_looks_denied(analyzer: Analyzer, line: str) -> None:
    assert "java" in levels(analyzer, f"Developer\n\nRequirements\n- Python and Docker\n- {line}\n")


@pytest.mark.parametrize(
    ("line", "members"),
    [
        ("PyTorch or TensorFlow", {"pytorch", "tensorflow"}),
        ("PyTorch, JAX, or TensorFlow", {"pytorch", "jax", "tensorflow"}),
        ("PyTorch/TensorFlow", {"pytorch", "tensorflow"}),
        ("A deep learning framework such as PyTorch, JAX and TensorFlow", {"pytorch", "jax", "tensorflow"}),
        ("Frameworks (e.g. PyTorch, TensorFlow)", {"pytorch", "tensorflow"}),
        ("At least one of PyTorch, TensorFlow", {"pytorch", "tensorflow"}),
        ("PyTorch, TensorFlow or similar", {"pytorch", "tensorflow"}),
        ("Scripts in JUnit, Karate, etc.", {"junit", "karate"}),
        ("5+ years as DevOps, SRE or platform engineer", {"devops", "site_reliability_engineering"}),
        ("5+ years in DevOps, SRE, or a similar role", {"devops", "site_reliability_engineering"}),
        ("Models including, but not limited to: BERT, T5, RoBERTa", {"bert", "t5", "roberta"}),
        ("Scripting languages like Python or Bash, and experience with Git", {"python", "bash"}),
    ],
)
def test_alternatives(analyzer: Analyzer, line: str, members: set[str]) -> None:
    assert members in groups(analyzer, f"ML Engineer\n\nRequirements\n- {line}\n- Docker\n")


@pytest.mark.parametrize(
    "line", ["PyTorch and TensorFlow", "PyTorch, TensorFlow, Docker", "PyTorch and TensorFlow (both)"]
)
def test_and_is_no_alternative(analyzer: Analyzer, line: str) -> None:
    assert groups(analyzer, f"ML Engineer\n\nRequirements\n- {line}\n") == []


def test_a_choice_inside_a_list_is_only_that(analyzer: Analyzer) -> None:
    line = "4+ years Python, LangChain or LlamaIndex, RAG"
    assert groups(analyzer, f"AI Engineer\n\nRequirements\n- {line}\n") == [{"langchain", "llamaindex"}]


def test_years_stop_at_the_comma(analyzer: Analyzer) -> None:
    text = "AI Engineer\n\nRequirements\n- 4+ years Python, LangChain and RAG\n"
    years = {r.skill: r.years for r in analyzer.job(text).profile.requirements}
    assert years == {"python": 4, "langchain": None, "retrieval_augmented_generation": None}


def test_at_least_two_of_a_set(analyzer: Analyzer) -> None:
    profile = analyzer.job("Engineer\n\nRequirements\n- At least two of Python, Java, Kotlin\n").profile
    assert [group.minimum for group in profile.groups] == [2]


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("Requirements:\n- you know the basics of machine\nlearning and statistics\n", "machine_learning"),
        ("Requirements:\r\n\u2022Python\r\n\u2022Docker\r\n", "python"),
        ("Requirements\n· Python\n", "python"),
        ("Requirements\no Python\no Docker\n", "python"),
        ("We use C++/Java daily. Requirements: five years of Python.", "cpp"),
        ("You know Retrieval\u2011Augmented\u00a0Generation and Python", "retrieval_augmented_generation"),
        ("You build \u201cscalable data pipelines\u201d in Python", "data_pipelines"),
        ("Python • Docker • Kubernetes", "kubernetes"),
        ("unit, integration and end-to-end testing in Python", "unit_testing"),
        ("deploying and monitoring ML models in Python", "model_deployment"),
        ("mentor junior engineers, Python", "mentoring"),
    ],
)
def test_messy_text(analyzer: Analyzer, text: str, skill: str) -> None:
    assert skill in levels(analyzer, text)


@pytest.mark.parametrize(
    ("title", "seniority"),
    [
        ("Senior AI Engineer", "senior"),
        ("Sr. Data Scientist", "senior"),
        ("Senior Staff Engineer, AI", "staff_principal"),
        ("Staff / Sr. Staff Engineer", "staff_principal"),
        ("Senior/Staff Engineer", "senior"),
        ("Principal ML Engineer", "staff_principal"),
        ("Lead AI Engineer", "lead_manager"),
        ("Engineering Manager, ML", "lead_manager"),
        ("Junior Data Engineer", "entry"),
        ("AI Engineer II", "mid"),
        ("Machine Learning Intern", "intern"),
        ("AI Engineer", None),
    ],
)
def test_seniority_comes_from_the_title(analyzer: Analyzer, title: str, seniority: str | None) -> None:
    text = f"{title}\n\nYou report to a senior manager.\n\nRequirements\n- Python\n"
    assert analyzer.job(text).profile.facts.seniority == seniority


@pytest.mark.parametrize(
    ("line", "years"),
    [
        ("5+ years of experience in software engineering", 5),
        ("Five or more years of experience", 5),
        ("3-5 years of professional experience with Python", 3),
        ("At least 4 years' experience", 4),
        ("Minimum of 6 years of relevant experience", 6),
        ("6 to 7 years of overall experience, at least 2 in ML", 6),
        ("10 years of experience with a Bachelor's or 8 years with a PhD", 8),
        ("5+ years with a Bachelor's, 2 years with a Master's or 0 years with a PhD", 2),
        ("A Bachelor's degree (or four years of equivalent experience)", None),
        ("Two years of managing people and eight years in software altogether", 8),
        ("Up to 5 years of experience", None),
        ("Several years (we think 6 or more) in DevOps", 6),
        ("Years of experience: 5+", 5),
        ("Our company is 12 years old", None),
        ("We are 14 years strong and work with experience", None),
        ("Python", None),
    ],
)
def test_years(analyzer: Analyzer, line: str, years: int | None) -> None:
    text = f"AI Engineer\n\nRequirements\n- {line}\n- Python\n"
    assert analyzer.job(text).profile.facts.years_min == years


def test_years_of_one_skill(analyzer: Analyzer) -> None:
    report = analyzer.job(
        "Developer\n\nRequirements\n- 6+ years of software experience\n- 3+ years of Python\n- Docker\n"
    )
    years = {r.skill: r.years for r in report.profile.requirements}
    assert years["python"] == 3
    assert years["docker"] is None


@pytest.mark.parametrize(
    ("line", "degree"),
    [
        ("MSc or PhD in CS or equal experience", ("master", False)),
        ("MSc in CS, or experience to match", ("master", False)),
        ("Bachelor's degree in Computer Science", ("bachelor", True)),
        ("BS or MS in Computer Science", ("bachelor", True)),
        ("Bachelor's degree or equivalent experience", ("bachelor", False)),
        ("Bachelor of Science or equivalent technical discipline", ("bachelor", True)),
        ("Master's degree preferred", ("master", False)),
        ("PhD in machine learning", ("phd", True)),
        ("A university degree in engineering", ("bachelor", True)),
        ("You may not have a PhD, but you know statistics", None),
        ("Ms. Jones leads the team", None),
        ("8 years of experience with a Bachelor's degree, OR 13+ years of experience", ("bachelor", False)),
        ("Education: degree and 8-10 years of experience", ("bachelor", True)),
        ("An MSc, but it's not a deal breaker if the experience is there", ("master", False)),
        ("An MSc would be lovely", ("master", False)),
        ("No PhD needed - a degree in mathematics is asked for", ("bachelor", True)),
    ],
)
def test_degree(analyzer: Analyzer, line: str, degree: tuple[str, bool] | None) -> None:
    found = analyzer.job(f"Engineer\n\nRequirements\n- Python\n- {line}\n").profile.facts.degree
    assert (found and (found.level, found.required)) == degree


@pytest.mark.parametrize(
    ("title", "sentence", "seniority"),
    [
        ("Data Engineer", "We are looking for a Senior Data Engineer to join us.", "senior"),
        ("Data Engineer", "As a Staff Data Engineer you will lead by example.", "staff_principal"),
        ("Data Engineer", "Our company is hiring a recognised leader in data.", None),
        ("Data Engineer", "You will work with a Senior Data Scientist.", None),
        ("Data Engineer", "We need a data engineer. We are also hiring a Senior ML Engineer.", None),
        ("Data Engineer", "If you are hiring a senior data engineer, we help.", None),
        ("Data Engineer", "We are seeking a junior data engineer or a senior data engineer.", "entry"),
        ("Data Engineer", "Join Acme as a Senior Data Engineer.", "senior"),
        ("Junior Data Engineer", "We are looking for a Senior Data Engineer to join us.", "entry"),
    ],
)
def test_seniority_that_the_title_leaves_out_stands_in_what_the_text_calls_the_job(
    analyzer: Analyzer, title: str, sentence: str, seniority: str | None
) -> None:
    text = f"{title}\n\n{sentence}\n\nRequirements\n- Python\n"
    assert analyzer.job(text).profile.facts.seniority == seniority


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Must be authorized to work in the US; no visa sponsorship", "work_permit"),
        ("An active security clearance is required", "clearance"),
        ("A valid driver's license is needed", "licence"),
        ("Willingness to travel up to 20%", "travel"),
        ("Working hours overlap with US time zones", "time_zone"),
        ("This is a 12 month fixed-term contract", "contract"),
    ],
)
def test_conditions(analyzer: Analyzer, line: str, kind: str) -> None:
    text = f"Engineer\n\nRequirements\n- Python\n\nGood to know\n{line}\n"
    conditions = analyzer.job(text).profile.facts.conditions
    assert kind in {condition.kind for condition in conditions}
    assert all(text[c.start : c.end] for c in conditions)


def test_conditions_stand_anywhere(analyzer: Analyzer) -> None:
    text = (
        "Engineer\n\nRequirements\n- Python\n\nWe offer\n- We cannot sponsor visas.\n- A travel allowance\n"
    )
    assert [c.kind for c in analyzer.job(text).profile.facts.conditions] == ["work_permit"]


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Location: Porto, Portugal", "Porto, Portugal"),
        ("**Work location:** Berlin | hybrid", "Berlin"),
        ("Location - Pune", "Pune"),
        ("We love our location near the river", None),
    ],
)
def test_place(analyzer: Analyzer, line: str, place: str | None) -> None:
    assert analyzer.job(f"Engineer\n\n{line}\n\nRequirements\n- Python\n").profile.facts.place == place


@pytest.mark.parametrize(
    ("line", "closes"),
    [
        ("Apply by 12 March 2027", "2027-03-12"),
        ("Application deadline: March 1st, 2027", "2027-03-01"),
        ("Closing date 2027-02-28", "2027-02-28"),
        ("Closing date 2027-02-31", None),
        ("We were founded on 12 March 2017", None),
    ],
)
def test_closing_date(analyzer: Analyzer, line: str, closes: str | None) -> None:
    assert analyzer.job(f"Engineer\n\nRequirements\n- Python\n\n{line}\n").profile.facts.closes == closes


@pytest.mark.parametrize(
    "text", ["", "   \n\t ", "The cat sat on the mat and looked at the moon.", "0 1 2 3"]
)
def test_what_is_no_ad_is_said_to_be_none(analyzer: Analyzer, text: str) -> None:
    with pytest.raises(NotAnAdError):
        analyzer.job(text)


def test_an_ad_in_another_language_is_read_for_names_only(analyzer: Analyzer) -> None:
    profile = analyzer.job(
        "KI-Entwickler\n\nDeine Aufgaben\n- Du entwickelst mit uns die neue Plattform für die Kunden und das Team\n\n"
        "Dein Profil\n- Sehr gute Kenntnisse in Python und Kubernetes sind für dich mit der Zeit selbstverständlich\n"
        "- Du bist mit der Arbeit in einem Team vertraut und hast Freude an neuen Aufgaben\n"
    ).profile
    assert not profile.english
    assert {"python", "kubernetes"} <= {r.skill for r in profile.requirements}
    assert {r.level for r in profile.requirements} == {"context"}


def test_an_ad_from_outside_the_field_says_so(analyzer: Analyzer) -> None:
    profile = analyzer.job(
        "Pastry chef\n\nRequirements\n- Three years of experience in a bakery\n- You work well in a team and communicate clearly\n"
    ).profile
    assert not profile.in_field


def test_unknown_terms_stand_apart(analyzer: Analyzer) -> None:
    profile = analyzer.job(
        "Engineer\n\nRequirements\n- Experience with Python, Zorblatt and Quuxify\n"
    ).profile
    assert {"Zorblatt", "Quuxify"} <= {term.text for term in profile.unknown_terms}
    assert "Zorblatt" not in {r.skill for r in profile.requirements}


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Experience with invoice routing, parcel folding and Python", {"invoice routing", "parcel folding"}),
        ("Python, quuxification or Docker", {"quuxification"}),
        ("Experience with Python, Docker, production, keep, since", set()),
        ("Utilizing Kafka and the Docker ecosystem", set()),
        ("Technical Stack: Python and innovative, scalable solutions", set()),
    ],
)
def test_unknown_terms_of_lists(analyzer: Analyzer, line: str, terms: set[str]) -> None:
    profile = analyzer.job(f"Engineer\n\nRequirements\n- {line}\n- Java\n").profile
    assert {term.text for term in profile.unknown_terms} == terms


def test_text_without_any_heading_works(analyzer: Analyzer) -> None:
    text = "We are looking for an engineer with experience in Python and Kubernetes. Rust is a plus."
    assert levels(analyzer, text) == {"python": "required", "kubernetes": "required", "rust": "preferred"}


def test_every_verdict_names_its_rules(analyzer: Analyzer) -> None:
    profile = analyzer.job(AD.format(heading="Nice to have", line="K8s")).profile
    rules = next(r for r in profile.requirements if r.skill == "kubernetes").mentions[0].rules
    assert any(rule.startswith("alias: K8s") for rule in rules)
    assert "heading: Nice to have" in rules


@pytest.mark.parametrize(
    ("line", "of"),
    [
        ("At least one cloud platform (AWS, GCP or Azure)", ("cloud_computing",)),
        ("A vector database such as Pinecone, Weaviate or Qdrant", ("vector_databases",)),
        ("A vector database, e.g. Pinecone or Weaviate", ("vector_databases",)),
        ("Cloud platforms: AWS or GCP", ("cloud_computing",)),
        ("Build REST APIs with FastAPI or Flask", ()),  # not what the two are: what is made with them
        ("Python (FastAPI or Flask)", ()),  # a name is asked for itself
        ("Cloud platforms, and FastAPI or Flask", ()),
        ("Software engineering (Python or Java)", ()),
        ("Deep learning (PyTorch or TensorFlow)", ()),  # a field is asked beside its products
        ("Unit testing (pytest or JUnit)", ()),
    ],
)
def test_what_a_set_of_alternatives_is_of(analyzer: Analyzer, line: str, of: tuple[str, ...]) -> None:
    (group,) = analyzer.job(f"Engineer\n\nRequirements\n- {line}\n").profile.groups
    assert group.of == of


def test_a_class_that_is_asked_more_strongly_than_its_set_counts_for_itself(analyzer: Analyzer) -> None:
    ad = "Engineer\n\nRequirements\n- Cloud platforms\n\nNice to have\n- Cloud platforms such as AWS or GCP\n"
    (group,) = analyzer.job(ad).profile.groups
    assert (group.level, group.of) == ("preferred", ())


def test_a_list_above_all_headings_is_read_by_what_it_says(analyzer: Analyzer) -> None:
    duties = "- Build retrieval pipelines\n- Define observability standards\n- Mentor junior engineers\n"
    boasts = "- Offices in Porto and Gent\n- 40,000 shops use our search\n- Observability for everyone\n"
    rest = "\nRequirements\n- Python\n"
    assert levels(analyzer, f"Engineer\n\n{duties}{rest}")["observability"] == "responsibility"
    assert "observability" not in levels(analyzer, f"Engineer\n\n{boasts}{rest}")


def test_what_is_remembered_between_texts_stays_small() -> None:
    from skillgap.extraction.tokens import _JOINTS, tokenize
    from skillgap.taxonomy import load_taxonomy

    fold = load_taxonomy().fold
    before = len(_JOINTS), len(fold)
    for number in range(20):
        tokenize(f"one {chr(0x2500 + number) * 5_000} two {'x' * 5_000}{number}", fold)
    assert (len(_JOINTS), len(fold)) <= (before[0] + 1, before[1] + 2)


DUTIES = [
    ("Own the Kubernetes clusters of three teams.", "responsibility"),
    ("These roles include work on Kubernetes clusters.", "responsibility"),
    ("Owning a Kubernetes cluster is fun.", "context"),
    ("The company has a Kubernetes cluster.", "context"),
    ("Build sites on Kubernetes in minutes.", "context"),
    ("Own your career. Build on Kubernetes.", "context"),
]


@pytest.mark.parametrize(("sentence", "level"), DUTIES)
def test_a_sentence_of_duties_before_the_first_heading(analyzer: Analyzer, sentence: str, level: str) -> None:
    text = f"Engineer\n\nWe like our work. {sentence}\n\nRequirements\n- Python\n"
    levels = {r.skill: r.level for r in analyzer.job(text).profile.requirements}
    assert levels["kubernetes"] == level


@pytest.mark.parametrize(
    ("line", "terms"),
    [
        ("Experience with Frobnex, adhering to plans, and maintain", ["Frobnex"]),
        ("Experience with frobbing, tracking the zorbs", ["frobbing"]),
        ("Python, Zorbia, Frobnex", ["Frobnex"]),
        ("Knowledge of Zorbia, Frobnex", ["Zorbia", "Frobnex"]),
    ],
)
def test_unknown_terms_are_no_verbs_and_no_names_of_the_ad(
    analyzer: Analyzer, line: str, terms: list[str]
) -> None:
    text = f"Engineer\n\nAbout us\nZorbia grows.\n\nRequirements\n- Python\n- {line}\n"
    assert [term.text for term in analyzer.job(text).profile.unknown_terms] == terms


EMPLOYERS = [
    ("Join Databricks and grow with us.", None),
    ("At Databricks, we care.", None),
    ("Databricks is looking for people who care.", None),
    ("Databricks is a plus.", "databricks"),
    ("Databricks is where everything runs.", "databricks"),
    ("Databricks is the leading platform.", "databricks"),
    ("You are good at Databricks, our platform.", "databricks"),
    ("Join Databricks tables with our own.", "databricks"),
    ("Our data lives at Databricks and we like it.", "databricks"),
]


@pytest.mark.parametrize(("sentence", "skill"), EMPLOYERS)
def test_the_employer_by_name_is_no_skill(analyzer: Analyzer, sentence: str, skill: str | None) -> None:
    text = f"Engineer\n\n{sentence} Databricks hires everywhere.\n\nRequirements\n- Python\n"
    found = {r.skill for r in analyzer.job(text).profile.requirements}
    assert ("databricks" in found) == (skill is not None)


def test_what_the_job_is_called_by_is_no_employer(analyzer: Analyzer) -> None:
    text = "Databricks Engineer\n\nWhy Databricks?\n\nRequirements\n- Python\n\nTasks\n- Run Databricks\n"
    assert "databricks" in {r.skill for r in analyzer.job(text).profile.requirements}


def test_the_employers_product_counts_where_it_is_asked_for(analyzer: Analyzer) -> None:
    text = "Engineer\n\nJoin Databricks.\n\nDuties\nShow Databricks to guests.\n\nRequirements\n- Python\n{}"
    assert "databricks" not in {r.skill for r in analyzer.job(text.format("")).profile.requirements}
    for line in (
        "- Join Databricks tables\n",
        "- Spark, Databricks\n",
        "You are a Databricks expert.\n",
        "Knowledge of Databricks.\n",
    ):
        assert "databricks" in {r.skill for r in analyzer.job(text.format(line)).profile.requirements}


def test_a_greeting_is_no_title(analyzer: Analyzer) -> None:
    profile = analyzer.job("Hi Sam,\n\nwe need a senior data engineer.\n\nYou know Python.\n").profile
    assert (profile.title, profile.role) == (None, "data_engineer")


def test_a_bracket_behind_a_demand_is_demanded(analyzer: Analyzer) -> None:
    line = "AWS is a must (Bedrock, Lambda, Step Functions), Terraform would be lovely"
    found = analyzer.job(f"Engineer\n\nRequirements\n- {line}\n").profile.requirements
    assert {r.skill for r in found if r.level == "preferred"} == {"terraform"}


def test_a_condition_late_in_a_long_sentence_is_quoted_from_near_it(analyzer: Analyzer) -> None:
    line = "You would need about four years of work on data and models, and you must hold SC clearance"
    conditions = analyzer.job(
        f"Engineer\n\nRequirements\n- Python\n\nNotes\n{line}.\n"
    ).profile.facts.conditions
    quote = next(c.text for c in conditions if c.kind == "clearance")
    assert quote == "you must hold SC clearance"
