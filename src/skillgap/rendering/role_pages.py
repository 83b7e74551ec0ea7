"""How far a resume is from the role types: all of them at a glance, or one in full."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from skillgap.analysis.role_fit import LEAST_WEIGHT, RoleFit
from skillgap.rendering.draw import draw_grid, draw_indented, draw_title, styled
from skillgap.rendering.pages import draw_role_facts, role_record
from skillgap.taxonomy import Taxonomy

if TYPE_CHECKING:
    from rich.console import Console

_NEXT = 4  # open skills named per role
_BAR = 20
_STATUS = {"matched": "shown", "implied": "taken as known", "related": "close", "missing": "open"}


def fit_record(fit: RoleFit, taxonomy: Taxonomy) -> dict[str, Any]:
    """One distance, with pay, growth and assessments of the role as the documents have them."""
    return {
        **role_record(taxonomy, taxonomy.roles[fit.role]),
        "met_strict": fit.strict,
        "met_lenient": fit.lenient,
        "of": fit.of,
        "least_weight": LEAST_WEIGHT,
        "matches": [
            {
                "id": match.requirement.skill,
                "name": taxonomy.skill(match.requirement.skill).name,
                "weight": weight,
                "status": match.status,
                "via": list(match.via),
            }
            for weight, match in fit.matches
        ],
    }


def draw_fits(console: Console, taxonomy: Taxonomy, fits: Sequence[RoleFit]) -> None:
    """All role types, nearest first, with what to learn first for each."""
    console.print(styled("How far your resume is from each role type", style="bold"))
    console.print(
        styled(
            f"Skills of weight {LEAST_WEIGHT} to 5: # shown in work, + listed or implied, . open",
            style="dim",
        )
    )
    console.print()
    for fit in fits:
        line = styled(f"  {taxonomy.roles[fit.role]['name']:36}{_met(fit)} of {fit.of:<4}")
        line.append(" " * max(1, 54 - line.cell_len))
        line.append(_bar(fit), style="cyan")
        console.print(line)
        if fit.open:
            names = ", ".join(taxonomy.skill(skill).name for skill in fit.open[:_NEXT])
            draw_indented(console, f"open: {names}", "", by=4)
    console.print()
    console.print(
        styled("One in full, with pay and interviews: skillgap roles ROLE --resume CV", style="dim")
    )


def _met(fit: RoleFit) -> str:
    return str(fit.strict) if fit.strict == fit.lenient else f"{fit.strict}-{fit.lenient}"


def _bar(fit: RoleFit) -> str:
    width = min(_BAR, fit.of)
    strict = round(fit.strict * width / max(1, fit.of))
    lenient = max(strict, round(fit.lenient * width / max(1, fit.of)))
    return "#" * strict + "+" * (lenient - strict) + "." * (width - lenient)


def draw_fit(console: Console, taxonomy: Taxonomy, fits: Sequence[RoleFit]) -> None:
    """One role type: its skills by what the resume shows, then what the documents say of it."""
    fit = fits[0]
    role = taxonomy.roles[fit.role]
    console.print(styled(role["name"], style="bold"))
    console.print(styled(role["summary"]))
    console.print(styled(f"{fit.strict} of {fit.of} central skills shown in work, {fit.lenient} in all"))
    for status, word in _STATUS.items():
        names = [
            f"{taxonomy.skill(match.requirement.skill).name} ({weight})"
            for weight, match in fit.matches
            if match.status == status
        ]
        if names:
            draw_title(console, word.upper(), "with their weight, 5 at the centre")
            draw_grid(console, [("", ", ".join(names), "")], first=1)
    draw_role_facts(console, taxonomy, role_record(taxonomy, role))
