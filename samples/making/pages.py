"""A resume as a page of the web."""

from __future__ import annotations

from html import escape

from making.parts import Resume, contact, date, degree, period

_STYLE = "body{font:16px sans-serif;max-width:46em;margin:auto}.when{float:right}"


def web_page(resume: Resume) -> tuple[bytes, str]:
    """A personal page: headings, lists, a table."""
    basics = resume["basics"]
    body: list[str] = []
    text: list[str] = []

    def add(tag: str, content: str, expected: str | None = None) -> None:
        body.append(f"<{tag}>{escape(content)}</{tag}>")
        text.append(content if expected is None else expected)

    def items(entries: list[str]) -> None:
        body.append("<ul>" + "".join(f"<li>{escape(entry)}</li>\n" for entry in entries) + "</ul>")
        text.extend(f"- {entry}" for entry in entries)

    add("h1", basics["name"])
    add("p", basics["label"])
    add("address", " · ".join(contact(resume)))
    add("h2", "Summary")
    add("p", basics["summary"])
    add("h2", "Experience")
    for job in resume["work"]:
        add("h3", f"{job['position']}, {job['name']}, {job['location']}")
        add("p", period(job))
        items(job["highlights"])
    add("h2", "Projects")
    for project in resume["projects"]:
        add("h3", f"{project['name']} ({period(project)})")
        add("p", project["description"])
        items(project["highlights"])
    add("h2", "Skills")
    rows = [(group["name"], ", ".join(group["keywords"])) for group in resume["skills"]]
    body.append(
        "<table>"
        + "".join(f"<tr><th>{escape(a)}</th><td>{escape(b)}</td></tr>\n" for a, b in rows)
        + "</table>"
    )
    text.extend(f"{a} | {b}" for a, b in rows)
    add("h2", "Education")
    items([f"{degree(entry)}, {entry['institution']}, {period(entry)}" for entry in resume["education"]])
    add("h2", "Certificates")
    items([f"{c['name']}, {c['issuer']}, {date(c['date'])}" for c in resume["certificates"]])
    title = escape(basics["name"])
    page = (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>\n'
        f"<style>{_STYLE}</style></head>\n<body><main>\n" + "\n".join(body) + "\n</main></body></html>\n"
    )
    return page.encode(), "\n".join(text) + "\n"
