"""Documents in every format give the text that a perfect reader gives, and hidden text is told apart."""

from __future__ import annotations

import json
import os
import re
import sys
import threading
import time
from collections import Counter
from pathlib import Path

import pytest

import skillgap
from skillgap import reading
from skillgap.errors import UnreadableError
from skillgap.reading import read, sandbox
from skillgap.reading.characters import as_item, letters
from skillgap.reading.hyphens import Hyphens
from skillgap.reading.sniff import kind_of
from skillgap.reading.text import decode
from tests.hostile import AD, PICTURE, docx, odt, paragraph, pdf, shown, zipped

RESUMES = Path(__file__).resolve().parent.parent / "samples" / "resumes"
SAMPLES = sorted(path for path in RESUMES.iterdir() if path.with_name(path.name + ".expected.txt").exists())
BATCH_OF_HIDDEN = {
    "nurse-to-ai.pdf": "quantum computing",
    "backend-developer.docx": "Haskell",
    "nurse-to-ai.odt": "Terraform",
    "data-analyst.rtf": "Haskell",
}


def words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text.lower()))


def filled(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


# ---- samples -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.name)
def test_samples_read_as_a_perfect_reader_does(path: Path) -> None:
    expected = path.with_name(path.name + ".expected.txt").read_text("utf-8")
    document = read(path)
    found, wanted = words(document.text), words(expected)
    shared = sum((found & wanted).values())
    assert shared / sum(found.values()) >= 0.98
    assert shared / sum(wanted.values()) >= 0.98
    lines, position = filled(document.text), 0
    for line in filled(expected):  # all of them, and in this order
        assert line in lines[position:], line
        position = lines.index(line, position) + 1


def test_samples_hold_every_format() -> None:
    suffixes = {path.suffix for path in SAMPLES}
    assert suffixes >= {".txt", ".md", ".pdf", ".docx", ".odt", ".rtf", ".json", ".html"}
    assert all(path.stat().st_size < 60_000 for path in RESUMES.iterdir())


@pytest.mark.parametrize(("name", "hidden"), BATCH_OF_HIDDEN.items())
def test_hidden_text_of_samples_is_told_and_not_counted(name: str, hidden: str) -> None:
    document = read(RESUMES / name)
    assert hidden in " ".join(document.meta["hidden"])
    assert hidden not in document.text


def test_a_scan_says_what_to_do() -> None:
    with pytest.raises(UnreadableError, match=r"is a scan.*ocrmypdf"):
        read(RESUMES / "nurse-to-ai-scan.pdf")


def test_the_python_api_reads_paths_and_bytes() -> None:
    path = RESUMES / "backend-developer.pdf"
    assert skillgap.read(path.read_bytes(), "cv").text == skillgap.read(path).text
    assert skillgap.read(path).source == str(path)
    assert skillgap.read(path).kind == "pdf"


# ---- what kind of file ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"", "", "empty"),
        (b"\xff\xfe \x00\n\x00", "", "empty"),
        (b"plain words", "ad.pdf", "text"),
        (b"[Remote] ML Engineer\n\nPython", "", "text"),
        (b'{"basics": {}}', "cv.txt", "json"),
        (b"Subject: a job\nFrom: Jo\n\nHello, we need Python.", "", "text"),
        (b"Subject: a job\nFrom: jo@x.example\n\nHello", "mail.eml", "eml"),
        (b"From: a@x.example\nTo: b@x.example\nMIME-Version: 1.0\n\nHello", "", "eml"),
        (
            b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related\r\n\r\n",
            "",
            "mhtml",
        ),
        (b"<!-- saved from url -->\n<!DOCTYPE html><html>", "", "html"),
        (b"<div class=job><p>Python</p></div>\n<p>more</p>", "", "html"),
        (b'<h1 align="center">Oda Fjell</h1>\n\nPython developer\n\n## Skills\n- SQL\n', "cv.md", "text"),
        ("<html><body>x</body></html>".encode("utf-16"), "", "html"),
        (b"  {\\rtf1\\ansi x}", "cv.doc", "rtf"),
        (b"We use <b>Python</b>, and A, B, C", "", "text"),
        (b"name,email,skills,years\nOda,o@x.example,Python,4\n", "", "text"),
        (b"BMW is looking for a Python developer", "", "text"),
        (bytes(range(256)), "", "binary"),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert kind_of(data, name) == kind


def test_text_keeps_its_place() -> None:
    """A BOM and CR are dropped, nothing else: offsets refer to this text."""
    assert decode("\ufeffa\r\nb\rc\u00a0\ufb01".encode(), "x") == "a\nb\nc\u00a0\ufb01"
    assert decode("Zürich – “AI”".encode("cp1252"), "x") == "Zürich – “AI”"
    assert decode("Zürich ééé".encode() + b"\xc3", "x").startswith("Zürich ééé")


# ---- the child process ---------------------------------------------------------------------------------


def sleeps(data: bytes, source: str) -> None:
    time.sleep(30)


def grows(data: bytes, source: str) -> None:
    chunks = [bytearray(10_000_000) for _ in range(1_000)]
    time.sleep(len(chunks))


def dies(data: bytes, source: str) -> None:
    os.abort()


def fails(data: bytes, source: str) -> None:
    raise KeyError(source)


def digs(data: bytes, source: str) -> None:
    digs(data, source)


def chatters(data: bytes, source: str) -> skillgap.Document:
    print("noise on stdout", flush=True)  # noqa: T201
    os.write(1, b"more noise")
    return skillgap.Document(source, data.decode(), "text", None, {"notes": ["\udc80 half a letter"]})


def floods(data: bytes, source: str) -> skillgap.Document:
    return skillgap.Document(source, "x" * (sandbox.MAX_TEXT + 1))


@pytest.fixture
def behaving(monkeypatch: pytest.MonkeyPatch):
    def behave(how: str) -> None:
        monkeypatch.setitem(reading.READERS, "odd", ("tests.test_documents", how))

    return behave


@pytest.mark.parametrize(
    ("how", "words"),
    [
        ("sleeps", "takes longer than 2 seconds"),
        ("grows", "takes more than 300 MB of memory"),
        ("dies", "broke on it"),
        ("fails", "is damaged"),
        ("digs", "nested far too deeply"),
        ("floods", "more than 10 million characters"),
    ],
)
def test_whatever_becomes_of_the_child_is_one_sentence(behaving, how: str, words: str) -> None:
    behaving(how)
    begun = time.monotonic()
    with pytest.raises(UnreadableError, match=words) as caught:
        sandbox.run("odd", b"", "cv.pdf", seconds=2 if how == "sleeps" else 20, memory=300_000_000)
    assert str(caught.value).startswith("cv.pdf: ")
    assert "\n" not in str(caught.value)
    assert time.monotonic() - begun < 12


def test_what_the_child_prints_does_not_mix_with_its_answer(behaving) -> None:
    behaving("chatters")
    document = sandbox.run("odd", b"Python", "cv.pdf")
    assert (document.text, document.meta["notes"]) == ("Python", ["\udc80 half a letter"])


def test_a_process_that_grows_is_killed_where_the_system_sets_no_limit() -> None:
    import subprocess

    code = "import time; kept = bytearray(200_000_000); kept[:] = b'x' * len(kept); time.sleep(60)"
    with subprocess.Popen([sys.executable, "-c", code]) as process:
        seen: list[int] = []
        thread = threading.Thread(target=sandbox.watch, args=(process.pid, 100_000_000, seen))
        thread.start()
        assert process.wait(30) != 0
        thread.join(10)
    assert seen
    assert seen[0] > 100_000_000


def test_the_child_imports_no_more_than_its_reader_needs() -> None:
    import subprocess

    code = (
        "import sys; from skillgap.reading.pdf import read_pdf; read_pdf(sys.stdin.buffer.read(), 'x');"
        "print([n for n in ('numpy', 'lxml', 'click', 'spacy', 'PIL', 'asyncio') if n in sys.modules])"
    )
    data = (RESUMES / "backend-developer.pdf").read_bytes()
    run = subprocess.run([sys.executable, "-c", code], input=data, capture_output=True, check=True)
    assert run.stdout.strip() == b"[]"


# ---- PDF -----------------------------------------------------------------------------------------------


def pdf_lines(*pages: bytes, **more) -> list[str]:
    return filled(read(pdf(*pages, **more), "cv.pdf").text)


HIDDEN_IN_PDF = {
    "white on white": shown("Rust", y=300, before="1 g"),
    "nearly white": shown("Rust", y=300, before=".97 .97 .97 rg"),
    "invisible": shown("Rust", y=300, before="3 Tr"),
    "tiny": shown("Rust", y=300, size=1),
    "off the page": shown("Rust", y=-300),
    "colour of its box": shown("Rust", y=300, before=".9 g 50 280 300 60 re f"),
    "white over a form's white": b"1 g 0 0 612 500 re f " + shown("Rust", y=300),
}


@pytest.mark.parametrize("how", HIDDEN_IN_PDF)
def test_text_that_nobody_sees_is_left_out_and_named(how: str) -> None:
    document = read(pdf(shown("Python developer") + b" " + HIDDEN_IN_PDF[how]), "cv.pdf")
    assert document.text == "Python developer\n"
    assert document.meta["hidden"] == ["Rust"]


def test_light_text_on_a_dark_band_or_a_picture_is_seen() -> None:
    band = b"0 0 .4 rg 0 700 612 92 re f " + shown("Oda Fjell", y=740, before="1 g")
    assert pdf_lines(band) == ["Oda Fjell"]
    picture = b"q 612 0 0 792 0 0 cm /X Do Q " + shown("Oda Fjell", before="1 g")
    assert pdf_lines(picture, extra={100: PICTURE}) == ["Oda Fjell"]


def test_a_scan_with_recognised_text_is_read() -> None:
    """What ocrmypdf writes: invisible text over the picture of the page."""
    page = b"q 612 0 0 792 0 0 cm /X Do Q " + shown("Python developer", before="3 Tr")
    document = read(pdf(page, extra={100: PICTURE}), "cv.pdf")
    assert document.text == "Python developer\n"
    assert "hidden" not in document.meta


def test_pages_that_are_pictures_are_named() -> None:
    scan = b"612 0 0 792 0 0 cm /X Do"
    document = read(pdf(shown("Python developer"), scan, extra={100: PICTURE}), "cv.pdf")
    assert document.meta["notes"] == ["Page 2 is a picture; its text was not read."]


PROSE = [
    "Writes and runs services that thousands of people",
    "use every day, and likes the parts that nobody else",
    "wants to touch, such as old pipelines and their",
    "tests, which rarely get the care that they need.",
]


def test_columns_are_read_one_after_the_other_in_whatever_order_they_were_written() -> None:
    left = shown("Skills", "Python", "Go", "Docker", "SQL", x=50, y=700)
    right = shown(*PROSE, x=250, y=700)
    assert pdf_lines(left + right) == ["Skills", "Python", "Go", "Docker", "SQL", " ".join(PROSE)]
    assert pdf_lines(right + left) == ["Skills", "Python", "Go", "Docker", "SQL", " ".join(PROSE)]
    mixed = b"".join(
        shown(item, x=50, y=700 - 15 * i) + shown(line, x=250, y=694 - 15 * i)
        for i, (item, line) in enumerate(zip(("Skills", "Python", "Go", "SQL"), PROSE, strict=True))
    )
    assert pdf_lines(mixed) == ["Skills", "Python", "Go", "SQL", " ".join(PROSE)]


def test_rows_of_a_table_keep_together_and_wrapped_cells_are_joined() -> None:
    cells = [("Python", "nine years", "2025"), ("Go", "two years", "2023"), ("SQL", "nine years", "2025")]
    rows = b"".join(
        shown(cell, x=x, y=700 - 30 * i)
        for i, row in enumerate(cells)
        for cell, x in zip(row, (50, 200, 400), strict=True)
    )
    wrapped = shown("in production", x=200, y=686)
    assert pdf_lines(rows + wrapped) == [
        "Python | nine years in production | 2025",
        "Go | two years | 2023",
        "SQL | nine years | 2025",
    ]


def test_dates_in_the_margin_stay_with_their_entry() -> None:
    page = b"".join(
        shown(f"{2020 - n} - {2021 - n}", x=50, y=700 - 60 * n)
        + shown(
            f"Developer number {n} in a company of a city",
            "Wrote the parts in Python that nobody else there wanted to write",
            x=150,
            y=700 - 60 * n,
        )
        for n in range(4)
    )
    assert pdf_lines(page)[0] == "2020 - 2021 | Developer number 0 in a company of a city"


def test_headers_and_footers_that_return_are_dropped() -> None:
    pages = [
        shown("Oda Fjell, resume", y=770, size=8)
        + shown(f"Entry {n} about Python", y=500)
        + shown(f"Page {n} of 3", y=20, size=8)
        for n in (1, 2, 3)
    ]
    assert pdf_lines(*pages) == [
        "Oda Fjell, resume",
        "Entry 1 about Python",
        "Entry 2 about Python",
        "Entry 3 about Python",
    ]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    content = b"BT /F1 11 Tf 0 1 -1 0 100 60 Tm (Python developer) Tj ET BT /F1 11 Tf 0 1 -1 0 130 60 Tm (Leeds) Tj ET"
    assert pdf_lines(content, page=b"/Rotate 90") == ["Python developer", "Leeds"]


def test_bullets_written_or_drawn_become_items() -> None:
    page = shown("• Python", "– Go", x=60, y=700) + shown("Docker", x=74, y=600) + b"62 602 4 4 re f"
    assert pdf_lines(page) == ["- Python", "- Go", "- Docker"]


def test_tracked_headings_become_words() -> None:
    heading = b"BT /F1 11 Tf 3 Tc 60 700 Td (WORK HISTORY) Tj ET "
    assert pdf_lines(heading + shown("AI ML CV GO SQL", y=600)) == ["WORK HISTORY", "AI ML CV GO SQL"]


def test_line_end_hyphens_in_both_forms() -> None:
    one = shown(
        "Speaks of micro-",
        "services and state-of-the-",
        "art work, of event-",
        "driven systems and require-",
        "ments, and again of microservices.",
    )
    text = " ".join(pdf_lines(one))
    for form in ("microservices and", "state-of-the-art", "event-driven", "requirements,"):
        assert form in text


@pytest.mark.parametrize(
    ("above", "below", "divides", "joined"),
    [
        ("certi-", "fication", True, "certification"),
        ("trans-", "formation", True, "transformation"),
        ("trans-", "formation", False, "trans-formation"),
        ("award-", "winning", False, "award-winning"),
        ("event-", "driven", True, "event-driven"),
        ("scikit\x02", "learn", True, "scikit-learn"),
        ("GPT-", "4o", True, "GPT-4o"),
        ("Retrieval\ufffe", "Augmented", True, "Retrieval-Augmented"),
        ("end-to-", "end", True, "end-to-end"),
        ("test-", "ing", False, "testing"),
        ("real-", "time", True, "real-time"),
        ("hands-", "on", True, "hands-on"),
    ],
)
def test_a_hyphen_stays_or_goes(above: str, below: str, *, divides: bool, joined: str) -> None:
    assert Hyphens([], divides=divides).join(above, below) == joined


def test_the_document_itself_decides_on_a_hyphen() -> None:
    assert Hyphens(["the back-end team"], divides=True).join("back-", "end") == "back-end"
    assert Hyphens(["the backend team"], divides=False).join("back-", "end") == "backend"


def test_ligatures_become_letters_and_nothing_else_changes() -> None:
    assert letters("e\ufb03cient \ufb02ow \ufb00 \ufb01 \ufb04") == "efficient flow ff fi ffl"
    assert letters("o\x1ece work\x1dow con\x1cg") == "office workflow config"
    assert letters("m² ½ ™ Å") == "m² ½ ™ Å"
    assert as_item("\u2022\tPython") == "- Python"
    assert as_item("-Python") is None


# ---- DOCX, ODT, RTF ------------------------------------------------------------------------------------


def test_word_hidden_by_style_colour_or_size() -> None:
    styles = '<w:style w:styleId="S"><w:rPr><w:vanish/></w:rPr></w:style><w:style w:styleId="T"><w:basedOn w:val="S"/></w:style>'
    body = (
        paragraph("Python")
        + paragraph("Rust", '<w:rStyle w:val="T"/>')
        + paragraph("Scala", '<w:color w:val="FFFFFF"/>')
        + paragraph("Perl", '<w:sz w:val="2"/>')
        + paragraph("Go", '<w:vanish w:val="0"/>')
        + paragraph("SQL", '<w:color w:val="FFFFFF"/><w:shd w:fill="1F3864"/>')
    )
    document = read(docx(body, styles=styles), "cv.docx")
    assert filled(document.text) == ["Python", "Go", "SQL"]
    assert document.meta["hidden"] == ["Rust", "Scala", "Perl"]


def test_word_reads_what_stands_beside_paragraphs() -> None:
    cell = "<w:tc>{}</w:tc>".format
    body = (
        "<w:p><w:r><w:t>Kept</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> and added</w:t></w:r></w:ins></w:p>"
        "<w:sdt><w:sdtContent>" + paragraph("In a control") + "</w:sdtContent></w:sdt>"
        "<w:p><w:hyperlink><w:r><w:t>A link</w:t></w:r></w:hyperlink><w:r><w:tab/><w:t>2024</w:t><w:br/><w:t>next</w:t></w:r></w:p>"
        f"<w:tbl><w:tr>{cell(paragraph('2019'))}{cell(paragraph('Developer') + paragraph('Wrote Python'))}</w:tr></w:tbl>"
    )
    notes = (
        '<w:footnote w:type="separator"><w:p/></w:footnote><w:footnote>'
        + paragraph("A note")
        + "</w:footnote>"
    )
    lines = filled(read(docx(body, footnotes=notes), "cv.docx").text)
    assert lines == [
        "Kept and added",
        "In a control",
        "A link\t2024",
        "next",
        "2019",
        "Developer",
        "Wrote Python",
        "A note",
    ]


def test_word_lists_become_items() -> None:
    styles = (
        '<w:style w:styleId="L"><w:pPr><w:numPr><w:numId w:val="3"/></w:numPr></w:pPr></w:style>'
        '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    styled = '<w:p><w:pPr><w:pStyle w:val="{}"/>{}</w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'.format
    none = '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        styled("H", "", "Skills")
        + styled("L", "", "Python")
        + styled("L", none, "plain")
        + paragraph("\uf0b7 SQL")
    )
    assert filled(read(docx(body, styles=styles), "cv.docx").text) == ["Skills", "- Python", "plain", "- SQL"]


def test_opendocument_sections_notes_and_spaces() -> None:
    styles = '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
    body = (
        '<text:p>Python<text:s text:c="3"/>and\n  SQL<text:note><text:note-citation>1</text:note-citation>'
        "<text:note-body><text:p>A note</text:p></text:note-body></text:note></text:p>"
        '<text:section text:display="none"><text:p>Rust</text:p></text:section>'
        '<text:p>Go<text:span text:style-name="H">Perl</text:span><text:line-break/>Docker</text:p>'
        "<text:tracked-changes><text:p>gone</text:p></text:tracked-changes>"
    )
    document = read(odt(body, styles), "cv.odt")
    assert filled(document.text) == ["Python and SQL", "Go", "Docker", "A note"]
    assert document.meta["hidden"] == ["Rust", "Perl"]


def test_rtf_code_pages_and_unicode() -> None:
    data = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial;}}"
        rb"\f0 Z\'fcrich \u8211- \u-10179?\u-8704? \{x\}\par \f1\'cf\'f0\'e8\'e2\'e5\'f2\par"
        rb"{\*\unknown gone}{\info{\title gone}}{\field{\*\fldinst HYPERLINK}{\fldrslt a link}}\par}"
    )
    assert filled(read(data, "cv.rtf").text) == ["Zürich – 😀 {x}", "Привет", "a link"]


def test_rtf_table_header_list_and_hidden() -> None:
    data = (
        rb"{\rtf1{\colortbl;\red255\green255\blue255;}{\header Oda Fjell\par}{\footer Page 1\par}"
        rb"\pard Skills\par{\pntext\'b7\tab}Python\par{\v Rust}{\cf1 Perl}\par"
        rb"\trowd\pard\intbl Go\cell\pard\intbl two years\cell\row\pard after\par}"
    )
    document = read(data, "cv.rtf")
    assert filled(document.text) == ["Oda Fjell", "Skills", "- Python", "Go | two years", "after"]
    assert document.meta["hidden"] == ["RustPerl"]


# ---- JSON Resume ---------------------------------------------------------------------------------------


def test_json_resume_dates_and_order() -> None:
    resume = {
        "work": [
            {"name": "Dunmore", "position": "Developer", "startDate": "2021-03-15", "highlights": ["Python"]}
        ],
        "skills": [{"name": "Data", "level": "expert", "keywords": ["SQL", None, "dbt"]}],
        "basics": {"name": "Oda Fjell", "location": {"city": "Leeds"}},
        "education": [{"institution": "Northmoor", "studyType": "BSc", "area": "Maths", "endDate": "2016"}],
        "meta": {"theme": "plain"},
    }
    document = read(json.dumps(resume).encode(), "cv.json")
    assert document.kind == "json_resume"
    assert filled(document.text) == [
        "Oda Fjell", "Leeds", "Experience", "Developer, Dunmore", "Mar 2021 – present", "- Python",
        "Education", "BSc in Maths, Northmoor", "2016", "Skills", "- Data (expert): SQL, dbt",
    ]  # fmt: skip


# ---- what is refused -----------------------------------------------------------------------------------


def test_messages_name_commands_that_work_with_odd_names() -> None:
    with pytest.raises(UnreadableError, match=r'skillgap batch "my jobs.csv"'):
        read(b"title,company\na,b\n", "my jobs.csv")


@pytest.mark.skipif(os.name != "posix", reason="needs /dev/fd")
def test_what_the_shell_has_opened_is_read(tmp_path: Path) -> None:
    ends = os.pipe()
    os.write(ends[1], AD.encode())
    os.close(ends[1])
    try:
        assert read(f"/dev/fd/{ends[0]}").text == AD
    finally:
        os.close(ends[0])


def test_a_zip_of_documents_is_no_document() -> None:
    with pytest.raises(UnreadableError, match="unpack"):
        read(zipped({"one.docx": docx(paragraph("x")), "two.docx": "x"}), "both.docx")
