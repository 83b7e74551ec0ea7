"""Near copies: what is folded, what is not, and that the order of the texts makes no difference."""

from __future__ import annotations

import random
import re
import textwrap

import pytest

from skillgap.market.duplicates import Words, families, is_copy
from tests.conftest import ROOT

BEFORE = (
    "We recruit for technology employers only, and our client has asked us to find somebody for this role."
)
AFTER = "All applicants are considered without regard to origin, age, religion or sex. Tell us what you need."


@pytest.fixture(scope="module")
def ads(sample_ads: dict[str, str]) -> list[str]:
    return [sample_ads[name] for name in sorted(sample_ads)]


def changed(text: str, share: float, seed: int = 1) -> str:
    """A repost: other figures, shuffled bullets, a share of the words exchanged, passages added."""
    rng = random.Random(seed)  # noqa: S311
    words = sorted(set(re.findall(r"[a-z]{4,}", text)))
    text = re.sub(r"\d[\d,]{3,}", "75,000", text)
    bullets = [line for line in text.split("\n") if line.startswith("- ")]
    rng.shuffle(bullets)
    lines = [bullets.pop() if line.startswith("- ") else line for line in text.split("\n")]
    exchanged = [
        " ".join(rng.choice(words) if rng.random() < share else word for word in line.split(" "))
        for line in lines
    ]
    return "\n".join([BEFORE, *exchanged, AFTER])


@pytest.mark.parametrize("share", [0.0, 0.05, 0.1, 0.15])
@pytest.mark.parametrize("layout", ["as it was", "wrapped", "run on"])
def test_a_repost_is_found_however_it_is_laid_out(ads: list[str], share: float, layout: str) -> None:
    for ad in ads:
        copy = changed(ad, share)
        if layout == "wrapped":
            copy = "\n".join(textwrap.fill(line, 70) for line in copy.split("\n"))
        elif layout == "run on":
            copy = " ".join(copy.split())
        found = families({"a": None, "b": None}, {"a": ad, "b": copy}.__getitem__)
        assert found == {"a": "a", "b": "a"}


def test_different_ads_with_the_same_passages_stay_apart(ads: list[str]) -> None:
    for common in ads:
        own = [ad for ad in ads if ad is not common]
        one, other = (Words(f"{common}\n{ad[: len(common) // 2]}") for ad in own)
        assert not is_copy(one, other)


def test_families_are_named_after_the_earliest_then_the_smallest(ads: list[str]) -> None:
    texts = {"a": ads[0], "b": changed(ads[0], 0.1), "c": changed(ads[0], 0.1, 2), "d": ads[1]}
    dated = {"a": None, "b": "2026-03-01", "c": "2026-02-01", "d": "2026-01-01"}
    assert families(dated, texts.__getitem__) == {"a": "c", "b": "c", "c": "c", "d": "d"}
    assert families(dict.fromkeys(texts), texts.__getitem__) == {"a": "a", "b": "a", "c": "a", "d": "d"}


def test_the_order_of_the_texts_makes_no_difference(ads: list[str]) -> None:
    texts = {f"{n}{i}": changed(ad, 0.08, i) for n, ad in enumerate(ads) for i in range(4)}
    expected = families(dict.fromkeys(texts), texts.__getitem__)
    assert len(set(expected.values())) == len(ads)
    names = list(texts)
    for seed in range(3):
        random.Random(seed).shuffle(names)  # noqa: S311
        assert families(dict.fromkeys(names), texts.__getitem__) == expected


def test_a_page_of_many_ads_is_no_copy_of_each(ads: list[str]) -> None:
    others = [path.read_text("utf-8") for path in sorted((ROOT / "samples" / "gold").glob("*.txt"))]
    page = Words("\n\n".join([*others, ads[0]]))
    assert not is_copy(Words(ads[0]), page)


@pytest.mark.parametrize("texts", [["", ""], ["Python", "SQL"], ["We need Python.", "We need a nurse."]])
def test_short_texts_are_copies_only_of_the_same_words(texts: list[str]) -> None:
    found = families({"a": None, "b": None}, dict(zip("ab", texts, strict=True)).__getitem__)
    assert (found["b"] == "a") == (texts[0] == texts[1])
