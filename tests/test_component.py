"""The spaCy component gives the spans of the command line, in any pipeline."""

from __future__ import annotations

import pytest

spacy = pytest.importorskip("spacy")

from skillgap.analyzer import Analyzer  # noqa: E402


@pytest.fixture(scope="module")
def nlp():
    pipeline = spacy.blank("en")
    pipeline.add_pipe("skillgap")
    return pipeline


def test_spans_carry_kind_and_id(nlp) -> None:
    doc = nlp("We use K8s and PyTorch.")
    found = [(span.text, span.label_, span.id_) for span in doc.spans["skills"]]
    assert found == [("K8s", "tool", "kubernetes"), ("PyTorch", "framework", "pytorch")]


def test_same_spans_as_the_command_line(nlp, analyzer: Analyzer, sample_ads: dict[str, str]) -> None:
    for text in sample_ads.values():
        profile = analyzer.job(text).profile
        mentions = {(m.start, m.end, r.skill) for r in profile.requirements for m in r.mentions}
        mentions |= {(m.start, m.end, m.skill) for m in profile.negated}
        doc = nlp(text)
        spans = {(span.start_char, span.end_char, span.id_) for span in doc.spans["skills"]}
        for start, end, skill in mentions:
            assert any(a <= start and end <= b and skill == i for a, b, i in spans), (skill, text[start:end])


def test_many_texts_in_a_stream(nlp) -> None:
    docs = list(nlp.pipe(["Python", "", "no skill here at all", "Docker and Kubernetes"]))
    assert [len(doc.spans["skills"]) for doc in docs] == [1, 0, 0, 2]


def test_it_can_be_saved_and_named(nlp) -> None:
    other = spacy.blank("en")
    other.add_pipe("skillgap", name="mine", config={"spans_key": "found"})
    doc = other("Python")
    assert doc.spans["found"][0].id_ == "python"
