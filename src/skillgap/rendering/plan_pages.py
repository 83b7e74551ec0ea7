"""A learning plan for the terminal (80 columns) and as Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from skillgap.analysis.plan import Plan, PlannedStep
from skillgap.rendering.draw import draw_grid, draw_indented, draw_title, styled
from skillgap.rendering.markdown import escape
from skillgap.rendering.plan_report import HOW, KNOWN_NOTE, PlanReport, hours

if TYPE_CHECKING:
    from rich.console import Console

_DATES = 15  # width of the column that holds them
_IN_FULL = 9  # steps shown with their reason; more with --all
_IN_BRIEF = 4  # of the weaker levels and of what does not fit


def draw_plan(console: Console, plan: Plan, *, full: bool = False) -> None:
    """Print a plan; ``full`` shows every step with its reason and link."""
    report = PlanReport(plan, full=full)
    console.print(styled(report.headline(), style="bold"))
    console.print(styled(report.frame()))
    for line in report.outlooks():
        console.print(styled(line))
    done = report.done()
    if done:
        console.print(styled(done, style="green"))
    nothing = report.nothing()
    if nothing:
        console.print(styled(nothing, style="yellow"))
    for number, (title, note, steps) in enumerate(report.levels()):
        _draw_level(console, report, (title, note), steps, brief=not full and number > 0)
    _draw_not_fitting(console, report)
    _draw_apart(console, report)
    _draw_projects(console, report)
    _draw_foot(console, report)


def _draw_level(
    console: Console, report: PlanReport, title: tuple[str, str], steps: Sequence[PlannedStep], *, brief: bool
) -> None:
    draw_title(console, title[0], title[1], "" if brief else "met")
    most = len(steps) if report.full else _IN_BRIEF if brief else _IN_FULL
    for step in steps[:most]:
        if brief:
            draw_grid(console, [(f"{step.begin}", f"{step.title}, {hours(step.hours)}", "")], first=_DATES)
            continue
        why = f"{hours(step.hours)}, {HOW[step.how]}; {step.because}"
        rows = [
            (f"{step.begin}", f"{report.number(step)} {step.title}  {step.id}", report.change(step)),
            (f"to {step.finish}", why, ""),
        ]
        draw_grid(console, rows, first=_DATES)
        if report.full and step.url:
            draw_indented(console, step.url, "", by=4)  # whole, so that it can be opened
    if len(steps) > most:
        draw_indented(console, f"{len(steps) - most} more with --all", "", by=3 + _DATES)


def _draw_not_fitting(console: Console, report: PlanReport) -> None:
    left = report.plan.not_fitting
    if not left:
        return
    draw_title(console, f"DOES NOT FIT INTO {report.weeks().upper()}", report.not_fitting_note())
    most = len(left) if report.full else _IN_BRIEF
    draw_grid(console, ((hours(s.hours), f"{s.title}: {s.because}", "") for s in left[:most]), first=_DATES)
    if len(left) > most:
        draw_indented(console, f"{len(left) - most} more with --all", "", by=3 + _DATES)


def _draw_apart(console: Console, report: PlanReport) -> None:
    if report.on_the_job():
        draw_title(console, "ON THE JOB", "no course hours; ask for the work, or show where you did it")
        draw_grid(console, ((title, names, "") for title, names in report.on_the_job()), first=30)
    if report.credentials():
        draw_title(console, "CERTIFICATES", "hours not known, none counted")
        for name, state in report.credentials():
            draw_indented(console, f"{name}: {state}", "")
    unplaced = report.unplaced()
    if unplaced:
        draw_title(console, "NO STEP TEACHES")
        draw_indented(console, unplaced, "")
    known = report.known()
    if known:
        draw_title(console, "TAKEN AS KNOWN", KNOWN_NOTE)
        most = len(known) if report.full else _IN_BRIEF
        more = f" · {len(known) - most} more with --all" if len(known) > most else ""
        draw_indented(console, " · ".join(known[:most]), more)


def _draw_projects(console: Console, report: PlanReport) -> None:
    if not report.plan.unproven:
        return
    if not report.plan.projects:
        draw_title(console, "BUILD TO SHOW IT")
        draw_indented(console, "None of our portfolio projects proves a must-have that is missing.", "")
        return
    draw_title(console, "BUILD TO SHOW IT", report.projects_note())
    for title, span, proves in report.projects():
        draw_grid(console, [(span, title, ""), ("", proves, "")], first=_DATES)


def _draw_foot(console: Console, report: PlanReport) -> None:
    plan = report.plan
    console.print()
    if len(plan.phases()) > 1:
        console.print(styled("Must-haves only:    --down-to required", style="dim"))
    if plan.steps:
        console.print(styled(f"Open a step:        skillgap roadmap {plan.steps[0].id}", style="dim"))
        console.print(styled(f"Tick it off:        skillgap plan done {plan.steps[0].id}", style="dim"))
        console.print(styled("Into your calendar: --format ical -o plan.ics", style="dim"))


def plan_markdown(plan: Plan) -> str:
    """The same content as the text with ``--all``."""
    return "\n".join(_lines(PlanReport(plan, full=True))) + "\n"


def _lines(report: PlanReport) -> Iterator[str]:
    plan = report.plan
    yield f"# {escape(report.headline())}\n"
    yield f"{escape(report.frame())}.\n"
    yield from (f"- {escape(line)}" for line in report.outlooks())
    for line in (report.done(), report.nothing()):
        if line:
            yield f"\n{escape(line)}"
    for title, note, steps in report.levels():
        yield f"\n## {escape(title.capitalize())} ({escape(note)})\n"
        yield from _table(
            ("#", "from", "to", "step", "hours", "must-haves met", "why"),
            (
                (
                    str(report.number(s)),
                    str(s.begin),
                    str(s.finish),
                    _linked(s),
                    hours(s.hours),
                    report.change(s),
                    escape(s.because),
                )
                for s in steps
            ),
        )
    if plan.not_fitting:
        yield f"\n## Does not fit into {report.weeks()} ({report.not_fitting_note()})\n"
        yield from (f"- {_linked(s)}, {hours(s.hours)}: {escape(s.because)}" for s in plan.not_fitting)
    yield from _apart(report)


def _apart(report: PlanReport) -> Iterator[str]:
    for title, pairs in (
        ("On the job, no course hours", report.on_the_job()),
        ("Certificates, hours not known", report.credentials()),
    ):
        if pairs:
            yield f"\n## {title}\n"
            yield from (f"- **{escape(name)}**: {escape(text)}" for name, text in pairs)
    unplaced = report.unplaced()
    if unplaced:
        yield f"\n## No step teaches\n\n{escape(unplaced)}"
    if report.known():
        yield f"\n## Taken as known ({KNOWN_NOTE})\n"
        yield from (f"- {escape(line)}" for line in report.known())
    if report.plan.projects:
        yield f"\n## Build to show it ({escape(report.projects_note())})\n"
        for title, span, proves in report.projects():
            yield f"- **{escape(title)}**, {span}: {escape(proves)}"


def _linked(step: PlannedStep) -> str:
    title = f"[{escape(step.title)}]({step.url})" if step.url else escape(step.title)
    return f"{title} (`{step.id}`)"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)
