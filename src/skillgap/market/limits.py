"""What a person may set: the line, and how many skills or hours there are."""

from __future__ import annotations

from fractions import Fraction

from skillgap.errors import UsageError

MOST_SKILLS = 12


def a_line(line: Fraction | float | str) -> Fraction:
    """The line as an exact share of the must-haves; UsageError unless it is above 0 and at most 1."""
    try:
        share = Fraction(str(line))
    except (ValueError, ZeroDivisionError) as error:
        raise UsageError(f"--line {line}: must be a share such as 0.8") from error
    if not 0 < share <= 1:
        raise UsageError(f"--line {line}: must be above 0 and at most 1; 0.8 is four must-haves of five")
    return share


def a_limit(skills: int | None, hours: int | None, *, usual: int) -> int:
    """The number of skills (``usual`` if nothing is given) or hours; UsageError where it is out of range."""
    if skills is not None and hours is not None:
        raise UsageError("give either a number of skills or a number of hours, not both")
    if hours is not None:
        if hours < 1:
            raise UsageError(f"{hours} hours: give at least one hour to learn in")
        return hours
    limit = usual if skills is None else skills
    if not 1 <= limit <= MOST_SKILLS:
        raise UsageError(f"{limit} skills: give a number from 1 to {MOST_SKILLS}")
    return limit
