"""Saved pages: our samples say what a perfect reader gives; hostile shapes are made here."""

from __future__ import annotations

import json
import re
import time
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.errors import UnreadableError
from skillgap.model import Document
from skillgap.reading import read
from skillgap.reading.html import read_html
from tests.conftest import ROOT

PAGES = ROOT / "samples" / "pages"
SAMPLES = sorted(p for p in PAGES.iterdir() if p.suffix in {".html", ".mhtml", ".eml", ".webarchive"})
WITH_TEXT = [path for path in SAMPLES if path.stem != "script-only"]
# What stands in menus, similar jobs, forms, hidden text, scripts and reviews of the samples, and in no ad.
FURNITURE = [
    "cobol",
    "fortran",
    "salesforce",
    "delphi",
    "cookies",
    "welder",
    "php",
    "abap",
    "haskell",
    "puppet",
    "canteen",
    "newsletter",
]
AD = (
    "<h1>Machine Learning Engineer</h1><p>We look for somebody who knows Python and SQL well, and who has "
    "trained models that people rely on, day after day, in a hospital or in a bank or on a ship.</p>"
)


def page(body: str, head: str = "") -> Document:
    markup = f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"
    return read_html(markup.encode(), "ad.html")


def posting(body: str = "", **facts: object) -> Document:
    data = {"@context": "https://schema.org", "@type": "JobPosting", "title": "Data Scientist"}
    data |= {
        "description": "<p>We need somebody with R and Stan.</p>" + "<p>Much more is said here.</p>" * 20
    }
    data |= facts
    return page(body, f'<script type="application/ld+json">{json.dumps(data)}</script>')


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def lines(text: str) -> Counter[str]:
    return Counter(line.strip() for line in text.split("\n") if line.strip())


def share(part: Counter[str], whole: Counter[str]) -> float:
    return sum((part & whole).values()) / max(1, sum(whole.values()))


# -- our samples ------------------------------------------------------------------------------------


def test_every_sample_says_what_is_expected() -> None:
    assert len(WITH_TEXT) >= 17
    assert all(path.with_name(f"{path.stem}.expected.txt").is_file() for path in WITH_TEXT)


@pytest.mark.parametrize("path", WITH_TEXT, ids=lambda path: path.name)
def test_a_sample_reads_as_a_person_reads_it(path: Path) -> None:
    got, want = read(path).text, path.with_name(f"{path.stem}.expected.txt").read_text("utf-8")
    assert got.split("\n")[0] == want.split("\n")[0]
    for count in (words, lines):
        assert share(count(got), count(want)) >= 0.98
        assert share(count(want), count(got)) >= 0.98


@pytest.mark.parametrize("path", WITH_TEXT, ids=lambda path: path.name)
def test_furniture_is_no_part_of_the_ad(path: Path) -> None:
    assert any(word in path.read_bytes().lower().decode("utf-8", "ignore") for word in FURNITURE) or (
        path.suffix in (".eml", ".webarchive", ".mhtml") or path.stem in ("framed", "lever", "lever-nodata")
    )
    assert not set(words(read(path).text)) & set(FURNITURE)


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("linkedin.html", {"company": "Marrowgate Energy", "posted": "2026-02-03", "closes": "2026-03-05"}),
        ("linkedin.html", {"place": "Ghent, Flemish Region, Belgium"}),
        ("linkedin-nodata.html", {"company": "Marrowgate Energy", "place": "Ghent, Flemish Region, Belgium"}),
        ("indeed.html", {"salary": {"min": 60000, "max": 75000, "currency": "GBP", "period": "year"}}),
        ("indeed-nodata.html", {"company": "Halden Row Logistics", "place": "Leeds LS1"}),
        ("greenhouse.html", {"remote": True, "place": "Portugal; Germany", "posted": "2026-02-11"}),
        ("greenhouse-nodata.html", {"remote": True, "company": "Brindlecroft"}),
        ("lever-nodata.html", {"company": "Oakhaven Imaging", "place": "Toronto"}),
        ("workday.html", {"company": "Vantrel Biologics", "place": "Basel, Switzerland"}),
        ("workday-nodata.html", {"place": "Basel, Switzerland"}),
        ("ashby.html", {"salary": {"min": 150000, "max": 190000, "currency": "USD", "period": "year"}}),
        ("ashby-nodata.html", {"company": "Lumen Thistle", "place": "San Francisco"}),
        ("chrome.mhtml", {"url": "https://jobs.jobs.example/lumen-thistle/0f9c"}),
        (
            "chrome-complete.html",
            {"url": "https://www.fenwickorchard.example/careers/computer-vision-engineer"},
        ),
        ("safari.webarchive", {"url": "https://hire.jobs.example/posting/safari", "place": "Edinburgh"}),
        ("recruiter.eml", {"title": "AI Solutions Engineer in Graz – 4 days a week?"}),
    ],
)
def test_page_facts_of_the_samples(name: str, facts: dict[str, object]) -> None:
    meta = read(PAGES / name).meta
    assert {key: meta.get(key) for key in facts} == facts


def test_a_page_is_of_the_same_kind_under_any_name() -> None:
    data = (PAGES / "chrome.mhtml").read_bytes()
    assert read(data, "ad.txt").kind == "mhtml"
    assert read((PAGES / "safari.webarchive").read_bytes(), "x").kind == "webarchive"


# -- pages without an ad ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "cause"),
    [
        ("", "without text"),
        ("<html></html>", "without text"),
        ("<html><body><script>x()</script></body></html>", "without text"),
        ((PAGES / "script-only.html").read_text("utf-8"), "a script brings it"),
        ('<body><div id="root">Loading …</div><script src="/app.js"></script>', "a script brings it"),
        ("<title>Just a moment...</title><p>Checking your browser before you go on.", "robot check"),
        ("<h1>Access denied</h1><p>Please complete the captcha.", "robot check"),
        ('<h1>Welcome back</h1><form><input name=u><input type="password"></form>', "login page"),
        ("<h1>Sign in to see this job</h1>", "login page"),
        ('<iframe src="https://boards.example/embed"></iframe>', "frame"),
    ],
)
def test_a_page_without_an_ad_says_so(markup: str, cause: str) -> None:
    with pytest.raises(UnreadableError, match=cause) as caught:
        read_html(markup.encode(), "ad.html")
    assert re.fullmatch(r"ad\.html: .*(copy|open) .*", str(caught.value))
    assert "\n" not in str(caught.value)


def test_a_short_page_of_a_person_is_read() -> None:
    assert (
        page("<h1>Data Engineer</h1><p>Python, SQL, Airflow</p>").text
        == "Data Engineer\n\nPython, SQL, Airflow"
    )


# -- lines ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<p>One</p><p>two <b>th</b>ree</p>", "One\n\ntwo three"),
        ("<ul><li>a<li><p>b</p><p>c</p></ul>d", "- a\n- b\nc\n\nd"),
        ("x<ul><li>a<ul><li>b</ul><li></li></ul><p>c", "x\n\n- a\n- b\n\nc"),
        ("<p>Needs:<br>Python<br><br>Go", "Needs:\nPython\n\nGo"),
        ("<h2>Must&nbsp;have</h2>SQL", "Must have\n\nSQL"),
        ("<li>• Python</li>", "- Python"),
        ("<table><tr><th>Skill<th>Years<tr><td>SQL<td>3</table>", "Skill | Years\nSQL | 3"),
        ("<table><tr><td><h2>Left</h2><td><ul><li>a</ul></table>", "Left\n\n- a"),
        ("<dl><dt>Location<dd>Porto<dt>Hours:<dd>40</dl>", "Location: Porto\nHours: 40"),
        ("<pre>one\n  two</pre>", "one\n  two"),
        ('<a class="t">Python</a><a class="t">SQL</a>', "Python SQL"),
        ("<span>Java</span><span>Script</span>", "JavaScript"),
        ("soft\u00adware zero\u200bwidth", "software zerowidth"),
        ("<p class=MsoListParagraph style='mso-list:l0 level1'><span>·&nbsp; </span>Word</p>", "- Word"),
        ("<template><p>no</p></template><p>yes", "yes"),
        ("a<svg><title>icon</title></svg>b", "ab"),
    ],
)
def test_markup_becomes_lines(markup: str, text: str) -> None:
    assert page(markup).text == text


@pytest.mark.parametrize(
    "hiding",
    [
        'style="display:none"',
        'style="color:red; DISPLAY : none !important"',
        'style="visibility: hidden"',
        "hidden",
        'aria-hidden="true"',
        'style="font-size:0"',
        'style="opacity:0"',
        'style="position:absolute;left:-9999px"',
        'class="gone"',
        'class="visually-hidden"',
    ],
)
def test_hidden_text_is_not_counted(hiding: str) -> None:
    head = "<style>.gone, .x { display: none } @media print { .kept { display: none } }</style>"
    document = page(f'{AD}<p {hiding}>Kubernetes and Terraform</p><p class="kept">Kept</p>', head)
    assert "Kubernetes" not in document.text
    assert document.text.endswith("Kept")
    if "visually" not in hiding:
        assert document.meta["hidden"] == ["Kubernetes and Terraform"]
        assert "3 words" in document.meta["notes"][0]  # type: ignore[index]


def test_what_others_see_is_read_once() -> None:
    twice = '<span aria-hidden="true">Rust</span><span class="visually-hidden">Rust</span>'
    assert page(f"<p>We use {twice} here").text == "We use Rust here"


def test_a_form_around_the_whole_page_is_no_form() -> None:
    assert "hospital" in page(f'<form id="aspnetForm">{AD}</form><nav>Home</nav>').text


def test_a_resume_keeps_its_side_column_and_header() -> None:
    body = (
        "<header><h1>Ana Tavares</h1><p>Porto</p></header><aside class='sidebar'><h2>Skills</h2>"
        "<p>Python, Kafka, Terraform</p></aside><section><h2>Work</h2><ul><li>Built pipelines at a bank for "
        "years</li><li>Ran a team of three people there</li><li>Wrote all the tests that we had</li></ul></section>"
    )
    assert set(words(page(body).text)) >= {"ana", "porto", "kafka", "pipelines"}


# -- posting data -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wrapped",
    [
        "{}",
        "//<![CDATA[\n{}\n//]]>",
        "<!--\n{}\n-->",
        "/* ours */\n{};",
        '[{{"@type":"BreadcrumbList"}},{}]',
        '{{"@context":"https://schema.org","@graph":[{{"@type":"WebPage"}},{}]}}',
        '{{"@type":"WebPage","mainEntity":{}}}',
        '{{"@type":"WebPage"}}\n{}',
    ],
)
@pytest.mark.parametrize("damage", ["", "comma", "newline", "escape"])
def test_posting_data_is_read_as_sites_write_it(wrapped: str, damage: str) -> None:
    data = '{"@type":["JobPosting"],"title":"Data &amp; AI Lead","description":"<p>R and Stan</p><p>End</p>"}'
    data = {
        "": data,
        "comma": data.replace('</p>"}', '</p>",\n}'),
        "newline": data.replace("<p>End", "\n<p>End"),
        "escape": data.replace("R and", r"R \& and").replace("&amp;", "&"),
    }[damage]
    shown = page("", f'<script type="application/ld&#43;json">{wrapped.format(data)}</script>')
    assert shown.meta["title"] == "Data & AI Lead"
    assert shown.text.startswith("Data & AI Lead\n\nR ")
    assert shown.text.endswith("\n\nEnd")


@pytest.mark.parametrize(
    ("description", "text"),
    [
        ("<ul><li>R</li><li>Stan</li></ul>", "- R\n- Stan"),
        ("&lt;p&gt;R &amp;amp; Stan&lt;/p&gt;&lt;p&gt;End&lt;/p&gt;", "R & Stan\n\nEnd"),
        ("&amp;lt;p&amp;gt;R&amp;lt;/p&amp;gt;", "R"),
        ("R\nStan\n\nEnd", "R\nStan\n\nEnd"),
        (r"R\nStan", "R\nStan"),
        ("<b>R</b>\nStan", "R\nStan"),
        ("<p>&lt;p&gt;R&lt;/p&gt;&lt;p&gt;Stan&lt;/p&gt;</p>", "R\n\nStan"),
        ("R &lt; 4 and AT&amp;T", "R < 4 and AT&T"),
        ("\ud83d\ude00 R \ud800", "😀 R \ufffd"),
    ],
)
def test_descriptions_in_every_dress(description: str, text: str) -> None:
    shown = posting(description=description)
    assert shown.text == f"Data Scientist\n\n{text}"
    shown.text.encode("utf-8")


@pytest.mark.parametrize(
    ("stated", "salary"),
    [
        ({"currency": "EUR", "value": {"minValue": 50000, "maxValue": 60000, "unitText": "YEAR"}}, (50000, 60000, "EUR", "year")),
        ({"currency": "EUR", "value": {"value": "50.000", "unitText": "annually"}}, (50000, 50000, "EUR", "year")),
        ({"currency": "USD", "value": 45, "unitText": "HOUR"}, (45, 45, "USD", "hour")),
        ({"currency": "USD", "minValue": "120,000", "maxValue": "$150K", "unitText": "Year"}, (120000, 150000, "USD", "year")),
        ([{"currency": "INR", "value": {"minValue": 0, "maxValue": 0}}, {"currency": "INR", "value": {"maxValue": 900000}}], (None, 900000, "INR", "year")),
        ("$90,000 - $110,000", (90000, 110000, "USD", "year")),
        ({"currency": "USD", "value": {"minValue": 10, "maxValue": 20}}, None),
        ({"currency": "", "value": {"minValue": 50000}}, None),
        ({"currency": "EUR", "value": {"minValue": 9, "maxValue": 2, "unitText": "HOUR"}}, None),
        ({"value": {"minValue": "1e999", "maxValue": 10**400}}, None),
        (True, None),
    ],
)  # fmt: skip
def test_salary_shapes(stated: object, salary: tuple[object, ...] | None) -> None:
    want = dict(zip(("min", "max", "currency", "period"), salary, strict=True)) if salary else None
    assert posting(baseSalary=stated).meta.get("salary") == want


@pytest.mark.parametrize(
    ("facts", "place", "remote"),
    [
        ({"jobLocation": {"address": {"addressLocality": "Pune", "addressCountry": "IND"}}}, "Pune, India", None),
        ({"jobLocation": {"address": {"addressLocality": "Pune", "addressCountry": {"name": "IN"}}}}, "Pune, India", None),
        ({"jobLocation": [{"address": "Graz, Austria"}, {"name": "Linz"}]}, "Graz, Austria; Linz", None),
        ({"jobLocation": "Remote"}, None, True),
        ({"jobLocationType": "TELECOMMUTE", "applicantLocationRequirements": {"name": "USA"}}, "United States", True),
        ({"jobLocationType": ["TELECOMMUTE"], "jobLocation": {"address": {"addressLocality": "Rome"}}}, "Rome", True),
        ({"jobLocation": [{"address": {"addressLocality": f"Town {n}"}} for n in range(6)]}, "Town 0; Town 1; Town 2; Town 3; 2 more", None),
        ({"jobLocation": [None, 7, {"address": []}]}, None, None),
    ],
)  # fmt: skip
def test_place_shapes(facts: dict[str, object], place: str | None, remote: object) -> None:
    meta = posting(**facts).meta
    assert (meta.get("place"), meta.get("remote")) == (place, remote)


def test_dates_and_organisation_shapes() -> None:
    meta = posting(
        hiringOrganization="A &amp; B", datePosted="2026-02-03T09:00Z", validThrough="2026-13-01"
    ).meta
    assert meta["company"] == "A & B"
    assert meta["posted"] == "2026-02-03"
    assert "closes" not in meta


def test_the_posting_that_the_page_is_about_is_chosen() -> None:
    other = {"@type": "JobPosting", "title": "Cook", "description": "<p>Soup and bread.</p>" * 90}
    shown = page(
        "<h1>Data Scientist</h1>",
        f'<script type="application/ld+json">{json.dumps([other, {**other, "title": "Data Scientist"}])}</script>',
    )
    assert shown.meta["title"] == "Data Scientist"


def test_a_teaser_gives_way_to_the_whole_ad() -> None:
    teaser = "We look for somebody who knows Python and SQL well, and who …"
    assert (
        "on a ship" in posting(f"<main>{AD}<p>{'And more is said. ' * 9}</p></main>", description=teaser).text
    )
    assert posting("<main><p>Something else</p></main>", description=teaser).text.endswith("and who …")


def test_a_run_on_description_says_so() -> None:
    run_on = "Summary We brew enzymes. Responsibilities Design experiments. " * 40
    assert "run-on" in posting(description=run_on).meta["notes"][0]  # type: ignore[index]


def test_years_and_degree_are_not_taken_from_posting_data() -> None:
    meta = posting(
        experienceRequirements={"monthsOfExperience": 108},
        educationRequirements={"credentialCategory": "bachelor degree"},
    ).meta
    assert set(meta) == {"title"}


# -- encodings, frames, hostile shapes --------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("cp1252", ""),
        ("cp1252", '<meta charset="iso-8859-1">'),
        ("iso-8859-2", '<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-2">'),
        ("shift_jis", "<meta charset=Shift_JIS>"),
        ("cp1252", "<meta charset=no-such-charset>"),
    ],
)
def test_encodings(encoding: str, declared: str) -> None:
    letter = {"iso-8859-2": "Łódź", "shift_jis": "東京"}.get(encoding, "Köln – “naïve”")
    markup = f"<html><head>{declared}</head><body><p>Engineer in {letter}: Python</p></body></html>"
    assert read_html(markup.encode(encoding), "ad.html").text == f"Engineer in {letter}: Python"


def test_frames_are_looked_for_in_the_pages_own_folder_only(tmp_path: Path) -> None:
    (tmp_path / "ad_files").mkdir()
    (tmp_path / "ad_files" / "in.html").write_text(AD)
    (tmp_path / "secret_files").mkdir()
    (tmp_path / "secret_files" / "in.html").write_text(AD)
    for address, found in [
        ("./ad_files/in.html", True),
        ("secret_files/in.html", False),
        ("../secret_files/in.html", False),
        ((tmp_path / "secret_files" / "in.html").as_uri(), False),
        ("ad_files/../secret_files/in.html", False),
    ]:
        (tmp_path / "ad.html").write_text(f'<html><body><iframe src="{address}"></iframe></body></html>')
        if found:
            assert "hospital" in read(tmp_path / "ad.html").text
        else:
            with pytest.raises(UnreadableError, match="frame"):
                read(tmp_path / "ad.html")


MANY = 200_000
HOSTILE = {
    "nested": "<div>" * MANY + "x" + "</div>" * MANY,
    "inline": "<b>" * MANY,
    "lists": "<ul><li>" * MANY,
    "tables": "<table><tr><td>" * MANY,
    "links": "<a><div>" * 50_000,
    "fonts": "".join(f"<font size={n}>" for n in range(9_000)) + "<p>x" * 900,
    "attributes": "<p " + " ".join(f"a{n}=1" for n in range(MANY)) + ">x",
    "open tags": "<script " * MANY,
    "open comments": "<!--" * MANY,
    "scripts": "<script>" * MANY,
    "flat": "<p>words" * 1_000_000,
    "breaks": "<br>" * 1_000_000,
    "signs": "<" * 2_000_000,
    "class": f'<p class="{"job-" * 300_000}">',
    "styles": "<style>" + ".a{display:none}/*" * MANY + "</style>",
    "stops": "<h2>Similar jobs</h2>" * 9_000,
    "titles": "<div class=job-title><h1>" * 3_000,
    "title": f"<title>{'a hiring b in ' * 100_000}</title>",
    "json": f'<script type="application/ld+json">{"[" * MANY}</script>',
    "json blanks": f'<script type="application/ld+json">{{{" " * 2_000_000}</script>',
    "picture": f'<img src="data:image/png;base64,{"A" * 30_000_000}">',
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_end_soon_and_in_a_sentence(name: str) -> None:
    start = time.perf_counter()
    try:
        assert page(HOSTILE[name] + AD).text
    except UnreadableError as error:
        assert re.fullmatch(r"ad\.html: .+; .+", str(error))
    assert time.perf_counter() - start < 20


@pytest.mark.parametrize("depth", [1_000, 2_500, 4_900])
def test_text_below_many_elements_is_not_lost(depth: int) -> None:
    assert "hospital" in page("<div>" * depth + AD).text


MARKUP = st.lists(
    st.sampled_from(
        ["<div>", "</div>", "<p", ">", "<li>", "<table>", "<td>", "</ul>", "<script>", "<!--", "-->", "&amp;", "<dt>", "<dd>", '<h1 class="job-title">', "<form>", "<nav>", "Similar jobs", "<h2>", "<style>", "{display:none}", '<script type="application/ld+json">', '{"@type":"JobPosting"', ',"description":"R"}', "</script>", "x ", "<iframe src=x>", "<pre>", "<br>", "\x00", "\ud7ff", "<svg>", "<template>", 'hidden="', "<body>"]
    )
)  # fmt: skip


@given(MARKUP)
def test_any_markup_is_read_or_refused_in_a_sentence(pieces: list[str]) -> None:
    try:
        document = read_html("".join(pieces).encode(), "ad.html")
    except UnreadableError as error:
        assert str(error).startswith("ad.html: ")
    else:
        assert document.text == document.text.strip() != ""


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=20)
    | st.sampled_from(["<p>R", "&lt;"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["@type", "value", "minValue", "currency", "address", "name", "addressCountry", "unitText"]
            ),
            inner,
            max_size=3,
        )
    ),
    max_leaves=8,
)
FIELDS = ["title", "description", "url", "datePosted", "validThrough", "hiringOrganization", "jobLocation"]


@given(st.dictionaries(st.sampled_from([*FIELDS, "jobLocationType", "baseSalary", "estimatedSalary"]), JSON))
def test_any_posting_data_is_survived(facts: dict[str, object]) -> None:
    try:
        document = posting(AD, **facts)
    except UnreadableError as error:
        assert str(error).startswith("ad.html: ")
    else:
        json.dumps(dict(document.meta), allow_nan=False)
        document.text.encode("utf-8")
