"""What holds for any text: quotes are exact, readers never crash, wraps change nothing."""

from __future__ import annotations

import textwrap

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from skillgap.analyzer import Analyzer
from skillgap.errors import InputError, NotAnAdError
from skillgap.extraction.blocks import lay_out
from skillgap.extraction.shadow import cast
from skillgap.reading import read_bytes

PIECES = [
    "Requirements:", "Nice to have", "•", "- ", "Python", "C++/Java", "machine\nlearning", "off-the-\nshelf", "RAG",
    "5+ years of", "or", "and", ", ", "such as", "(e.g. ", ")", "\n", "\n\n", "\r\n", "\u00a0", "’", "“", "ﬁne-tuning",
    "\u200b", "İstanbul", "ß", "🚀 ", "Kubernetes", "no Java needed", "$120k–$160k", "a plus", "ÀÉÎ", "\u00ad", "\x00", "\u2028",
    "deploying and monitoring ML models", "你好", "عربى", "unit, integration and end-to-end testing", "1.", "o ", "\t", "…",
]  # fmt: skip
ANY_TEXT = st.one_of(
    st.text(max_size=400),
    st.lists(st.sampled_from(PIECES), max_size=60).map(" ".join),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=6)), max_size=60).map("".join),
)
QUIET = settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(text=ANY_TEXT)
@QUIET
def test_every_quote_is_found_at_its_offsets(text: str, analyzer: Analyzer) -> None:
    try:
        record = analyzer.job(text).to_dict(with_text=True)
    except NotAnAdError:
        return
    assert record["text"] == text
    for skill in record["skills"]:
        assert skill["mention_count"] >= len(skill["mentions"]) >= 1
        for mention in skill["mentions"]:
            assert 0 <= mention["start"] < mention["end"] <= len(text)
            assert mention["text"] == text[mention["start"] : mention["end"]]
    for term in record["unknown_terms"]:
        assert term["text"] == text[term["start"] : term["end"]]
    for condition in record["conditions"]:
        assert condition["text"] == text[condition["start"] : condition["end"]]


@given(text=ANY_TEXT)
@QUIET
def test_the_shadow_points_back_into_the_text(text: str) -> None:
    shadow = cast(text)
    for start in range(0, len(shadow.text), 7):
        first, last = shadow.span(start, min(start + 3, len(shadow.text)))
        assert 0 <= first < last <= len(text)


@given(text=ANY_TEXT)
@QUIET
def test_blocks_lie_in_order_and_do_not_overlap(text: str, analyzer: Analyzer) -> None:
    layout = lay_out(cast(text).text, analyzer._reader.sectioner)
    assert len(layout.flat) == len(cast(text).text)
    edges = [edge for block in layout.blocks for edge in (block.start, block.end)]
    assert edges == sorted(edges)


@given(data=st.binary(max_size=600))
@QUIET
def test_any_bytes_are_read_or_refused_in_a_sentence(data: bytes) -> None:
    try:
        document = read_bytes(data, "some.txt")
    except InputError as error:
        assert str(error).startswith("some.txt: ")
    else:
        assert document.text.strip()
        assert "\r" not in document.text


def test_reading_is_deterministic_and_keeps_no_state(analyzer: Analyzer, sample_ads: dict[str, str]) -> None:
    first = {name: analyzer.job(text).to_dict() for name, text in sample_ads.items()}
    again = {
        name: Analyzer(analyzer.taxonomy).job(text).to_dict() for name, text in reversed(sample_ads.items())
    }
    assert first == again


@pytest.mark.parametrize("width", [60, 72])
def test_hard_wraps_change_no_skill(width: int, analyzer: Analyzer, sample_ads: dict[str, str]) -> None:
    for name, text in sample_ads.items():
        wrapped = "\n".join(
            "\n".join(textwrap.wrap(line, width, break_long_words=False)) if line.strip() else line
            for line in text.split("\n")
        )
        assert skills(analyzer, wrapped) == skills(analyzer, text), name


def skills(analyzer: Analyzer, text: str) -> dict[str, str]:
    return {skill["id"]: skill["level"] for skill in analyzer.job(text).to_dict()["skills"]}
