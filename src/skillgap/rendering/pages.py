"""Roadmap, roles and skills as pages for the terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from skillgap.taxonomy import Skill, Step, Taxonomy

if TYPE_CHECKING:
    from rich.console import Console

HOW = {
    "study": "by study",
    "build": "by building",
    "on_the_job": "on the job",
    "credential": "by an exam",
}


def _hours(step: Step) -> str:
    return f"{step.hours[0]}-{step.hours[1]} h" if step.hours else ""


def guide(taxonomy: Taxonomy, document: str) -> str:
    """What a source document is, in a few words."""
    entry = taxonomy.documents.get(document[:3])
    return str(entry["about"]) if entry else document


def skills_of_step(taxonomy: Taxonomy, step_id: str) -> list[str]:
    """The ids of all skills that name the step, those it teaches first."""
    teaches = list(taxonomy.steps[step_id].teaches)
    others = sorted(e["id"] for e in taxonomy.entries if step_id in e["steps"] and e["id"] not in teaches)
    return [*teaches, *others]


def _table(
    console: Console, rows: Sequence[Sequence[str]], widths: Sequence[int | None], indent: int = 0
) -> None:
    from rich.padding import Padding
    from rich.table import Table
    from rich.text import Text

    table = Table.grid(padding=(0, 1), expand=True)
    for width in widths:
        if width is None:
            table.add_column(ratio=1)
        else:
            table.add_column(width=width, no_wrap=True, overflow="ellipsis")
    for row in rows:
        table.add_row(*(Text(cell) for cell in row))
    console.print(Padding(table, (0, 0, 0, indent)))


def _line(console: Console, text: str, style: str = "") -> None:
    """Print text; a line that opens with blanks keeps them when it wraps."""
    from rich.padding import Padding
    from rich.text import Text

    for part in text.split("\n"):
        indent = len(part) - len(part.lstrip(" "))
        console.print(Padding(Text(part.lstrip(" "), style=style), (0, 0, 0, indent)) if part else "")


def draw_roadmap(console: Console, taxonomy: Taxonomy, steps: Sequence[Step]) -> None:
    """Every step with its hours (estimates), stage by stage."""
    _line(console, f"The roadmap: {len(steps)} steps, hours are estimates", "bold")
    stage = ""
    rows: list[Sequence[str]] = []
    for step in steps:
        first = step.id.split(".", 1)[0]
        if first != stage:
            _flush(console, stage, rows)
            stage, rows = first, []
        guides = len({source.document for source in step.sources})
        named = f"{guides} of {len(taxonomy.documents)} guides" if guides else ""
        rows.append((step.id, step.title, _hours(step) or HOW[step.how], named))
    _flush(console, stage, rows)
    _line(console, "\nOpen a step: skillgap roadmap llm.rag", "dim")


def _flush(console: Console, stage: str, rows: Sequence[Sequence[str]]) -> None:
    if rows:
        _line(console, f"\n{stage.upper()}", "bold cyan")
        _table(console, rows, (27, None, 11, 14), indent=2)


def draw_step(console: Console, taxonomy: Taxonomy, step: Step) -> None:
    """One step: what it teaches, what comes before, where to learn."""
    _line(console, step.title, "bold")
    facts = [step.id, f"learned {HOW[step.how]}"]
    if step.hours:
        facts.append(f"{_hours(step)} (estimate)")
    _line(console, " · ".join(facts))
    _line(console, step.summary)
    if step.after:
        _line(console, f"\nAfter: {', '.join(f'{taxonomy.steps[a].title} ({a})' for a in step.after)}")
    names = [taxonomy.skill(i).name for i in step.teaches]
    if names:
        _line(console, "\nTEACHES", "bold cyan")
        _line(console, "  " + ", ".join(names))
    rest = [i for i in skills_of_step(taxonomy, step.id) if i not in step.teaches]
    if rest:
        shown = ", ".join(taxonomy.skill(i).name for i in rest[:24])
        more = f" and {len(rest) - 24} more" if len(rest) > 24 else ""
        _line(console, f"\nALSO HERE  {len(rest)}", "bold cyan")
        _line(console, f"  {shown}{more}")
    if step.links:
        _line(console, "\nLEARN  free, last known good in the month given", "bold cyan")
        for link in step.links:
            _line(console, f"  {link['title']} ({link['as_of']})\n  {link['url']}")
    if step.sources:
        _line(console, "\nFROM THE CAREER GUIDES", "bold cyan")
        _table(
            console,
            sorted({(s.document[:3], guide(taxonomy, s.document), s.section) for s in step.sources}),
            (3, None, 22),
            2,
        )


def role_record(taxonomy: Taxonomy, role: Mapping[str, Any]) -> dict[str, Any]:
    """One role type as ``skillgap roles --format json`` prints it."""
    weights = sorted(role["skills"].items(), key=lambda item: (-item[1], item[0]))

    def cited(items: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
        return [{**item, "source": taxonomy.source(item["source"]).to_dict()} for item in items]

    return {
        "id": role["id"],
        "name": role["name"],
        "summary": role["summary"],
        "skills": [{"id": i, "name": taxonomy.skill(i).name, "weight": w} for i, w in weights],
        "levels": list(role["levels"]),
        "pay": cited(role["pay"]),
        "growth": cited(role["growth"]),
        "assessments": cited(role["assessments"]),
        "notes": cited(role["notes"]),
        "sources": [taxonomy.source(ref).to_dict() for ref in role["sources"]],
    }


def draw_roles(console: Console, records: Sequence[Mapping[str, Any]]) -> None:
    """All role types, a line each."""
    _line(console, f"{len(records)} role types", "bold")
    _table(console, [(r["id"], r["summary"]) for r in records], (22, None), indent=2)
    _line(console, "\nOpen one: skillgap roles ai_engineer", "dim")


def _range(pay: Mapping[str, Any]) -> str:
    unit = " lakh" if pay["unit"] == "lakh_per_year" else ""
    low = f"{pay['min']:,}"
    high = f"{pay['max']:,}{'+' if pay['open_top'] else ''}" if pay["max"] is not None else ""
    amount = f"{low}-{high}" if high else f"above {low}"
    return f"{pay['currency']} {amount}{unit} a year"


def draw_role(console: Console, taxonomy: Taxonomy, record: Mapping[str, Any]) -> None:
    """One role type: skills by weight, pay, growth, assessments, each with its document."""
    _line(console, record["name"], "bold")
    _line(console, record["summary"])
    if record["skills"]:
        _line(console, "\nSKILLS  by weight, 5 = at the centre", "bold cyan")
        by_weight: dict[int, list[str]] = {}
        for skill in record["skills"]:
            by_weight.setdefault(skill["weight"], []).append(skill["name"])
        _table(
            console,
            [(str(w), ", ".join(names)) for w, names in sorted(by_weight.items(), reverse=True)],
            (2, None),
            2,
        )
    draw_role_facts(console, taxonomy, record)


def draw_role_facts(console: Console, taxonomy: Taxonomy, record: Mapping[str, Any]) -> None:
    """Pay, growth and interviews of a role type, as the documents have them."""
    if record["pay"]:
        _line(console, "\nPAY  claims of the documents, not ours", "bold cyan")
        rows = [
            (p["country"], p["level"], _range(p), f"{p['source']['document'][:3]}, {p['year']}")
            for p in record["pay"]
        ]
        _table(console, rows, (10, 22, None, 10), 2)
    for key, title in (("growth", "GROWTH"), ("assessments", "INTERVIEWS TEST"), ("notes", "GOOD TO KNOW")):
        if record[key]:
            _line(console, f"\n{title}", "bold cyan")
            _table(
                console,
                [(item["text"], item["source"]["document"][:3]) for item in record[key]],
                (None, 4),
                2,
            )
    cited = sorted(
        {
            item["source"]["document"]
            for key in ("pay", "growth", "assessments", "notes")
            for item in record[key]
        }
    )
    if cited:
        _line(console, "\nTHE CAREER GUIDES", "bold cyan")
        _table(console, [(document[:3], guide(taxonomy, document)) for document in cited], (3, None), 2)


def draw_skill(console: Console, taxonomy: Taxonomy, skill: Skill) -> None:
    """One skill: forms, relations, steps, documents."""
    _line(console, f"{skill.name}", "bold")
    _line(console, f"{skill.kind} · id {skill.id} · theme {skill.theme}")
    if skill.certification:
        known = skill.certification
        _line(console, f"Status: {known['status']} as of {known['as_of']}, issued by {known['issuer']}")
    rows = [("Written", ", ".join(alias.text for alias in skill.aliases))]
    for title, ids in (("Implies", skill.implies), ("Kind of", skill.broader), ("Close to", skill.related)):
        if ids:
            rows.append((title, ", ".join(taxonomy.skill(i).name for i in ids)))
    rows += [("Step", f"{taxonomy.steps[s].title} ({s})") for s in skill.steps]
    rows += [
        ("Named in", f"{guide(taxonomy, s.document)} ({s.document[:3]}, {s.section})") for s in skill.sources
    ]
    _table(console, rows, (9, None), 2)
