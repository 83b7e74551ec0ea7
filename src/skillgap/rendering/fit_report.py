"""The report on saved listings for one resume or many: what is open, what opens more, how sure that is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from skillgap.market.answers import Flip, Pick, Unlock, UnlockSet
from skillgap.market.must_haves import APART, Listing
from skillgap.market.ranking import Fit, Ranking
from skillgap.market.role_gaps import RoleGap
from skillgap.rendering.market_words import Section, plural

_TOP = 3  # listings whose open must-haves are named in brief
_RANKED, _OPENED, _TOGETHER, _ROLES, _NAMES = 5, 3, 2, 5, 3
_LONGEST = 58  # letters of a listing's name where it has to stay on one line
_WIDEST_BAR = 30
_APART = {
    "thin": "that say too little or are of another field",
    "closed": "closed",
    "applied": "you have applied for",
    "skip": "you skip",
}


def line_words(line: Fraction) -> str:
    """The line in counts: all must-haves, or 4 of every 5 must-haves."""
    if line == 1:
        return "all must-haves"
    return f"{line.numerator} of every {line.denominator} must-haves"


def listing_words(listing: Listing) -> str:
    """Title and company, or else where the listing stands."""
    told = " · ".join(part for part in (listing.title, listing.company) if part)
    place = listing.source if listing.row is None else f"{listing.source}#{listing.row}"
    return told or place


class FitReport:
    """Everything the text and the Markdown show of one resume, in their order; ``full`` cuts nothing."""

    def __init__(
        self,
        ranking: Ranking,
        unlock: Unlock,
        roles: Sequence[RoleGap],
        *,
        label: str = "",
        full: bool = False,
    ) -> None:
        self.ranking = ranking
        self.unlock = unlock
        self.roles = roles
        self.label = label
        self.full = full

    def headline(self) -> str:
        """Whose listings these are."""
        return (
            f"Your saved listings and {self.label}" if self.label else "Your saved listings and your resume"
        )

    def frame(self) -> Iterator[str]:
        """What is open, before anything else: what is there comes before what is not."""
        ranked, over = len(self.ranking.fits), len(self.unlock.over)
        line = line_words(self.unlock.line)
        if not ranked:
            yield "None of them can be ranked; why is below."
            if any(listing.apart == "closed" for listing in self.ranking.apart):
                yield "Old pages? --as-of with a day of then counts what was open on it."
            return
        how_many = "none is" if not over else f"{over} {'is' if over == 1 else 'are'}"
        yet = "" if over else " yet"
        yield f"{plural(ranked, 'listing')} can be ranked; {how_many} over the line of {line}{yet}."
        if self.unlock.years_short:
            more = self._ask(self.unlock.years_short, "more listing")
            yield f"{more} for more years than you show."

    def sections(self) -> list[Section]:
        """The parts that have something to say."""
        if not self.ranking.fits:
            return [section for section in (self._apart(),) if section.rows]
        parts = [self._ranked(), self._apart(), *self._learn(), self._curve(), self._roles()]
        return [section for section in parts if section.rows]

    # -- what is there ------------------------------------------------------------------------

    def _ranked(self) -> Section:
        fits = self.ranking.fits if self.full else self.ranking.fits[:_RANKED]
        rows = [row for number, fit in enumerate(fits, 1) for row in self._fit_rows(number, fit)]
        left = len(self.ranking.fits) - len(fits)
        if left:
            rows.append(("", f"{left} more with --all", ""))
        over = "; ✓ over" if self.unlock.over else ""
        note = f"must-haves met in work - listed or implied too, of all asked{over}"
        return Section("RANKED", rows, note, first=14, last=0)

    def _fit_rows(self, number: int, fit: Fit) -> Iterator[tuple[str, str, str]]:
        met = str(fit.strict) if fit.strict == fit.lenient else f"{fit.strict}-{fit.lenient}"
        mark = " ✓" if fit.over(self.unlock.line) else ""
        copies = f" (+{plural(fit.listing.copies, 'near copy')})"
        told = self._told(fit.listing) + (copies if fit.listing.copies and self.full else "")
        yield f"{number:<3}{met} of {fit.of}", f"{told}{mark}", ""
        if fit.open and (self.full or number <= _TOP):
            yield "", f"open: {self._open(fit.open, self.ranking.names)}", ""

    def _apart(self) -> Section:
        apart = sorted(self.ranking.apart, key=lambda listing: APART.index(listing.apart or ""))
        if self.full:
            rows = [("", f"{listing_words(x)}: {' and '.join(x.reasons)}", "") for x in apart]
        else:
            counts = Counter(listing.apart or "" for listing in apart)
            words = ", ".join(f"{count} {_APART[kind]}" for kind, count in counts.items())
            rows = [("", words, "")] if words else []
        return Section("NOT RANKED", rows, "" if self.full else "why, one by one: --all", first=0, last=0)

    # -- what to learn ------------------------------------------------------------------------

    def _learn(self) -> list[Section]:
        best = self.unlock.sets[-1]
        if not best.gain:
            return [self._not_yet(best), self._wanted()]
        sections = [self._steps(best) if self.unlock.by == "hours" else self._skills()]
        return [*sections, self._opened(best), self._together(best), self._flip(best)]

    def _skills(self) -> Section:
        rows = []
        for found in self.unlock.sets:
            if found.limit > len(found.picks):
                continue  # one more skill opens nothing more
            names = self._and([self._pick(pick) for pick in found.picks])
            rows.append((str(len(found.picks)), f"{names}, {_up_to(found.hours)}", f"+{found.gain}"))
        note = "the skills that open the most listings together"
        return Section("LEARN NEXT", rows, note, "opens", first=2, last=6)

    def _pick(self, pick: Pick) -> str:
        close = " (close to what you show)" if pick.close else ""
        return f"{self.unlock.names.get(pick.id, pick.name)}{close}"

    def _steps(self, best: UnlockSet) -> Section:
        rows = []
        before = len(self.unlock.over)
        for number, pick in enumerate(best.picks, 1):
            gain = f"{before} -> {pick.total}" if pick.total > before else str(pick.total)
            before = pick.total
            rows.append((f"{number}", f"{pick.name}, up to {pick.hours} h ({pick.id})", gain))
        note = f"{best.hours} of {best.limit} hours, in an order that works"
        return Section("LEARN NEXT", rows, note, "open", first=2, last=10)

    def _opened(self, best: UnlockSet) -> Section:
        ranked = sorted(best.opened, key=lambda o: (len(o.by), o.listing.key))
        shown = ranked if self.full else ranked[:_OPENED]
        rows = []
        for opened in shown:
            of = len(opened.listing.groups)
            rows.append(("", self._told(opened.listing), f"{opened.before} -> {opened.after} of {of}"))
        if len(shown) < len(ranked):
            rows.append(("", f"{len(ranked) - len(shown)} more with --all", ""))
        many = len(best.picks) != 1
        title = f"OPEN WITH {'THESE ' if many else 'THIS ONE'}{len(best.picks) if many else ''}"
        return Section(title, rows, "must-haves met before and after", first=0, last=14)

    def _together(self, best: UnlockSet) -> Section:
        chosen = {pick.id for pick in best.picks}
        rows = [
            ("", self._all([self._named(best, name) for name in ids]), f"+{count}")
            for ids, count in {**dict(best.together), **dict(self.unlock.together)}.items()
            if self.full or set(ids) != chosen  # that one stands above
        ]
        shown = rows if self.full else rows[:_TOGETHER]
        note = "no part of these opens any by itself"
        return Section("ONLY TOGETHER", shown, note, "opens", first=0, last=6)

    def _flip(self, best: UnlockSet) -> Section:
        rows = [("sure", self._sure(best), "")]
        if self.full or len(best.picks) <= _NAMES:
            losses = [f"{self._named(best, p.id)} {p.lost}" for p in best.picks if len(best.picks) > 1]
            if losses:
                rows.append(("without", f"listings lost without each: {', '.join(losses)}", ""))
        if best.flip:
            rows += [("instead", text, "") for text in self._rival(best, best.flip)]
        return Section("WHAT WOULD FLIP THIS", rows, first=8, last=0)

    def _sure(self, best: UnlockSet) -> str:
        if not best.short:
            return "proved: no other choice of this size opens more"
        return f"not proved: another choice may open up to {plural(best.short, 'listing')} more"

    def _rival(self, best: UnlockSet, flip: Flip) -> Iterator[str]:
        mine = {pick.id for pick in best.picks}
        other = [name for i, name in zip(flip.ids, flip.names, strict=True) if i not in mine]
        gone = [self._named(best, pick.id) for pick in best.picks if pick.id not in flip.ids]
        swap = f"{self._and(other)} for {self._and(gone)}" if other else f"without {self._and(gone)}"
        many = len(flip.only_other) + len(flip.only_chosen)
        if flip.margin > 0:
            yield f"{swap}: {plural(flip.margin, 'listing')} fewer, {self._against(best, flip)}"
            told = f"; it alone opens {listing_words(flip.only_other[0])}" if flip.only_other else ""
            yield f"{flip.margin + 1} more like it would turn this round{told}"
        elif flip.margin == 0:
            tie = "the same listings" if not many else "as many listings, others among them"
            yield f"{swap}: {tie}, {self._against(best, flip)}; take what suits you"
        else:
            yield f"{swap}: {plural(-flip.margin, 'listing')} more; not searched to the end"

    @staticmethod
    def _against(best: UnlockSet, flip: Flip) -> str:
        """What the runner-up takes, beside what the choice takes."""
        same = flip.hours == best.hours
        return f"{_up_to(flip.hours)}{' as well' if same else f' against {best.hours} h'}"

    @staticmethod
    def _ask(number: int, noun: str) -> str:
        return f"{plural(number, noun)} {'asks' if number == 1 else 'ask'}"

    def _not_yet(self, best: UnlockSet) -> Section:
        limit = f"{best.limit} hours of study" if self.unlock.by == "hours" else plural(best.limit, "skill")
        sure = "" if not best.short else f" that I found (at most {best.short} could)"
        kind = "" if self.unlock.by == "hours" else "set of "
        verb = "bring" if self.unlock.by == "hours" else "brings"
        rows = [("", f"No {kind}{limit}{sure} {verb} a listing over the line yet.", "")]
        if self.unlock.beyond:
            rows.append(
                (
                    "",
                    f"{self._ask(self.unlock.beyond, 'listing')} for what only work or an exam teaches.",
                    "",
                )
            )
        if self.unlock.by == "skills" and self.unlock.nearest:
            rows.append(
                ("", "A step teaches several at once: --hours N says what N hours of steps open.", "")
            )
        for near in self.unlock.nearest:
            words = f"{listing_words(near.listing)}: {self._open(near.open, self.unlock.names)}"
            rows.append(("", words, plural(near.skills, "skill")))
        note = "the nearest listings, and what they still ask"
        return Section("NOT YET, BUT IN SIGHT", rows, note, first=0, last=10)

    def _wanted(self) -> Section:
        most = self.unlock.asked_most
        words = ", ".join(f"{self.unlock.names[skill]} ({count})" for skill, count in most)
        rows = [("", words, "")] if most else []
        if rows and self.unlock.line == 1:
            rows.append(("", "Few people meet every wish: see --line 0.8, four must-haves of five.", ""))
        return Section("OPEN MOST OFTEN", rows, "in how many of the listings", first=0, last=0)

    # -- curve and roles ------------------------------------------------------------------------

    def _curve(self) -> Section:
        points = self.unlock.curve
        most = max((point.total for point in points), default=0)
        if self.unlock.by != "hours" or not most:
            return Section("", ())
        if not self.full:
            firsts = {point.total: point for point in reversed(points)}
            rising = sorted(firsts.values(), key=lambda point: point.limit)
            words = ", ".join(f"{point.limit} h: {point.total}" for point in rising)
            return Section("WHAT HOURS BUY", [("", words, "")], "listings open", first=0, last=0)
        rows = []
        for point in points:
            bar = "#" * max(point.total > 0, round(point.total * _WIDEST_BAR / max(most, _WIDEST_BAR)))
            rows.append(
                (f"{point.limit} h", bar + ("" if point.proved else "  (at least)"), str(point.total))
            )
        return Section("WHAT HOURS BUY", rows, "", "listings open", first=7, last=6)

    def _roles(self) -> Section:
        often = sorted(self.roles, key=lambda gap: -gap.listings)[: None if self.full else _ROLES]
        gaps = [gap for gap in self.roles if gap in often]
        rows = []
        for gap in gaps:
            least = "" if gap.exact else "at least "
            near = (
                f"{gap.over} of {gap.listings} open"
                if gap.over
                else f"{plural(gap.nearest, 'skill')} to the nearest"
            )
            words = f"{near}, {least}{gap.half} to half of them"
            if gap.half == 0:
                words = near
            elif gap.listings == 1:
                words = f"{least}{plural(gap.half, 'skill')}"
            elif gap.nearest == gap.half:
                words = f"{least}{plural(gap.half, 'skill')} to the nearest and to half"
            rows.append((gap.name, words, str(gap.listings)))
        return Section(
            "HOW FAR FROM EACH ROLE", rows, "fewest skills to the line", "listings", first=34, last=5
        )

    # -- words ----------------------------------------------------------------------------------

    def _named(self, best: UnlockSet, name: str) -> str:
        titles = {pick.id: pick.name for pick in best.picks}
        return self.unlock.names.get(name) or titles.get(name, name)

    def _open(self, groups: Sequence[Sequence[str]], names: Mapping[str, str]) -> str:
        shown = groups if self.full else groups[:_NAMES]
        words = [
            " or ".join(names.get(m, m) for m in members[: None if self.full else 2]) for members in shown
        ]
        left = len(groups) - len(shown)
        return ", ".join(words) + (f" and {left} more" if left else "")

    def _told(self, listing: Listing) -> str:
        words = listing_words(listing)
        return words if self.full or len(words) <= _LONGEST else f"{words[: _LONGEST - 1].rstrip()}…"

    def _all(self, words: Sequence[str]) -> str:
        """Skills in words; titles of steps hold an "and" of their own."""
        return " + ".join(words) if self.unlock.by == "hours" else self._and(words)

    @staticmethod
    def _and(words: Sequence[str]) -> str:
        return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"

    def foot(self) -> list[str]:
        """What the figures are, and where to go from here."""
        lines = ["Hours, at most: a skill's step less what you show of it, and the steps before."]
        picks = self.unlock.sets[-1].picks
        step = next((pick.step for pick in picks if pick.step), None)
        if step:
            lines.append(f"Open a step: skillgap roadmap {step}")
        return lines


def _up_to(hours: int) -> str:
    return f"up to {hours} h"
