"""The shape of a market report (``skillgap/market@1``)."""

from __future__ import annotations

from typing import Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt

from skillgap.rendering.schema_base import Record

Share = float | None
Seniority = Literal["intern", "entry", "mid", "senior", "staff_principal", "lead_manager"]


class Figure(Record):
    """Distinct ads; ``share`` of them (stuffed ones count less) with its 95 % interval, or null where few."""

    ads: NonNegativeInt
    share: Share = Field(ge=0, le=1)
    low: Share = Field(ge=0, le=1)
    high: Share = Field(ge=0, le=1)


class AdRef(Record):
    """How a list names an ad."""

    source: str
    row: str | None
    digest: str
    title: str | None
    company: str | None
    url: str | None


class StuffedAd(AdRef):
    """An ad that counts less than one, and why."""

    weight: float = Field(gt=0, le=1)
    reasons: list[str] = Field(min_length=1)


class LeftOutAd(AdRef):
    """An ad that no figure counts, and why."""

    reason: str


class ClosingAd(AdRef):
    """An ad and the last day on which it is open."""

    closes: str


class FarAd(AdRef):
    """An ad that is far from home."""

    place: str
    reason: str


class Rules(Record):
    """The numbers that decide what is said."""

    fewest_ads: int
    fewest_paid: int
    least_support: int


class EmployerCount(Record):
    """An employer and its counted ads."""

    company: str
    ads: int


class Counted(Record):
    """What was read, and what of it every figure counts."""

    listings: int
    distinct: int
    copies: int
    left_out: int
    ads: int
    counted_less: int
    employers: int
    employer_not_stated: int
    most_listings: list[EmployerCount]
    dated: int
    first: str | None
    last: str | None


class SkillDemand(Record):
    """One skill: at each level, at all, and how many of its must-haves are one of a set."""

    id: str
    name: str
    kind: str
    hard: bool
    required: Figure
    preferred: Figure
    responsibility: Figure
    asked: Figure
    in_sets: int
    employers: int | None
    step: str | None


class StableSkill(Record):
    """Share of resamples in which a skill is among the first 3, 5 and 10 must-haves."""

    id: str
    name: str
    rank: int
    first_3: float
    first_5: float
    first_10: float


class Stability(Record):
    """The ranking over resampled ads."""

    resamples: int
    skills: list[StableSkill]


class SegmentSkill(Record):
    """A skill within a role, level or week."""

    id: str
    name: str
    required: Figure
    asked: Figure


class _Segment(Record):
    ads: int
    skills: list[SegmentSkill]


class RoleDemand(_Segment):
    """Demand of one role type."""

    id: str
    name: str


class SeniorityDemand(_Segment):
    """Demand at one level; null: not stated."""

    id: Seniority | None


class WeekDemand(_Segment):
    """Demand of one week of posting, ``from`` its Monday."""

    week: str
    from_: str = Field(alias="from")


class Change(Record):
    """A skill whose share differs between two weeks beyond its intervals."""

    id: str
    name: str
    first: str
    last: str
    from_: Figure = Field(alias="from")
    to: Figure


class PairRecord(Record):
    """Two skills that are asked together; ``low`` bounds the lift from below."""

    a: str
    a_name: str
    a_ads: int
    b: str
    b_name: str
    b_ads: int
    ads: int
    lift: float
    low: float


class Trait(Record):
    """A skill that sets a kind apart: ``ads`` of its ``of``, against ``elsewhere``."""

    id: str
    name: str
    ads: int
    of: int
    elsewhere: int
    elsewhere_of: int


class NamedCount(Record):
    """Something named, and its ads."""

    id: str
    name: str
    ads: int


class Kind(Record):
    """A kind of listings; ``examples`` stand nearest to its middle, ``members`` are digests."""

    ads: int
    apart: list[Trait]
    roles: list[NamedCount]
    examples: list[AdRef]
    members: list[str]


class Years(Record):
    """The least years that ads ask for."""

    ads: int
    q1: NonNegativeFloat | None
    median: NonNegativeFloat | None
    q3: NonNegativeFloat | None


class Degrees(Record):
    """Ads in which a degree is a must, and the ads that name each."""

    required: Figure
    levels: dict[Literal["bachelor", "master", "phd"], int]


class Asks(Record):
    """What is asked on paper."""

    years: Years
    degree: Degrees


class _Quartiles(Record):
    ads: int
    q1: int | None
    median: int | None
    q3: int | None


class PayRow(_Quartiles):
    """Yearly pay of a role, level or skill."""

    id: str
    name: str


class PayDifference(Record):
    """A skill whose ads pay differently beyond luck: median with it and ``without``."""

    id: str
    name: str
    ads: int
    median: int
    without: int


class CurrencyPay(_Quartiles):
    """Yearly pay in one currency, in whole units."""

    currency: str
    roles: list[PayRow]
    seniority: list[PayRow]
    skills: list[PayRow]
    stands_out: list[PayDifference]


class Pay(Record):
    """Stated pay; amounts by other periods are counted only."""

    stated: int
    of: int
    other_periods: dict[str, int]
    currencies: list[CurrencyPay]


class Term(Record):
    """A term that the taxonomy lacks; ``name``: mostly written like one."""

    text: str
    ads: int
    employers: int
    name: bool


class StepDemand(Record):
    """A course of the roadmap and the ads with a must-have that is learned there; hours are estimates."""

    id: str
    title: str
    how: Literal["study", "build"]
    hours: tuple[int, int] | None
    url: str | None
    after: list[str]
    required: Figure
    skills: list[NamedCount]


class CountryCount(Record):
    """A country and its ads; an ad may name several."""

    country: str
    ads: int


class Places(Record):
    """Where the ads are."""

    countries: list[CountryCount]
    country_not_stated: int
    work_modes: dict[Literal["remote", "hybrid", "onsite"], int]
    work_mode_not_stated: int


class Open(Record):
    """Of the ads with a closing date, those that are open and those that close within a week."""

    as_of: str | None
    ads: int
    of: int
    soon: int
    closing: list[ClosingAd]


class MarketRecord(Record):
    """The report over saved listings; ``fit_schema.BatchRecord`` adds what the command prints beside it."""

    schema_: Literal["skillgap/market@1"] = Field(alias="schema")
    heading: Literal["your saved listings"]
    taxonomy: str
    as_of: str | None
    home: str | None
    rules: Rules
    counted: Counted
    demand: list[SkillDemand]
    short_names: dict[str, str]
    stability: Stability | None
    roles: list[RoleDemand]
    seniority: list[SeniorityDemand]
    weeks: list[WeekDemand]
    changes: list[Change]
    together: list[PairRecord]
    kinds: list[Kind]
    kinds_agreement: float | None
    asks: Asks
    pay: Pay
    unknown_terms: list[Term]
    steps: list[StepDemand]
    places: Places
    stuffed: list[StuffedAd]
    open: Open
    closed: list[ClosingAd]
    far: list[FarAd]
    left_out: list[LeftOutAd]
