"""``skillgap roadmap``, ``skillgap roles``, ``skillgap schema``."""

from __future__ import annotations

import importlib
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from skillgap.cli.common import (
    Output,
    anonymise_option,
    dump_json,
    format_option,
    output_options,
    override_option,
    taxonomy_option,
)
from skillgap.errors import InputError, NotFoundError, UsageError
from skillgap.taxonomy import Step, Taxonomy, load_taxonomy

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from skillgap.analysis.gap import Shown

_FIT, _BROWSE = "skillgap.rendering.fit_schema", "skillgap.rendering.browse_schema"
_RECORDS = {  # name -> module and model of what is printed; of lists the model of their items
    "job": ("skillgap.rendering.schemas", "JobRecord"),
    "resume": ("skillgap.rendering.gap_schemas", "ResumeRecord"),
    "gap": ("skillgap.rendering.gap_schemas", "GapRecord"),
    "plan": ("skillgap.rendering.plan_schema", "PlanRecord"),
    "market": (_FIT, "BatchRecord"),
    "ranking": (_FIT, "RankingRecord"),
    "unlock": (_FIT, "UnlockRecord"),
    "role_gaps": (_FIT, "RoleGapRecord"),
    "people": (_FIT, "PersonFit"),
    "people_unlock": (_FIT, "PeopleRecord"),
    "skill": (_BROWSE, "KnownSkill"),
    "step": (_BROWSE, "RoadmapStep"),
    "role": (_BROWSE, "RoleType"),
    "role_fit": (_BROWSE, "RoleFitRecord"),
    "project": ("skillgap.taxonomy.schema", "ProjectEntry"),
}
_LISTS = frozenset({"role_gaps", "people"})


@click.command()
@click.argument("step", required=False)
@format_option()
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
@click.option(
    "--resume", "cv", metavar="CV", help="Mark what this resume shows: the distance to each role type."
)
@override_option
@anonymise_option
@format_option()
@taxonomy_option
@output_options
def roles(
    *,
    role: str | None,
    cv: str | None,
    override: str | None,
    anonymise: bool,
    layout: str,
    overlays: tuple[str, ...],
    output: str | None,
    no_color: bool,
) -> None:
    """Show the role types, or what ROLE needs, pays and is tested on, with document and year."""
    from skillgap.rendering import pages
    from skillgap.rendering.terminal import render

    taxonomy = load_taxonomy(*overlays)
    out = Output(output, no_color=no_color, inputs=[cv] if cv else ())
    if cv is not None:
        chosen = _role(taxonomy, role)["id"] if role else None
        shown = _shown(taxonomy, cv, override, anonymise=anonymise)
        out.write(_fits(taxonomy, shown, chosen, layout, out))
        return
    if click.get_current_context().get_parameter_source("override") is ParameterSource.COMMANDLINE:
        raise UsageError("--override is about a resume; name it with --resume CV")
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


def _shown(taxonomy: Taxonomy, cv: str, override: str | None, *, anonymise: bool) -> Shown:
    """What a resume shows, with what the person knows by their own word."""
    from skillgap.analysis.gap import Shown
    from skillgap.analyzer import Analyzer
    from skillgap.cli.common import inputs
    from skillgap.overrides import NONE, load_overrides
    from skillgap.rendering.anonymous import masked_sentence

    overrides = load_overrides(override, taxonomy) if override else NONE
    try:
        report = Analyzer(taxonomy).resume(next(iter(inputs([cv], clipboard=False)))())
    except InputError as error:
        if not anonymise:
            raise
        raise type(error)(masked_sentence(str(error), cv, None, "resume")) from None
    return Shown(report.profile, taxonomy, overrides.everywhere.know)


def _fits(taxonomy: Taxonomy, shown: Shown, role: str | None, layout: str, out: Output) -> str:
    """The distance of a resume to every role type, or to one in full."""
    from skillgap.analysis.role_fit import role_fit, role_fits
    from skillgap.rendering import role_pages
    from skillgap.rendering.terminal import render

    fits = [role_fit(shown, taxonomy.roles[role])] if role else role_fits(shown, taxonomy)
    if layout == "json":
        records = [role_pages.fit_record(fit, taxonomy) for fit in fits]
        return dump_json(records[0] if role else records)
    draw = role_pages.draw_fit if role else role_pages.draw_fits
    return render(lambda console: draw(console, taxonomy, fits), color=out.color, width=out.width)


def _role(taxonomy: Taxonomy, name: str) -> Mapping[str, Any]:
    wanted = "_".join(name.lower().replace("-", " ").split())
    for entry in taxonomy.roles.values():
        known = [*entry["titles"], *entry["broad_titles"]]
        titles = ["_".join(title.lower().replace("-", " ").split()) for title in known]
        if wanted in (entry["id"], *titles):
            return entry
    raise NotFoundError(
        f"there is no role type {name!r}{_nearest(wanted, list(taxonomy.roles))}; all of them: skillgap roles"
    )


@click.command()
@click.argument("name", type=click.Choice(list(_RECORDS)), metavar="NAME")
def schema(name: str) -> None:
    """Print the JSON Schema of a record that a command prints.

    NAME is job (analyze), resume, gap (compare), plan or market (batch); of the parts of market ranking,
    unlock, role_gaps, people or people_unlock; skill (taxonomy show), step (roadmap STEP), role (roles
    ROLE), role_fit (roles ROLE --resume CV); or project, an entry of the taxonomy. The shapes of all
    taxonomy files: skillgap taxonomy schema.
    """
    click.echo(dump_json(record_type(name).json_schema(by_alias=True)), nl=False)


def record_type(name: str) -> TypeAdapter[Any]:
    """What ``skillgap schema NAME`` describes, as the type that checks such a record."""
    from pydantic import TypeAdapter

    module, model_name = _RECORDS[name]
    model: Any = getattr(importlib.import_module(module), model_name)
    return TypeAdapter(list[model] if name in _LISTS else model)
