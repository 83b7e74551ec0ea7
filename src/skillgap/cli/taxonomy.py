"""``skillgap taxonomy list | show | check | schema``."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import click

from skillgap.cli.common import Output, output_options, taxonomy_option
from skillgap.errors import NotFoundError, TaxonomyError, UnreadableError
from skillgap.taxonomy import Skill, load_taxonomy
from skillgap.taxonomy.runtime import lookup_key

_FORMAT = click.option(
    "--format",
    "layout",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print.",
)


@click.group()
def taxonomy() -> None:
    """Look into the skill taxonomy and check it."""


@taxonomy.command("list")
@click.option("--kind", help="Only skills of this kind (language, tool, concept, soft ...).")
@click.option("--theme", help="Only skills of this theme (llm, data, cloud ...).")
@click.option("--step", help="Only skills that this roadmap step teaches.")
@click.option("--search", metavar="TEXT", help="Only skills one of whose forms contains TEXT.")
@_FORMAT
@taxonomy_option
@output_options
def list_(
    *, kind: str | None, theme: str | None, step: str | None, search: str | None, layout: str,
    overlays: tuple[str, ...], output: str | None, no_color: bool,
) -> None:  # fmt: skip
    """List skills."""
    loaded = load_taxonomy(*overlays)
    wanted = lookup_key(search) if search else ""

    def fits(skill: Skill) -> bool:
        return (
            kind in (None, skill.kind)
            and theme in (None, skill.theme)
            and (step is None or step in skill.steps)
            and (not wanted or any(wanted in lookup_key(alias.text) for alias in skill.aliases))
        )

    found = [skill for skill in loaded.skills.values() if fits(skill)]
    out = Output(output, no_color=no_color)
    if layout == "json":
        out.write(_dump([skill.to_dict() for skill in found]))
        return
    if not found:
        raise NotFoundError("no skill of the taxonomy fits; loosen --kind, --theme, --step or --search")
    width = max(len(skill.id) for skill in found)
    lines = [f"{skill.id:<{width}}  {skill.kind:<13} {skill.name}" for skill in found]
    out.write("\n".join([*lines, f"{len(found)} skills"]) + "\n")


@taxonomy.command()
@click.argument("name")
@_FORMAT
@taxonomy_option
@output_options
def show(*, name: str, layout: str, overlays: tuple[str, ...], output: str | None, no_color: bool) -> None:
    """Show the skill of this id, name or alias."""
    from skillgap.rendering.pages import draw_skill
    from skillgap.rendering.terminal import render

    loaded = load_taxonomy(*overlays)
    skill = loaded.find(name)
    if skill is None:
        import difflib

        near = difflib.get_close_matches(name.lower(), [s.name.lower() for s in loaded.skills.values()], n=3)
        hint = f"; close to it: {', '.join(near)}" if near else ""
        raise NotFoundError(f"{name!r} is not in the taxonomy{hint}")
    out = Output(output, no_color=no_color)
    if layout == "json":
        out.write(_dump(skill.to_dict()))
    else:
        out.write(
            render(lambda console: draw_skill(console, loaded, skill), color=out.color, width=out.width)
        )


@taxonomy.command()
@click.argument("folders", nargs=-1, metavar="[OVERLAY]...")
@click.option("--format", "layout", type=click.Choice(["text", "json"]), default="text", help="How to print.")
def check(folders: tuple[str, ...], *, layout: str) -> None:
    """Prove the taxonomy, or overlays on it: every fault at once, with file and line."""
    from skillgap.taxonomy.checking import check_folders
    from skillgap.taxonomy.compiler import written_forms
    from skillgap.taxonomy.loading import taxonomy_folder

    paths = [taxonomy_folder(), *map(Path, folders)]
    for path in paths:
        if not path.is_dir():
            raise UnreadableError(f"{path}: no such taxonomy folder; give a folder of YAML files")
    files, faults = check_folders(paths)
    if faults:
        raise TaxonomyError(faults)
    skills = files["skills"]
    counts = {
        "skills": len(skills),
        "written_forms": sum(len(list(written_forms(skill))) for skill in skills),
        "kinds": dict(sorted(Counter(skill["kind"] for skill in skills).items())),
        "guarded": sum(bool(s["guard"]) or any(a[:1] in "~=" for a in s["aliases"]) for s in skills),
        "with_relations": sum(bool(s["implies"] or s["broader"] or s["related"]) for s in skills),
        "from_documents": sum(bool(s["sources"]) for s in skills),
        "steps": len(files["roadmap.yaml"]["steps"]),
        "roles": len(files["roles.yaml"]["roles"]),
        "projects": len(files["projects.yaml"]["projects"]),
        "industries": len(files["industries.yaml"]["industries"]),
    }
    if layout == "json":
        click.echo(_dump(counts), nl=False)
        return
    click.echo("The taxonomy has no faults.")
    for key, value in counts.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        click.echo(f"  {key.replace('_', ' '):<15} {shown}")


@taxonomy.command()
def schema() -> None:
    """Print the JSON Schema of every taxonomy file."""
    from skillgap.taxonomy.schema import FILES, SkillFile

    shapes: dict[str, Any] = {"skills/*.yaml": SkillFile, **FILES}
    click.echo(_dump({name: model.model_json_schema() for name, model in shapes.items()}), nl=False)


def _dump(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
