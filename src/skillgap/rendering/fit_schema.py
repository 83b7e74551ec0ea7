"""The shape of what ``skillgap batch --format json`` prints: the report, and what listings are to resumes."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from skillgap.rendering.market_schema import MarketRecord
from skillgap.rendering.schema_base import Record

Line = Annotated[float, Field(gt=0, le=1)]
Members = list[str]  # ids of skills, any of which will do


class SavedListing(Record):
    """A saved listing; ``copies`` near copies are folded into it."""

    source: str
    row: str | None
    title: str | None
    company: str | None
    url: str | None
    place: str | None
    posted: str | None
    closes: str | None
    digest: str
    copies: NonNegativeInt


class RankedListing(SavedListing):
    """A listing with its must-have groups: met by work alone, met in all, asked."""

    rank: PositiveInt
    met_strict: NonNegativeInt
    met_lenient: NonNegativeInt
    of: PositiveInt
    open: list[Members]
    close: list[str]


class ApartListing(SavedListing):
    """A listing that is not ranked, and why."""

    apart: Literal["skip", "applied", "closed", "thin"]
    reasons: list[str] = Field(min_length=1)


class RankingRecord(Record):
    """Every saved listing against one resume, best first."""

    schema_: Literal["skillgap/ranking@1"] = Field(alias="schema")
    ranked: list[RankedListing]
    apart: list[ApartListing]
    copies_folded: NonNegativeInt
    skill_names: dict[str, str]


class PickRecord(Record):
    """A skill or step to learn: listings opened by it alone, lost without it, open with those before it."""

    id: str
    name: str
    how: Literal["study", "build", "course", "on_the_job", "credential", "nowhere"]
    hours: NonNegativeInt
    alone: NonNegativeInt
    lost_without: NonNegativeInt
    open_with_those_before: NonNegativeInt
    step: str | None
    close: bool
    brings: list[str]


class OpenedListing(SavedListing):
    """A listing that a set opens, by which of its picks."""

    by: list[str] = Field(min_length=1)
    met_before: NonNegativeInt
    met_after: NonNegativeInt
    of: PositiveInt


class JointGain(Record):
    """Listings that only all of these open together."""

    ids: list[str] = Field(min_length=2)
    listings: PositiveInt


class FlipRecord(Record):
    """The runner-up, and by how many listings it lost."""

    ids: list[str]
    names: list[str]
    gain: NonNegativeInt
    margin: int
    hours: NonNegativeInt
    only_chosen: list[SavedListing]
    only_runner_up: list[SavedListing]
    proved: bool


class SetRecord(Record):
    """The best set under a limit (skills or hours); none opens more than ``bound`` listings."""

    limit: PositiveInt
    picks: list[PickRecord]
    hours: NonNegativeInt
    gain: NonNegativeInt
    bound: NonNegativeInt
    proved: bool
    opened: list[OpenedListing]
    only_together: list[JointGain]
    flip: FlipRecord | None


class PointRecord(Record):
    """What a limit buys."""

    limit: PositiveInt
    hours: NonNegativeInt
    gain: NonNegativeInt
    open: NonNegativeInt
    ids: list[str]
    proved: bool


class NearestListing(SavedListing):
    """A listing that takes few more skills."""

    skills: PositiveInt
    met: NonNegativeInt
    of: PositiveInt
    open: list[Members]


class AskedMost(Record):
    """A missing skill, and the listings that wait for it."""

    id: str
    listings: PositiveInt


class UnlockRecord(Record):
    """What is worth learning: the sets that bring the most listings over the line."""

    schema_: Literal["skillgap/unlock@1"] = Field(alias="schema")
    by: Literal["skills", "hours"]
    line: Line
    counted: NonNegativeInt
    over_now: list[SavedListing]
    beyond_study: NonNegativeInt
    years_short: NonNegativeInt
    apart: dict[Literal["skip", "applied", "closed", "thin"], PositiveInt]
    sets: list[SetRecord]
    curve: list[PointRecord]
    only_together: list[JointGain]
    nearest: list[NearestListing]
    asked_most: list[AskedMost]
    skill_names: dict[str, str]


class MissingSkill(Record):
    """A skill that listings still lack."""

    id: str
    name: str
    listings: PositiveInt


class RoleGapRecord(Record):
    """How far a resume is from one role type, in the fewest skills to the line."""

    role: str
    name: str
    listings: PositiveInt
    over: NonNegativeInt
    skills_to_nearest: NonNegativeInt
    skills_to_half: NonNegativeInt
    exact: bool
    missing: list[MissingSkill]


class PersonCount(Record):
    """A person and the listings that are over the line already."""

    person: str
    listings: NonNegativeInt


class StepsRecord(Record):
    """One step or two, and the people who get at least one more listing by them."""

    steps: list[str] = Field(min_length=1, max_length=2)
    titles: list[str]
    people: list[str] = Field(min_length=1)
    first_listing_for: list[str]
    listings: PositiveInt
    hours: tuple[NonNegativeInt, NonNegativeInt]


class PeopleRecord(Record):
    """For several resumes: which step, and which two, bring the most people over the line."""

    schema_: Literal["skillgap/people@1"] = Field(alias="schema")
    line: Line
    counted: NonNegativeInt
    over_now: list[PersonCount]
    steps: list[StepsRecord]
    pairs: list[StepsRecord]


class PersonFit(Record):
    """All that the listings are to one of several people."""

    person: str
    ranking: RankingRecord
    unlock: UnlockRecord
    role_gaps: list[RoleGapRecord]


class FailedInput(Record):
    """What could not be used, and why."""

    source: str
    row: str | None
    error: str


class CopiedListing(Record):
    """A listing as the list of near copies names it."""

    source: str
    row: str | None
    title: str | None
    company: str | None
    url: str | None
    posted: str | None
    digest: str


class CopyFamily(CopiedListing):
    """A listing that is counted, with its near copies, which are not."""

    copies: list[CopiedListing] = Field(min_length=1)


class BatchRecord(MarketRecord):
    """The whole output.

    The report; with ``--duplicates`` the near copies; for one resume ``ranking``, ``unlock`` and
    ``role_gaps``, for several ``people`` and ``people_unlock``.
    """

    failed: list[FailedInput]
    duplicates: list[CopyFamily] | None = None
    ranking: RankingRecord | None = None
    unlock: UnlockRecord | None = None
    role_gaps: list[RoleGapRecord] | None = None
    people: list[PersonFit] | None = Field(default=None, min_length=2)
    people_unlock: PeopleRecord | None = None
