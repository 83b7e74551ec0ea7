"""The Python API: one object that reads ads with one taxonomy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from skillgap.analysis.priority import prioritize
from skillgap.errors import UsageError
from skillgap.extraction.job import JobReader
from skillgap.model import Document, JobProfile, Priority
from skillgap.rendering.records import job_record
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


class Analyzer:
    """Reads job ads with a taxonomy (the shipped one by default).

    Building one takes longer than reading an ad, so keep it. It holds no state between ads.
    """

    def __init__(self, taxonomy: Taxonomy | None = None) -> None:
        self.taxonomy = taxonomy or load_taxonomy()
        self._reader = JobReader(self.taxonomy)

    def job(self, ad: Document | str) -> JobReport:
        """Read one ad; raises NotAnAdError where nothing in it looks like one."""
        if not isinstance(ad, Document | str):
            raise UsageError(
                f"an ad is a Document or a str, not {type(ad).__name__}; read bytes with skillgap.read"
            )
        document = ad if isinstance(ad, Document) else Document("<text>", ad)
        profile = self._reader.read(document)
        return JobReport(profile, prioritize(profile, self.taxonomy), self.taxonomy)

    def jobs(self, ads: Iterable[Document | str]) -> Iterator[JobReport]:
        """Read ads one by one as they come."""
        return (self.job(ad) for ad in ads)
