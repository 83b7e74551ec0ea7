"""The words of a market report, laid out as sections, for the terminal and for Markdown alike."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice
from typing import Any

from skillgap.analysis.gap import COUNTED_LEVELS
from skillgap.rendering.market_words import (
    LEVELS,
    MODES,
    Record,
    Section,
    each_once,
    listed,
    median_text,
    named,
    percent,
    plural,
    quartile_text,
    thousands,
)

_BRIEF_MODES = ("remote",)
_TOOLS = frozenset({"language", "framework", "tool", "platform", "database", "model"})
_ROWS, _ALL_ROWS = 7, 60  # skills of the first table
_LINE = 9  # skills named in a line below it, as far as they fit
_PAIRS, _ALL_PAIRS = 3, 30
_WORTH_SAYING = 1.5  # times as often as usual, by the lower bound
_SEGMENT = 6  # skills named per role, level and week
_REPEATED = 2  # ads from which a skill of theirs is worth naming
_TERMS, _ALL_TERMS = 4, 30  # names and words in brief
_COUNTRIES = 2  # named in brief
_FIRM = 0.1  # share of resamples from which a skill is named among the first
_STEPS, _ALL_STEPS = 3, 12
_PAID, _STANDING_OUT = 12, 2
_NAMED_KIND, _ALL_NAMED_KIND = 4, 8


class MarketReport:
    """A ``skillgap/market@1`` record in sentences and cells; ``full`` says all of it.

    ``advice`` is for somebody of whom nothing is known; beside a page about a resume it is left out.
    """

    def __init__(self, report: Record, *, full: bool = False, advice: bool = True) -> None:
        self.report = report
        self.full = full
        self.advice = advice
        self.ads: int = report["counted"]["ads"]
        self.fewest: int = report["rules"]["fewest_ads"]
        self.enough = self.ads >= self.fewest
        self.names = {row["id"]: self.name(row) for row in report["demand"]}

    # -- what was read ----------------------------------------------------------------------

    def headline(self) -> str:
        read = self.report["counted"]["listings"]
        heading = self.report["heading"].capitalize()
        employers = self.report["counted"]["employers"]
        unsaid = self.report["counted"]["employer_not_stated"]
        known = plural(employers, "named employer" if unsaid else "employer")
        whose = f", from {known}" if employers else ""
        return f"{heading}: {read} read, {self.ads} counted{whose}"

    def frame(self) -> list[str]:
        """What was counted and how, in a few lines."""
        counted, places = self.report["counted"], self.report["places"]
        facts = []
        if counted["first"]:
            same = counted["first"] == counted["last"]
            facts.append(f"posted {counted['first']}" + ("" if same else f" to {counted['last']}"))
        most = None if self.full else _COUNTRIES
        facts += [f"{c['country']} {c['ads']}" for c in places["countries"][:most]]
        modes = places["work_modes"]
        facts += [
            f"{MODES[mode]} {modes[mode]}" for mode in (MODES if self.full else _BRIEF_MODES) if modes[mode]
        ]
        said = [f"{'; '.join(self._how_counted())}."] if self._how_counted() else []
        return [*said, *([" · ".join(facts)] if facts else []), self.caution()]

    def _how_counted(self) -> list[str]:
        counted, report = self.report["counted"], self.report
        copies = counted["copies"]
        numbers = (
            (copies, f"{plural(copies, 'near copy')}, counted once"),
            (counted["left_out"], f"{counted['left_out']} left out"),
            (counted["counted_less"], f"{counted['counted_less']} stuffed or contradictory, counting less"),
            (len(report["far"]), f"{len(report['far'])} far from {report['home']}"),
        )
        return [what for number, what in numbers if number]

    def caution(self) -> str:
        """What the figures are of."""
        if not self.ads:
            return "Nothing could be counted."
        if not self.enough:
            return (
                f"Fewer than {self.fewest} listings: plain counts only, and nothing is claimed "
                "about ranks, pairs or kinds."
            )
        return "Shares of what you saved, with their 95% range; they are not the market."

    # -- sections ---------------------------------------------------------------------------

    def sections(self) -> list[Section]:
        """The parts of the report in order; empty ones are left out."""
        brief = (self.asked(), self.beside(), self.together(), self.kinds(), self.pay(), self.lacking())
        more = self._more() if self.full else ()
        return [section for section in chain(brief, more, (self.next_steps(),)) if section.rows]

    def asked(self) -> Section:
        """The skills that are asked most, must-haves first."""
        hard = [row for row in self.report["demand"] if row["hard"]]
        shown = hard[: _ALL_ROWS if self.full else _ROWS]
        rows = [
            (
                f"{number:>2} {self.marked(row)}",
                self.figure(row["required"]),
                self.span(row["required"]),
                *(self.figure(row[level]) for level in (*COUNTED_LEVELS[1:], "asked")),
            )
            for number, row in enumerate(shown, 1)
        ]
        of = f"of {self.ads}" + (" (* or another)" if self._any_in_sets(shown) else "")
        head = ("must", "range" if self.enough else "", "plus", "work", "in all")
        return Section("WHAT THEY ASK MOST", rows, head=head, note=of)

    def beside(self) -> Section:
        """What the table leaves out: how firm it is, other tools, the work, people, years."""
        demand = self.report["demand"]
        top = {row["id"] for row in [row for row in demand if row["hard"]][:_ROWS]}
        tools = [row for row in demand if row["kind"] in _TOOLS and row["id"] not in top]
        work = [row for row in demand if row["hard"]]
        people = [row for row in demand if not row["hard"]]
        rows = [
            ("Top three", self.firmness(), ""),
            ("More tools", self._line(tools, "required"), ""),
            ("People", self._line(people, "asked"), ""),
            ("On paper", self.on_paper(), ""),
        ]
        if self.full:
            rows.insert(2, ("In the work", self._line(work, "responsibility"), ""))
        if self.full and self._any_in_sets(work):
            rows.append(("*", "in most of these listings one of a set, where any one will do", ""))
        return Section("", [row for row in rows if row[1]], first=12, fits=not self.full)

    def _any_in_sets(self, rows: Sequence[Record]) -> bool:
        return any(self._in_sets(row) for row in rows[: _ALL_ROWS if self.full else _ROWS])

    def on_paper(self) -> str:
        """Years and degrees that are asked for."""
        years, degree = self.report["asks"]["years"], self.report["asks"]["degree"]
        said = []
        if years["median"] is not None:
            span = f"{years['q1']:g}-{years['q3']:g}"
            said.append(f"{years['median']:g} years, mostly {span}, in {years['ads']} ads")
        elif years["ads"]:
            said.append(f"{years['ads']} state years")
        if degree["required"]["ads"]:
            said.append(f"a degree in {self.counted(degree['required'])}")
        return " · ".join(said)

    def firmness(self) -> str:
        """How often the leading skills lead when the listings are drawn anew."""
        stable = self.report["stability"]
        if not stable:
            return ""
        leading = [skill for skill in stable["skills"] if skill["first_3"] >= _FIRM]
        shares = " · ".join(f"{self.name(skill)} {percent(skill['first_3'])}" for skill in leading)
        return f"in resamples: {shares}"

    def _line(self, rows: Sequence[Record], level: str) -> str:
        most = sorted(
            (row for row in rows if row[level]["ads"]), key=lambda row: (-row[level]["ads"], row["id"])
        )
        return " · ".join(f"{self.marked(row)} {self.figure(row[level])}" for row in most[:_LINE])

    def together(self) -> Section:
        """Pairs that are asked together beyond chance; in brief the most common of the strong ones."""
        names = self.names
        pairs = [pair for pair in self.report["together"] if pair["low"] >= _WORTH_SAYING]
        if self.full:
            chosen = pairs[:_ALL_PAIRS]
        else:
            ranked = sorted(pairs, key=lambda pair: (-pair["ads"], -pair["lift"], pair["a"], pair["b"]))
            chosen = list(islice(each_once(ranked), _PAIRS))
        rows = [
            (
                f"{pair['ads']} of {pair['a_ads']}",
                f"who ask for {names[pair['a']]} also ask for {names[pair['b']]}",
                f"{pair['lift']:.1f}",
            )
            for pair in chosen
        ]
        return Section("WHAT GOES TOGETHER", rows, right="times as often as usual", fits=not self.full)

    def kinds(self) -> Section:
        """Kinds of listings with what sets each apart."""
        most = _ALL_NAMED_KIND if self.full else _NAMED_KIND
        rows = []
        for kind in self.report["kinds"]:
            apart = kind["apart"][:most]
            roles = ", ".join(f"{role['name']} {role['ads']}" for role in kind["roles"][:3])
            names = ", ".join(f"{self.name(t)} {t['ads']}" if self.full else self.name(t) for t in apart)
            rows.append((str(kind["ads"]), names, ""))
            if self.full:
                like = "; ".join(named(example) for example in kind["examples"])
                rows += [("", f"roles: {roles}", ""), ("", f"such as: {like}", "")]
        agreement = self.report["kinds_agreement"]
        firm = f"; {agreement:.2f} of 1 agree when a fifth is left out" if self.full and rows else ""
        note = f"found from their skills, named by what sets each apart{firm}"
        return Section("KINDS OF LISTINGS", rows, note=note, first=4, fits=not self.full)

    def pay(self) -> Section:
        """Yearly pay per currency, by role and level; what pays differently."""
        pay, rows = self.report["pay"], []
        for currency in pay["currencies"]:
            if currency["median"] is None:
                continue
            rows.append((f"{currency['currency']} {currency['ads']}", quartile_text(currency), ""))
            parts = [*currency["roles"], *currency["seniority"]]
            if len(parts) > 1:
                rows.append(("", " · ".join(map(median_text, parts)), ""))
            rows += self._paid_skills(currency)
        note = f"a year; stated by {pay['stated']} of {pay['of']}, the middle of each range"
        return Section("PAY", rows, note=note, fits=not self.full)

    def _paid_skills(self, currency: Record) -> Iterator[tuple[str, str, str]]:
        for skill in currency["stands_out"][:_STANDING_OUT]:
            here, there = thousands(skill["median"]), thousands(skill["without"])
            yield "", f"{self.name(skill)}: {here} in its {skill['ads']} ads, {there} elsewhere", ""
        if not self.full:
            return
        if not currency["stands_out"] and currency["ads"] >= self.fewest:
            yield "", "no skill's ads pay differently beyond luck", ""
        if currency["skills"]:
            yield "", f"by skill: {' · '.join(map(median_text, currency['skills'][:_PAID]))}", ""

    def lacking(self) -> Section:
        """Terms that are asked for and not in the taxonomy."""
        terms = self.report["unknown_terms"]
        most = _ALL_TERMS if self.full else _TERMS
        written = [f"“{term['text']}” {term['ads']}" for term in terms if term["name"]][:most]
        written += [f"“{term['text']}” {term['ads']}" for term in terms if not term["name"]][:most]
        rows = [("Listings", " · ".join(written), "")] if written else []
        more = (
            f"{len(terms) - len(written)} more with --{'format json' if self.full else 'all'}"
            if len(terms) > len(written)
            else ""
        )
        return Section("NOT IN MY TAXONOMY, NOT COUNTED", rows, note=more, fits=not self.full)

    def next_steps(self) -> Section:
        """The roadmap steps that the most listings ask for."""
        rows = []
        steps = self.report["steps"] if self.advice else ()
        for number, step in enumerate(steps[: _ALL_STEPS if self.full else _STEPS], 1):
            hours = f"{step['hours'][0]}-{step['hours'][1]} h" if step["hours"] else "hours not known"
            names = ", ".join(skill["name"] for skill in step["skills"])
            text = f"{step['title']}, {hours}" + (f": {names}" if self.full else "")
            rows.append((f"{number} {self.counted(step['required'])}", text, step["id"]))
        soon = self.report["open"]
        if soon["as_of"] and soon["of"]:
            week = f"; {soon['soon']} of them for a week at most" if soon["soon"] else ""
            state = f"{soon['ads']} of the {soon['of']} that name their last day{week}"
            rows.append(("Open", state, ""))
        if not self.advice:
            return Section("STILL OPEN", [("", state, "") for _, state, _ in rows], first=1)
        note = "where most listings have a must-have; hours are estimates"
        return Section("WHAT TO DO NEXT", rows, note=note, last=27, fits=not self.full)

    # -- the rest ---------------------------------------------------------------------------

    def _more(self) -> Iterator[Section]:
        report = self.report
        yield self._segments("BY ROLE", report["roles"], lambda row: row["name"])
        yield self._segments("BY LEVEL", report["seniority"], lambda row: LEVELS.get(row["id"], row["id"]))
        yield self._segments("BY WEEK OF POSTING", report["weeks"], lambda row: f"from {row['from']}")
        changes = [
            (
                c["name"],
                f"{self.counted(c['from'])} in {c['first']}, {self.counted(c['to'])} in {c['last']}",
                "",
            )
            for c in report["changes"]
        ]
        yield Section("RISEN OR FALLEN", changes, note="first and last week with enough listings", first=30)
        employers = [
            (str(e["ads"]), e["company"], "") for e in report["counted"]["most_listings"] if e["ads"] > 1
        ]
        yield Section("EMPLOYERS WITH SEVERAL", employers, first=4)
        yield listed(
            "COUNTED LESS",
            report["stuffed"],
            lambda row: f"{', '.join(row['reasons'])}: counts {row['weight']:g}",
        )
        yield listed("LEFT OUT", report["left_out"], lambda row: row["reason"])
        yield listed("CLOSING WITHIN A WEEK", report["open"]["closing"], lambda row: f"on {row['closes']}")
        yield listed("CLOSED", report["closed"], lambda row: f"since {row['closes']}")
        yield listed("FAR AWAY", report["far"], lambda row: f"{row['reason']}: {row['place']}")

    def _segments(self, title: str, rows: Sequence[Record], name: Any) -> Section:
        cells, bare = [], []
        for row in rows:
            skills = [skill for skill in row["skills"] if skill["required"]["ads"] >= _REPEATED][:_SEGMENT]
            enough = row["ads"] >= self.fewest
            text = " · ".join(f"{self.name(s)} {self.figure(s['required'])}" for s in skills)
            if not text:
                bare.append(f"{name(row)} {row['ads']}")
                continue
            cells.append((name(row), text, str(row["ads"]) if enough else f"only {row['ads']}"))
        if cells and bare:
            cells.append(("the others", f"no skill in two of them: {' · '.join(bare)}", ""))
        return Section(title, cells, note="must-haves", right="listings", first=24)

    # -- figures ----------------------------------------------------------------------------

    def figure(self, figure: Record) -> str:
        """A share where there is one, a plain count where there are too few listings."""
        return str(figure["ads"]) if figure["share"] is None else percent(figure["share"])

    def span(self, figure: Record) -> str:
        """The range of a share, such as 59-72."""
        return "" if figure["share"] is None else f"{100 * figure['low']:.0f}-{100 * figure['high']:.0f}"

    def counted(self, figure: Record) -> str:
        """A share, or a count with what it is of."""
        return f"{figure['ads']} of {self.ads}" if figure["share"] is None else percent(figure["share"])

    def marked(self, row: Record) -> str:
        """The name, with a star where another of a set would do in most of the listings."""
        return f"{self.name(row)} *" if self._in_sets(row) else self.name(row)

    def name(self, row: Record) -> str:
        """A skill's initials where it has some, else its name."""
        return str(self.report["short_names"].get(row["id"], row["name"]))

    def _in_sets(self, row: Record) -> bool:
        return bool(2 * row["in_sets"] > row["required"]["ads"])
