"""The Python API: one object that reads ads with one taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from skillgap.analysis.actions import next_actions
from skillgap.analysis.gap import Shown, compare
from skillgap.analysis.priority import prioritize
from skillgap.errors import NotAnAdError, NotAResumeError, UsageError
from skillgap.extraction.blocks import Sectioner
from skillgap.extraction.job import JobReader
from skillgap.extraction.likeness import Likeness, shows_work
from skillgap.extraction.resume import ResumeReader
from skillgap.model import Document, Gap, JobProfile, Priority, ResumeProfile
from skillgap.overrides import NONE as NO_OVERRIDES
from skillgap.overrides import Overrides
from skillgap.rendering.gap_records import gap_record
from skillgap.rendering.records import job_record
from skillgap.rendering.resume_records import resume_record
from skillgap.taxonomy import Taxonomy, load_taxonomy


@dataclass(frozen=True, slots=True)
class JobReport:
    """One ad, read: the profile, where to start, and the record of both."""

    profile: JobProfile
    priorities: Sequence[Priority]
    taxonomy: Taxonomy

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The ``skillgap/job@1`` record."""
        return job_record(self.profile, self.taxonomy, self.priorities, with_text=with_text)


_FAR = 2100 * 12  # a month after every date of a resume


def _document(given: Document | str) -> Document:
    if not isinstance(given, Document | str):
        raise UsageError(
            f"give a Document or a str, not {type(given).__name__}; read bytes with skillgap.read"
        )
    return given if isinstance(given, Document) else Document("<text>", given)


@dataclass(frozen=True, slots=True)
class ResumeReport:
    """One resume, read: the profile and its record."""

    profile: ResumeProfile
    taxonomy: Taxonomy

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The ``skillgap/resume@1`` record."""
        return resume_record(self.profile, self.taxonomy, with_text=with_text)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One ad against one resume: the gap and its record."""

    gap: Gap
    taxonomy: Taxonomy
    status: str | None = None  # what the user's own file says of the ad: applied, skip

    def to_dict(self, *, with_text: bool = False) -> dict[str, Any]:
        """The ``skillgap/gap@1`` record."""
        actions = next_actions(self.gap, self.taxonomy)
        return gap_record(self.gap, self.taxonomy, actions, with_text=with_text)


class Analyzer:
    """Reads job ads and resumes with a taxonomy (the shipped one by default).

    Building one takes longer than reading an ad, so keep it. It holds no state between ads.
    """

    def __init__(self, taxonomy: Taxonomy | None = None) -> None:
        self.taxonomy = taxonomy or load_taxonomy()
        self._reader = JobReader(self.taxonomy)
        self._sections = Sectioner(self.taxonomy, resume=True)
        self._likeness = Likeness(self._reader.sectioner, self._sections)

    @cached_property
    def _resumes(self) -> ResumeReader:
        """Made when the first resume comes: who reads ads only should not pay for it."""
        return ResumeReader(self.taxonomy, self._reader.matcher, self._sections)

    def job(self, ad: Document | str) -> JobReport:
        """Read one ad; raises NotAnAdError where nothing in it looks like one."""
        document = _document(ad)
        profile = self._reader.read(document)
        if not self._likeness.asks(profile.blocks) and self._is_resume(document):
            raise NotAnAdError(
                f"{document.source}: looks like a resume, not like an ad; did you swap them? "
                "Write: skillgap compare CV AD"
            )
        return JobReport(profile, prioritize(profile, self.taxonomy), self.taxonomy)

    def resume(self, resume: Document | str, *, as_of: date | None = None) -> ResumeReport:
        """Read one resume; ``as_of`` is the day that "present" stands for (today by default).

        Raises NotAResumeError where nothing in it looks like one.
        """
        document = _document(resume)
        day = as_of or date.today()  # noqa: DTZ011 - the person's own day
        profile = self._resumes.read(document, day.year * 12 + day.month - 1)
        if not shows_work(profile) and self._likeness.is_ad(document):
            raise NotAResumeError(
                f"{document.source}: looks like a job ad, not like a resume; did you swap them? "
                "Write: skillgap compare CV AD"
            )
        return ResumeReport(profile, self.taxonomy)

    def _is_resume(self, document: Document) -> bool:
        if not self._likeness.has_resume_headings(document):
            return False
        try:
            return shows_work(self._resumes.read(document, _FAR))
        except NotAResumeError:
            return False

    def compare(
        self,
        resume: Document | str | ResumeReport,
        ad: Document | str | JobReport,
        *,
        as_of: date | None = None,
        overrides: Overrides | None = None,
    ) -> Comparison:
        """One ad against one resume; either may be a report that is already there."""
        read = resume if isinstance(resume, ResumeReport) else self.resume(resume, as_of=as_of)
        job = ad if isinstance(ad, JobReport) else self.job(ad)
        own = (overrides or NO_OVERRIDES).for_ad(job.profile.document.source)
        shown = Shown(read.profile, self.taxonomy, own.know)
        gap = compare(own.correct(job.profile), read.profile, self.taxonomy, shown)
        return Comparison(gap, self.taxonomy, own.status)

    def jobs(self, ads: Iterable[Document | str]) -> Iterator[JobReport]:
        """Read ads one by one as they come."""
        return (self.job(ad) for ad in ads)
