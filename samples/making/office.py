"""DOCX, ODT and RTF."""

from __future__ import annotations

import io
import zipfile
from typing import Any

from docx import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.shared import Cm, Pt
from odf import style, table
from odf import text as odf_text
from odf.opendocument import OpenDocumentText

from making.parts import Resume, contact, date, degree, period

Made = tuple[bytes, str]
_EPOCH = (1980, 1, 1, 0, 0, 0)


def _steady(data: bytes) -> bytes:
    """The same zip without the time of its making."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for info in old.infolist():
            entry = zipfile.ZipInfo(info.filename, _EPOCH)
            entry.compress_type = zipfile.ZIP_STORED if info.filename == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(info.filename))
    return out.getvalue()


def word(resume: Resume) -> Made:
    """A header, a text box as Word writes it (twice), a table, lists, tabs, hidden text, a footer."""
    basics, text = resume["basics"], []
    document = Document()
    document.styles["Normal"].font.size = Pt(10)
    section = document.sections[0]
    section.header.paragraphs[0].text = " · ".join(contact(resume))
    section.footer.paragraphs[0].text = "References are given on request."
    text.append(" · ".join(contact(resume)))
    document.add_heading(basics["name"], 0)
    document.add_paragraph(basics["label"])
    text += [basics["name"], basics["label"]]
    _text_box(document, ["Looking for", "Remote or Leeds, from January", "Permanent, full time"])
    text += ["Looking for", "Remote or Leeds, from January", "Permanent, full time"]
    document.add_heading("Summary", 1)
    document.add_paragraph(basics["summary"])
    text += ["", "Summary", basics["summary"], "", "Experience"]
    document.add_heading("Experience", 1)
    for job in resume["work"]:
        _dated(document, f"{job['position']}, {job['name']}, {job['location']}", period(job), text)
        for item in job["highlights"]:
            document.add_paragraph(item, style="List Bullet")
            text.append(f"- {item}")
    document.add_heading("Projects", 1)
    text += ["", "Projects"]
    for project in resume["projects"]:
        _dated(document, project["name"], period(project), text)
        document.add_paragraph(project["description"])
        text.append(project["description"])
        for item in project["highlights"]:
            document.add_paragraph(item, style="List Bullet")
            text.append(f"- {item}")
    hidden = document.add_paragraph().add_run("Rust Scala Haskell principal engineer")
    hidden.font.hidden = True
    document.add_heading("Skills", 1)
    text += ["", "Skills"]
    grid = document.add_table(rows=0, cols=2, style="Table Grid")
    for group in resume["skills"]:
        cells = grid.add_row().cells
        cells[0].text, cells[1].text = group["name"], ", ".join(group["keywords"])
        text.append(f"{group['name']} | {', '.join(group['keywords'])}")
    document.add_heading("Education", 1)
    text += ["", "Education"]
    for entry in resume["education"]:
        _dated(document, f"{degree(entry)}, {entry['institution']}", period(entry), text)
    document.add_heading("Certificates", 1)
    text += ["", "Certificates"]
    for entry in resume["certificates"]:
        document.add_paragraph(
            f"{entry['name']}, {entry['issuer']}, {date(entry['date'])}", style="List Number"
        )
        text.append(f"- {entry['name']}, {entry['issuer']}, {date(entry['date'])}")
    text += ["", "References are given on request."]
    out = io.BytesIO()
    document.save(out)
    return _steady(out.getvalue()), "\n".join(text) + "\n"


def _dated(document: Any, title: str, when: str, text: list[str]) -> None:
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.tab_stops.add_tab_stop(Cm(15), WD_TAB_ALIGNMENT.RIGHT)
    paragraph.add_run(title).bold = True
    paragraph.add_run("\t" + when)
    text.append(f"{title}\t{when}")


def _text_box(document: Any, lines: list[str]) -> None:
    """A text box as Word saves it: a drawing for new readers, and the same once more for old ones."""
    content = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    box = f"<w:txbxContent>{content}</w:txbxContent>"
    size = '<wp:extent cx="2000000" cy="700000"/><wp:docPr id="7" name="Text Box 7"/>'
    run = parse_xml(
        f"<w:r {nsdecls('w', 'wp', 'a')} "
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        '<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>'
        f"<wp:inline>{size}<a:graphic>"
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape">'
        f"<wps:wsp><wps:txbx>{box}</wps:txbx><wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline>"
        "</w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox>"
        f"{box}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    document.add_paragraph()._p.append(run)  # noqa: SLF001 - python-docx has no text boxes


def open_document(resume: Resume) -> Made:
    """Headings, lists, a table, a header, and hidden text, as LibreOffice names them."""
    basics, text = resume["basics"], []
    document = OpenDocumentText()
    layout = style.PageLayout(name="Page")
    document.automaticstyles.addElement(layout)
    master = style.MasterPage(name="Standard", pagelayoutname="Page")
    header = style.Header()
    header.addElement(odf_text.P(text=" · ".join(contact(resume))))
    master.addElement(header)
    document.masterstyles.addElement(master)
    unseen = style.Style(name="Unseen", family="text")
    unseen.addElement(style.TextProperties(display="none"))
    document.automaticstyles.addElement(unseen)
    dots = odf_text.ListStyle(name="Dots")
    level = odf_text.ListLevelStyleBullet(level="1", bulletchar="\u2022")
    level.addElement(style.ListLevelProperties(spacebefore="0.5cm", minlabelwidth="0.5cm"))
    dots.addElement(level)
    document.automaticstyles.addElement(dots)
    body = document.text
    text.append(" · ".join(contact(resume)))

    def add(line: str) -> None:
        body.addElement(odf_text.P(text=line))
        text.append(line)

    def heading(line: str, level: int = 1) -> None:
        body.addElement(odf_text.H(outlinelevel=level, text=line))
        text.extend(["", line])

    def items(lines: list[str]) -> None:
        bullets = odf_text.List(stylename=dots)
        for line in lines:
            item = odf_text.ListItem()
            item.addElement(odf_text.P(text=line))
            bullets.addElement(item)
        body.addElement(bullets)
        text.extend(f"- {line}" for line in lines)

    add(basics["name"])
    add(basics["label"])
    heading("Summary")
    add(basics["summary"])
    heading("Clinical Experience")
    for job in resume["work"]:
        heading(job["position"], 2)
        paragraph = odf_text.P(text=f"{job['name']}, {job['location']}")
        paragraph.addElement(odf_text.Tab())
        paragraph.addText(period(job))
        body.addElement(paragraph)
        text.append(f"{job['name']}, {job['location']}\t{period(job)}")
        items(job["highlights"])
    paragraph = odf_text.P()
    paragraph.addElement(odf_text.Span(stylename=unseen, text="Kubernetes Terraform Rust"))
    body.addElement(paragraph)
    heading("Projects")
    for project in resume["projects"]:
        add(f"{project['name']} ({period(project)})")
        items(project["highlights"])
    heading("Skills")
    grid = table.Table(name="Skills")
    grid.addElement(table.TableColumn(numbercolumnsrepeated=2))
    for group in resume["skills"]:
        row = table.TableRow()
        for value in (group["name"], ", ".join(group["keywords"])):
            cell = table.TableCell()
            cell.addElement(odf_text.P(text=value))
            row.addElement(cell)
        grid.addElement(row)
        text.append(f"{group['name']} | {', '.join(group['keywords'])}")
    body.addElement(grid)
    heading("Education and Training")
    items([f"{degree(entry)}, {entry['institution']}, {period(entry)}" for entry in resume["education"]])
    heading("Licenses and Certificates")
    items([f"{c['name']}, {c['issuer']}, {date(c['date'])}" for c in resume["certificates"]])
    out = io.BytesIO()
    document.write(out)
    return _steady(out.getvalue()), "\n".join(text) + "\n"


def rich_text(resume: Resume) -> Made:
    """RTF with code pages, Unicode, lists, a table, a header and hidden text."""
    basics, text = resume["basics"], []
    out = [
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fswiss\fcharset0 Arial;}{\f1\fnil\fcharset2 Symbol;}}",
        r"{\*\listtable{\list\listtemplateid1{\listlevel\levelnfc23\levelstartat1\levelfollow0",
        r"{\leveltext\'01\u8226 ?;}{\levelnumbers;}\fi-360\li720}\listid1}}",
        r"{\*\listoverridetable{\listoverride\listid1\listoverridecount0\ls1}}",
        r"{\colortbl;\red0\green0\blue0;}{\info{\title Resume}{\author Nobody}}",
        r"{\header\pard\qr " + _escaped(" · ".join(contact(resume))) + r"\par}",
    ]
    text.append(" · ".join(contact(resume)))

    def add(line: str, how: str = "") -> None:
        out.append(rf"\pard{how} {_escaped(line)}\par")
        text.append(line)

    def heading(line: str) -> None:
        out.append(rf"\pard\sb240\b\fs28 {_escaped(line)}\b0\fs20\par")
        text.extend(["", line])

    def items(lines: list[str]) -> None:
        for line in lines:
            out.append(rf"\pard{{\listtext\f1\'b7\tab}}\ls1\ilvl0\fi-360\li720 {_escaped(line)}\par")
            text.append(f"- {line}")

    add(basics["name"], r"\b\fs36")
    add(basics["label"], r"\b0\fs20")
    heading("Profile")
    add(basics["summary"])
    heading("Experience")
    for job in resume["work"]:
        title = _escaped(f"{job['position']}, {job['name']}")
        out.append(rf"\pard\tqr\tx9000 {title}\tab {_escaped(period(job))}\par")
        text.append(f"{job['position']}, {job['name']}\t{period(job)}")
        items(job["highlights"])
    out.append(r"\pard{\v Kubernetes Rust Haskell}\par")
    heading("Projects")
    for project in resume["projects"]:
        add(f"{project['name']}, {period(project)}")
        items(project["highlights"])
    heading("Skills")
    for group in resume["skills"]:
        row = [group["name"], ", ".join(group["keywords"])]
        cells = "".join(rf"\pard\intbl {_escaped(cell)}\cell" for cell in row)
        out.append(rf"\trowd\cellx2500\cellx9000{cells}\row")
        text.append(" | ".join(row))
    heading("Education")
    for entry in resume["education"]:
        add(f"{degree(entry)}, {entry['institution']}, {period(entry)}")
    heading("Certifications")
    for entry in resume["certificates"]:
        add(f"{entry['name']}, {entry['issuer']}, {date(entry['date'])}")
    out.append("}")
    return "\n".join(out).encode("ascii"), "\n".join(text) + "\n"


def _escaped(text: str) -> str:
    r"""Letters of cp1252 as \'xx, all others as \u."""
    parts = []
    for char in text:
        if char in "\\{}":
            parts.append("\\" + char)
        elif char < "\x7f":
            parts.append(char)
        elif char == "–":
            parts.append(r"\endash ")
        else:
            code = char.encode("cp1252", "ignore")
            parts.append(f"\\'{code[0]:02x}" if code else f"\\u{ord(char)}?")
    return "".join(parts)
