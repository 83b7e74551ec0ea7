"""A learning plan as iCalendar (RFC 5545): one all-day event per step."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

from skillgap.analysis.plan import Plan, PlannedStep
from skillgap.errors import UsageError
from skillgap.rendering.plan_report import hours
from skillgap.rendering.terminal import harmless

if TYPE_CHECKING:
    from icalendar import Event


def plan_ical(plan: Plan) -> str:
    """The steps as a calendar with CRLF line ends.

    A step keeps its UID from plan to plan, so that importing a later plan moves its event. The stamp is
    the plan's first day, not the clock: the same plan gives the same text. Raises UsageError where the
    icalendar package is missing.
    """
    try:
        from icalendar import Calendar
    except ImportError as error:
        raise UsageError("--format ical needs one more package: python -m pip install icalendar") from error
    calendar = Calendar()
    calendar.add("prodid", "-//skillgap//learning plan//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for step in plan.steps:
        calendar.add_component(_event(step, plan))
    return bytes(calendar.to_ical()).decode("utf-8")


def _event(step: PlannedStep, plan: Plan) -> Event:
    from icalendar import Event

    if step.begin is None or step.finish is None:
        raise ValueError(f"{step.id}: a step without dates is no event")
    event = Event()
    event.add("uid", f"{step.id}@skillgap")
    event.add("dtstamp", datetime.combine(plan.start, time(), UTC))
    event.add("dtstart", step.begin)
    event.add("dtend", step.finish + timedelta(days=1))  # the first day that is no longer part of it
    event.add("summary", harmless(f"{step.title} ({hours(step.hours)})"))
    event.add("description", harmless(f"{step.because}\nWhen it is done: skillgap plan done {step.id}"))
    if step.url:
        event.add("url", step.url)
    event.add("categories", ["skillgap"])
    event.add("transp", "TRANSPARENT")  # it takes some hours of the days, not the days
    return event
