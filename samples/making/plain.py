"""Plain text, Markdown, and the text of JSON Resume."""

from __future__ import annotations

import textwrap

from making.parts import Resume, contact, date, degree, period

Made = tuple[bytes, str]


def wrapped_text(resume: Resume) -> Made:
    """Text as an editor wraps it at 78 columns, with capitals for headings."""
    basics = resume["basics"]
    lines = [basics["name"].upper(), basics["label"], " | ".join(contact(resume)), "", "SUMMARY", ""]
    lines += textwrap.wrap(basics["summary"], 78)
    lines += ["", "EXPERIENCE", ""]
    for job in resume["work"]:
        lines.append(f"{job['position']}, {job['name']}, {job['location']}")
        lines.append(period(job))
        lines += textwrap.wrap(job.get("summary", ""), 78)
        lines += _items(job)
        lines.append("")
    lines += ["PROJECTS", ""]
    for project in resume["projects"]:
        lines += [f"{project['name']} ({period(project)})", *textwrap.wrap(project["description"], 78)]
        lines += [*_items(project), ""]
    lines += ["SKILLS", "", *(f"{s['name']}: {', '.join(s['keywords'])}" for s in resume["skills"]), ""]
    lines += ["EDUCATION", ""]
    lines += [f"{degree(e)}, {e['institution']}, {period(e)}" for e in resume["education"]]
    lines += ["", "CERTIFICATES", ""]
    lines += [f"{c['name']}, {c['issuer']}, {date(c['date'])}" for c in resume["certificates"]]
    lines += [
        "",
        "LANGUAGES",
        "",
        ", ".join(f"{x['language']} ({x['fluency']})" for x in resume["languages"]),
    ]
    text = "\n".join(lines) + "\n"
    return text.encode(), text


def _items(entry: Resume) -> list[str]:
    return [
        line
        for item in entry["highlights"]
        for line in textwrap.wrap(
            item, 78, initial_indent="- ", subsequent_indent="  ", break_on_hyphens=False
        )
    ]


def open_text(resume: Resume) -> Made:
    """Text as it is copied out of a word processor: no wraps, bullets and tabs."""
    basics = resume["basics"]
    lines = [
        basics["name"],
        f"{basics['label']}\t{' · '.join(contact(resume))}",
        "",
        "Profile",
        basics["summary"],
    ]
    lines += ["", "Core Competencies"]
    lines += [f"• {s['name']}: {', '.join(s['keywords'])}" for s in resume["skills"]]
    lines += ["", "Professional Experience"]
    for job in resume["work"]:
        lines += [f"{job['name']}, {job['location']}\t{period(job)}", job["position"]]
        lines += [f"• {item}" for item in job["highlights"]]
    lines += ["", "Selected Projects"]
    for project in resume["projects"]:
        lines += [f"{project['name']}\t{period(project)}", *(f"• {item}" for item in project["highlights"])]
    lines += ["", "Education"]
    lines += [f"{degree(e)}, {e['institution']}\t{period(e)}" for e in resume["education"]]
    lines += ["", "Certifications"]
    lines += [f"{c['name']} ({c['issuer']})\t{date(c['date'])}" for c in resume["certificates"]]
    lines += ["", "Languages", "; ".join(f"{x['language']}: {x['fluency']}" for x in resume["languages"])]
    text = "\n".join(lines) + "\n"
    return text.encode(), text


def markdown(resume: Resume) -> Made:
    """Markdown as people keep it in a repository."""
    basics = resume["basics"]
    lines = [
        f"# {basics['name']}",
        "",
        f"**{basics['label']}**  ",
        " · ".join(contact(resume)),
        "",
        "## About me",
        "",
    ]
    lines += [basics["summary"], "", "## Experience", ""]
    for job in resume["work"]:
        lines += [f"### {job['position']}", "", f"*{job['name']}, {job['location']}*, {period(job)}", ""]
        lines += [*(f"- {item}" for item in job["highlights"]), ""]
    lines += ["## Projects", ""]
    for project in resume["projects"]:
        lines += [f"### {project['name']} ({period(project)})", ""]
        lines += [*(f"- {item}" for item in project["highlights"]), ""]
    lines += [
        "## Skills",
        "",
        *(f"- **{s['name']}:** {', '.join(s['keywords'])}" for s in resume["skills"]),
        "",
    ]
    lines += ["## Education and training", ""]
    lines += [f"- {degree(e)}, {e['institution']} ({period(e)})" for e in resume["education"]]
    lines += ["", "## Licenses and certificates", ""]
    lines += [f"- {c['name']}, {c['issuer']} ({date(c['date'])})" for c in resume["certificates"]]
    lines += [
        "",
        "## Languages",
        "",
        ", ".join(f"{x['language']} ({x['fluency']})" for x in resume["languages"]),
    ]
    text = "\n".join(lines) + "\n"
    return text.encode(), text


def json_resume(resume: Resume) -> str:
    """What a reader of JSON Resume gives: sections in the order of a resume."""
    basics = resume["basics"]
    lines = [basics["name"], basics["label"], " | ".join(contact(resume))]
    lines += [f"{p['network']}: {p['url']}" for p in basics.get("profiles", [])]
    lines += ["", "Summary", basics["summary"], "", "Experience"]
    for job in resume["work"]:
        lines += [f"{job['position']}, {job['name']}, {job['location']}", period(job)]
        lines += [*filter(None, [job.get("summary")]), *(f"- {item}" for item in job["highlights"]), ""]
    lines.append("Projects")
    for project in resume["projects"]:
        lines += [project["name"], period(project), *filter(None, [project.get("description")])]
        lines += [f"- {item}" for item in project["highlights"]]
        lines += [*filter(None, [project.get("url")]), ""]
    lines.append("Education")
    for entry in resume["education"]:
        lines += [
            f"{degree(entry)}, {entry['institution']}",
            period(entry),
            *filter(None, [entry.get("score")]),
            "",
        ]
    lines += ["Skills", *(f"- {s['name']}: {', '.join(s['keywords'])}" for s in resume["skills"]), ""]
    lines.append("Certificates")
    lines += [f"- {c['name']}, {c['issuer']}, {date(c['date'])}" for c in resume["certificates"]]
    lines += ["", "Languages", *(f"- {x['language']}, {x['fluency']}" for x in resume["languages"])]
    if "interests" in resume:
        interests = (
            ": ".join(filter(None, [i["name"], ", ".join(i.get("keywords", []))]))
            for i in resume["interests"]
        )
        lines += ["", "Interests", *(f"- {line}" for line in interests)]
    return "\n".join(lines) + "\n"
