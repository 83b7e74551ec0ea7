"""Whether a text is laid out as an ad or as a resume: people swap the two files."""

from __future__ import annotations

from collections.abc import Sequence

from skillgap.extraction.blocks import Sectioner, lay_out
from skillgap.extraction.shadow import cast
from skillgap.model import Block, Document, ResumeProfile

_ASKING = frozenset({"requirements", "preferred", "responsibilities", "stack"})
_OF_RESUMES = frozenset({"experience", "education", "skills", "projects", "certificates", "languages"})
_FEWEST = 2  # headings of a resume
_SURE = 0.5  # share of a heading's words that name its section


class Likeness:
    """Tells ads and resumes apart by their headings."""

    def __init__(self, ads: Sectioner, resumes: Sectioner) -> None:
        self._ads = ads
        self._resumes = resumes

    def asks(self, blocks: Sequence[Block]) -> bool:
        """Whether a heading asks something of a candidate; those that resumes have too tell nothing."""
        headings = (b.heading or "" for b in blocks if b.is_heading and b.section in _ASKING)
        return any(
            self._ads.classify(heading)[1] >= _SURE and self._resumes.classify(heading)[1] < _SURE
            for heading in headings
        )

    def is_ad(self, document: Document) -> bool:
        """Whether a text has the headings of an ad, and not those of a resume."""
        return not self.has_resume_headings(document) and self.asks(
            lay_out(cast(document.text).text, self._ads).blocks
        )

    def has_resume_headings(self, document: Document) -> bool:
        """Whether a text has at least two headings of a resume."""
        blocks = lay_out(cast(document.text).text, self._resumes).blocks
        return len({b.section for b in blocks if b.is_heading} & _OF_RESUMES) >= _FEWEST


def shows_work(profile: ResumeProfile) -> bool:
    """Whether a resume holds a dated job."""
    return any(entry.section == "experience" for entry in profile.entries)
