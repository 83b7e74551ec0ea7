"""``skillgap roadmap``, ``skillgap roles``, ``skillgap schema``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import click

from skillgap.cli.common import Output, dump_json, format_option, output_options, taxonomy_option
from skillgap.errors import NotFoundError
from skillgap.taxonomy import Step, Taxonomy, load_taxonomy


@click.command()
@click.argument("step", required=False)
@format_option
@taxonomy_option
@output_options
def roadmap(
    *, step: str | None, layout: str, overlays: tuple[str, ...], output: str | None, no_color: bool
) -> None:
    """Show the whole roadmap in an order you can follow, or what STEP teaches."""
    from skillgap.rendering import pages
    from skillgap.rendering.terminal import render

    taxonomy = load_taxonomy(*overlays)
    out = Output(output, no_color=no_color)
    if step is None:
        ordered = sorted(taxonomy.steps.values(), key=lambda s: taxonomy.step_order[s.id])
        if layout == "json":
            out.write(dump_json([entry.to_dict() for entry in ordered]))
        else:
            out.write(
                render(lambda c: pages.draw_roadmap(c, taxonomy, ordered), color=out.color, width=out.width)
            )
        return
    stage = [s for s in taxonomy.steps.values() if s.id.split(".")[0] == step.strip().lower()]
    if stage:
        out.write(
            dump_json([entry.to_dict() for entry in stage])
            if layout == "json"
            else render(lambda c: pages.draw_roadmap(c, taxonomy, stage), color=out.color, width=out.width)
        )
        return
    entry = _step(taxonomy, step)
    if layout == "json":
        out.write(dump_json({**entry.to_dict(), "skills": pages.skills_of_step(taxonomy, entry.id)}))
    else:
        out.write(render(lambda c: pages.draw_step(c, taxonomy, entry), color=out.color, width=out.width))


def _step(taxonomy: Taxonomy, name: str) -> Step:
    wanted = name.strip().lower()
    if wanted in taxonomy.steps:
        return taxonomy.steps[wanted]
    skill = taxonomy.find(name)
    if skill is not None and skill.steps:
        return taxonomy.steps[skill.steps[0]]
    near = _nearest(wanted, list(taxonomy.steps))
    raise NotFoundError(f"there is no roadmap step {name!r}{near}; all steps: skillgap roadmap")


def _nearest(wanted: str, known: Sequence[str]) -> str:
    import difflib

    close = difflib.get_close_matches(wanted, known, n=1)
    return f" (did you mean {close[0]}?)" if close else ""


@click.command()
@click.argument("role", required=False)
@format_option
@taxonomy_option
@output_options
def roles(
    *, role: str | None, layout: str, overlays: tuple[str, ...], output: str | None, no_color: bool
) -> None:
    """Show the role types, or what ROLE needs, pays and is tested on, with document and year."""
    from skillgap.rendering import pages
    from skillgap.rendering.terminal import render

    taxonomy = load_taxonomy(*overlays)
    out = Output(output, no_color=no_color)
    if role is None:
        records = [pages.role_record(taxonomy, entry) for entry in taxonomy.roles.values()]
        if layout == "json":
            out.write(dump_json(records))
        else:
            out.write(render(lambda c: pages.draw_roles(c, records), color=out.color, width=out.width))
        return
    record = pages.role_record(taxonomy, _role(taxonomy, role))
    if layout == "json":
        out.write(dump_json(record))
    else:
        out.write(render(lambda c: pages.draw_role(c, taxonomy, record), color=out.color, width=out.width))


def _role(taxonomy: Taxonomy, name: str) -> Mapping[str, Any]:
    wanted = "_".join(name.lower().replace("-", " ").split())
    for entry in taxonomy.roles.values():
        titles = ["_".join(title.lower().replace("-", " ").split()) for title in entry["titles"]]
        if wanted in (entry["id"], *titles):
            return entry
    raise NotFoundError(
        f"there is no role type {name!r}{_nearest(wanted, list(taxonomy.roles))}; all of them: skillgap roles"
    )


@click.command()
@click.argument("name", type=click.Choice(["job", "skill", "step", "role", "project"]))
def schema(name: str) -> None:
    """Print the JSON Schema of a record (job) or of a taxonomy entry."""
    if name == "job":
        from skillgap.rendering.schemas import JobRecord

        click.echo(dump_json(JobRecord.model_json_schema(by_alias=True)), nl=False)
        return
    from skillgap.taxonomy import schema as shapes

    model: Any = {
        "skill": shapes.SkillEntry,
        "step": shapes.StepEntry,
        "role": shapes.RoleEntry,
        "project": shapes.ProjectEntry,
    }[name]
    click.echo(dump_json(model.model_json_schema()), nl=False)
