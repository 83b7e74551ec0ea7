"""``skillgap taxonomy list | show | check | schema | suggest | import``."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from skillgap.cli.common import (
    Output,
    dump_json,
    format_option,
    inputs,
    note,
    output_options,
    taxonomy_option,
)
from skillgap.errors import InputError, NotFoundError, TaxonomyError, UnreadableError
from skillgap.rendering.market_words import plural
from skillgap.rendering.terminal import WIDTH
from skillgap.taxonomy import Skill, load_taxonomy
from skillgap.taxonomy.runtime import lookup_key

if TYPE_CHECKING:
    from skillgap.analysis.suggest import Suggestion
    from skillgap.model import JobProfile
    from skillgap.taxonomy import Taxonomy

_SOME_FAILED, _NOTHING_READ = 4, 3
_WIDEST_TERM, _WIDEST_ID = 28, 30


@click.group()
def taxonomy() -> None:
    """Look into the skill taxonomy and check it."""


@taxonomy.command("list")
@click.option("--kind", help="Only skills of this kind (language, tool, concept, soft ...).")
@click.option("--theme", help="Only skills of this theme (llm, data, cloud ...).")
@click.option("--step", help="Only skills that this roadmap step teaches.")
@click.option("--search", metavar="TEXT", help="Only skills one of whose forms contains TEXT.")
@format_option()
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
        out.write(dump_json([skill.to_dict() for skill in found]))
        return
    if not found:
        raise NotFoundError("no skill of the taxonomy fits; loosen --kind, --theme, --step or --search")
    out.write("\n".join([*_skill_lines(found, out.width), plural(len(found), "skill")]) + "\n")


def _skill_lines(found: Sequence[Skill], width: int) -> Iterator[str]:
    """Id, kind and name, a line each; a name that does not fit goes on in the next, an id is never cut."""
    import textwrap

    longest = min(_WIDEST_ID, max(len(skill.id) for skill in found))
    kinds = max(len(skill.kind) for skill in found)
    margin = longest + kinds + 3
    for skill in found:
        yield from textwrap.wrap(
            f"{skill.id:<{longest}} {skill.kind:<{kinds}}  {skill.name}",
            width,
            subsequent_indent=" " * margin,
            break_long_words=False,
            break_on_hyphens=False,
        )


@taxonomy.command()
@click.argument("name")
@format_option()
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
        out.write(dump_json(skill.to_dict()))
    else:
        out.write(
            render(lambda console: draw_skill(console, loaded, skill), color=out.color, width=out.width)
        )


@taxonomy.command()
@click.argument("folders", nargs=-1, metavar="[OVERLAY]...")
@format_option()
def check(folders: tuple[str, ...], *, layout: str) -> None:
    """Prove the taxonomy, or overlays on it: every fault at once, with file and line."""
    import textwrap

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
        click.echo(dump_json(counts), nl=False)
        return
    click.echo("The taxonomy has no faults.")
    for key, value in counts.items():
        shown = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else str(value)
        lead = f"  {key.replace('_', ' '):<15} "
        click.echo(textwrap.fill(shown, WIDTH, initial_indent=lead, subsequent_indent=" " * len(lead)))


@taxonomy.command()
def schema() -> None:
    """Print the JSON Schema of every taxonomy file."""
    from skillgap.taxonomy.schema import FILES, SkillFile

    shapes: dict[str, Any] = {"skills/*.yaml": SkillFile, **FILES}
    click.echo(dump_json({name: model.model_json_schema() for name, model in shapes.items()}), nl=False)


@taxonomy.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--top", type=click.IntRange(1), default=25, show_default=True, help="At most this many terms.")
@click.option(
    "--min-ads", type=click.IntRange(1), default=3, show_default=True, help="Only terms of this many ads."
)
@format_option()
@taxonomy_option
@output_options
def suggest(
    *, paths: tuple[str, ...], top: int, min_ads: int, layout: str, overlays: tuple[str, ...],
    output: str | None, no_color: bool,
) -> None:  # fmt: skip
    """Find terms that many ads ask for and the taxonomy does not know.

    PATH is a text file, or a folder of .txt files. The terms whose places in the ads are most like
    those of known skills come first.
    """
    from skillgap.analysis import suggest as suggesting

    failures: list[str] = []
    files = list(_text_files(paths, failures))
    out = Output(output, no_color=no_color, inputs=files)
    loaded = load_taxonomy(*overlays)
    profiles = _profiles(files, loaded, failures)
    if profiles:
        found = suggesting.suggest(profiles, loaded, min_ads=min_ads, top=top)
        if layout == "json":
            rows = [{"term": s.term, "ads": s.ads, "score": s.score, "example": s.example} for s in found]
            out.write(dump_json(rows))
        else:
            out.write("\n".join(_suggestion_page(found, min_ads, len(profiles), out.width)) + "\n")
    for failure in failures:
        note(f"skillgap: {failure}")
    if failures:
        sys.exit(_SOME_FAILED if profiles else _NOTHING_READ)


@taxonomy.group("import")
def import_() -> None:
    """Make an overlay out of another list of skills."""


@import_.command()
@click.argument("file", metavar="FILE.csv")
@click.option("-o", "--output", required=True, metavar="DIR", help="The folder to make.")
def esco(*, file: str, output: str) -> None:
    """Read ESCO's table of skills (skills_en.csv) into a folder for --taxonomy."""
    from skillgap.taxonomy.esco import import_esco

    done = import_esco(Path(file), Path(output), load_taxonomy())
    note(
        f"{output}: {done.written:,} skills written; {done.known:,} are in the taxonomy already, "
        f"{done.left_out:,} other names were left out as taken"
    )
    note(f"Use it: skillgap analyze AD --taxonomy {output}")


def _text_files(paths: Sequence[str], failures: list[str]) -> Iterator[str]:
    """The files among the paths and in the folders among them."""
    for path in paths:
        try:
            folder = Path(path).is_dir()
            files = sorted(str(file) for file in Path(path).glob("*.txt")) if folder else [path]
        except (OSError, ValueError) as error:
            failures.append(f"{path}: can't be opened ({error}); check the name and its permissions")
            continue
        if not files:
            failures.append(f"{path}: the folder holds no .txt file; give one that holds ads as text")
        yield from files


def _profiles(files: Sequence[str], loaded: Taxonomy, failures: list[str]) -> list[JobProfile]:
    from skillgap.analyzer import Analyzer

    analyzer = Analyzer(loaded)
    profiles = []
    for reader in inputs(files, clipboard=False) if files else ():
        try:
            profiles.append(analyzer.job(reader()).profile)
        except InputError as error:
            failures.append(str(error))
    return profiles


def _suggestion_page(found: Sequence[Suggestion], min_ads: int, read: int, width: int) -> Iterator[str]:
    from skillgap.rendering.terminal import harmless

    if not found:
        yield f"No unknown term stands in {min_ads} or more of the {read} ads; try a lower --min-ads."
        return
    widest = min(_WIDEST_TERM, max(len(s.term) for s in found))
    yield f"{'term':<{widest}}  {'ads':>4}  {'score':>6}  example"
    for s in found:
        term = s.term if len(s.term) <= widest else s.term[: widest - 1] + "…"
        head = f"{term:<{widest}}  {s.ads:>4}  {s.score:>6.2f}  "
        yield harmless(head + _excerpt(s.example, s.term, width - len(head)))


def _excerpt(line: str, term: str, width: int) -> str:
    """As much of the line as fits, with the term in it."""
    if len(line) <= width:
        return line
    place = max(0, line.lower().find(term.lower()))
    begin = max(0, min(place - (width - len(term)) // 2, len(line) - width))
    piece = line[begin : begin + width]
    if begin:
        piece = "…" + piece[1:]
    return piece if begin + width >= len(line) else piece[:-1] + "…"
