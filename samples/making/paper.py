"""PDF: two columns with a table, one column with headers and hyphens, LaTeX's ligatures, a scan."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pikepdf
import pypdfium2
import reportlab
from PIL import Image
from reportlab.lib.pagesizes import A4, LETTER
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from making.parts import Resume, contact, date, degree, period, years

Made = tuple[bytes, str]
# Where a line may end inside a word; the second form of hyphen, beside those that belong to a word.
_DIVIDED_TEXT = """
Re-trained agree-ment annota-tors classi-fier col-leagues dis-charge documen-tation guide-line
hand-over hos-pital informat-ics inten-sive learn-ing ma-chine pre-sented pres-sure pri-vacy
ques-tions require-ments statis-tics struc-tured syn-thetic thresh-old
"""
_DIVIDED = {form.replace("-", ""): form for form in _DIVIDED_TEXT.split()}
_BULLET_INDENT = 11


class Sheet:
    """A canvas with a cursor, which wraps text and divides words."""

    def __init__(self, size: tuple[float, float], *, divide: bool = False) -> None:
        self.buffer = io.BytesIO()
        self.canvas = Canvas(self.buffer, pagesize=size, invariant=1, pageCompression=1)
        self.width, self.height = size
        self.y = self.height - 50
        self.divide = divide

    def line(self, text: str, x: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, self.y, text)

    def right(self, text: str, x: float, font: str, size: float) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawRightString(x, self.y, text)

    def wrap(self, text: str, width: float, font: str, size: float) -> list[str]:
        lines, current = [], ""
        for word in text.split():
            trial = f"{current} {word}".strip()
            if pdfmetrics.stringWidth(trial, font, size) <= width:
                current = trial
                continue
            head, tail = self._divided(word, current, width, font, size)
            lines.append(f"{current} {head}".strip())
            current = tail
        return [*lines, current]

    def _divided(self, word: str, current: str, width: float, font: str, size: float) -> tuple[str, str]:
        if self.divide:
            bare = word.rstrip(",.")
            form = word if "-" in word else _DIVIDED.get(bare, "") + word[len(bare) :]
            head, _, tail = form.partition("-")
            fits = pdfmetrics.stringWidth(f"{current} {head}-", font, size) <= width
            if head and tail and fits:
                return head + "-", tail
        return "", word

    def paragraph(
        self, text: str, x: float, width: float, font: str, size: float, *, bullet: str = ""
    ) -> None:
        indent = _BULLET_INDENT if bullet else 0
        if bullet:
            self.line(bullet, x, font, size)
        for line in self.wrap(text, width - indent, font, size):
            self.line(line, x + indent, font, size)
            self.y -= size * 1.25

    def done(self) -> bytes:
        self.canvas.save()
        return self.buffer.getvalue()


def one_column(resume: Resume) -> Made:
    """Two pages with a header and a footer on each, divided words, dates on the right, hidden text."""
    basics = resume["basics"]
    sheet, text = Sheet(LETTER, divide=True), []
    left, width, size = 94, LETTER[0] - 188, 9.5
    header = f"{basics['name']} · Resume"

    def frame(number: int) -> None:
        sheet.canvas.setFont("Helvetica", 8)
        sheet.canvas.drawString(left, LETTER[1] - 30, header)
        sheet.canvas.drawRightString(left + width, 28, f"Page {number} of 2")
        sheet.y = LETTER[1] - 70

    def heading(title: str) -> None:
        sheet.y -= 10
        sheet.line(title, left, "Helvetica-Bold", 13)
        sheet.y -= 18
        text.extend(["", title])

    def entry(title: str, when: str, items: list[str]) -> None:
        sheet.line(title, left, "Helvetica-Bold", size)
        sheet.right(when, left + width, "Helvetica", size)
        sheet.y -= size * 1.35
        text.append(f"{title} | {when}")
        for item in items:
            sheet.paragraph(item, left, width, "Helvetica", size, bullet="\u2022")
            text.append(f"- {item}")
        sheet.y -= 5

    frame(1)
    text.append(header)
    sheet.line(basics["name"], left, "Helvetica-Bold", 18)
    sheet.y -= 20
    sheet.line(basics["label"], left, "Helvetica", 12)
    sheet.y -= 16
    sheet.line(" · ".join(contact(resume)), left, "Helvetica", size)
    text += [basics["name"], basics["label"], " · ".join(contact(resume))]
    sheet.y -= 14
    sheet.canvas.setFillGray(1)  # white on white: what a person does not see must not count
    sheet.line("Kubernetes Rust Scala quantum computing", left, "Helvetica", size)
    sheet.canvas.setFillGray(0)
    heading("Summary")
    sheet.paragraph(basics["summary"], left, width, "Helvetica", size)
    text.append(basics["summary"])
    heading("Experience")
    for job in resume["work"]:
        entry(f"{job['position']}, {job['name']}", period(job), job["highlights"])
    sheet.canvas.showPage()
    frame(2)
    heading("Projects")
    for project in resume["projects"]:
        entry(project["name"], period(project), project["highlights"])
    heading("Skills")
    for group in resume["skills"]:
        line = f"{group['name']}: {', '.join(group['keywords'])}"
        sheet.paragraph(line, left, width, "Helvetica", size)
        text.append(line)
    heading("Education")
    for item in resume["education"]:
        entry(degree(item), period(item), [])
        sheet.y += 5
        sheet.paragraph(item["institution"], left, width, "Helvetica", size)
        text.append(item["institution"])
    heading("Certificates")
    for item in resume["certificates"]:
        entry(f"{item['name']}, {item['issuer']}", date(item["date"]), [])
    heading("Languages")
    line = ", ".join(f"{item['language']} ({item['fluency']})" for item in resume["languages"])
    sheet.paragraph(line, left, width, "Helvetica", size)
    text.append(line)
    return sheet.done(), "\n".join(text) + "\n"


def two_columns(resume: Resume) -> Made:
    """A dark band with a white name, a side column, a main column, and a table below both."""
    basics = resume["basics"]
    sheet, text = Sheet(A4), []
    canvas, (page_width, page_height) = sheet.canvas, A4
    canvas.setFillColorRGB(0.12, 0.2, 0.32)
    canvas.rect(0, page_height - 84, page_width, 84, stroke=0, fill=1)
    canvas.setFillGray(1)
    sheet.y = page_height - 44
    sheet.line(basics["name"], 40, "Helvetica-Bold", 22)
    sheet.y -= 22
    sheet.line(basics["label"], 40, "Helvetica", 12)
    canvas.setFillGray(0)
    text += [basics["name"], basics["label"]]

    def heading(title: str, x: float) -> None:
        sheet.y -= 6
        sheet.line(title.upper(), x, "Helvetica-Bold", 10.5)
        sheet.y -= 15
        text.extend(["", title.upper()])

    def short(lines: list[str], x: float) -> None:
        for line in lines:
            sheet.line(line, x, "Helvetica", 8.5)
            sheet.y -= 12.5
            text.append(line)

    side, main, top = 40.0, 205.0, page_height - 112
    sheet.y = top
    heading("Contact", side)
    short(contact(resume), side)
    for group in resume["skills"]:
        heading(group["name"], side)
        short(group["keywords"], side)
    heading("Spoken languages", side)
    short([f"{item['language']} ({item['fluency']})" for item in resume["languages"]], side)
    lowest, sheet.y = sheet.y, top
    width = page_width - main - 40
    heading("Summary", main)
    sheet.paragraph(basics["summary"], main, width, "Helvetica", 8.5)
    text.append(basics["summary"])
    heading("Experience", main)
    for job in resume["work"]:
        _job(sheet, text, job, main, width)
    heading("Projects", main)
    for project in resume["projects"]:
        _job(sheet, text, {"position": project["name"], **project}, main, width)
    sheet.y = min(sheet.y, lowest) - 10
    heading("Education and Certificates", side)
    rows = [("Degree or certificate", "Given by", "When")]
    rows += [(degree(item), item["institution"], years(item)) for item in resume["education"]]
    rows += [(item["name"], item["issuer"], date(item["date"])) for item in resume["certificates"]]
    for number, row in enumerate(rows):
        for cell, x in zip(row, (side, 270, 440), strict=True):
            sheet.line(cell, x, "Helvetica-Bold" if number == 0 else "Helvetica", 8.5)
        canvas.line(side, sheet.y - 4, page_width - 40, sheet.y - 4)
        sheet.y -= 16
        text.append(" | ".join(row))
    return sheet.done(), "\n".join(text) + "\n"


def _job(sheet: Sheet, text: list[str], job: Resume, x: float, width: float) -> None:
    title = (
        ", ".join(job[key] for key in ("position", "name", "location") if key in job)
        if "location" in job
        else job["position"]
    )
    sheet.line(title, x, "Helvetica-Bold", 9)
    sheet.right(period(job), x + width, "Helvetica-Oblique", 8.5)
    sheet.y -= 12.5
    text.append(f"{title} | {period(job)}")
    for key in ("summary", "description"):
        if key in job:
            sheet.paragraph(job[key], x, width, "Helvetica", 8.5)
            text.append(job[key])
    for item in job["highlights"]:
        sheet.paragraph(item, x, width, "Helvetica", 8.5, bullet="\u2022")
        text.append(f"- {item}")
    sheet.y -= 4


def like_latex(resume: Resume) -> Made:
    """Ligatures as LaTeX sets them: as such in the text, as control bytes in bold headings."""
    folder = Path(reportlab.__file__).parent / "fonts"
    for name, file in (("Body", "Vera.ttf"), ("Bold", "VeraBd.ttf")):
        pdfmetrics.registerFont(TTFont(name, folder / file))
    basics, text = resume["basics"], []
    sheet = Sheet(A4, divide=True)
    left, width, size = 55.0, A4[0] - 110, 8.6

    def tied(value: str) -> str:
        return value.replace("fi", "\ufb01").replace("fl", "\ufb02")

    def heading(title: str) -> None:
        sheet.y -= 8
        sheet.line(tied(title), left, "Bold", 11)
        sheet.canvas.line(left, sheet.y - 3, left + width, sheet.y - 3)
        sheet.y -= 18
        text.extend(["", title])

    def entry(title: str, when: str, items: list[str]) -> None:
        sheet.line(tied(title), left, "Bold", size)
        sheet.right(when, left + width, "Body", size)
        sheet.y -= 12.5
        text.append(f"{title} | {when}")
        for item in items:
            sheet.paragraph(tied(item), left + 8, width - 8, "Body", size, bullet="\u2022")
            text.append(f"- {item}")
        sheet.y -= 3

    sheet.canvas.setFont("Bold", 17)
    sheet.canvas.drawCentredString(A4[0] / 2, sheet.y, basics["name"])
    sheet.y -= 18
    sheet.canvas.setFont("Body", size)
    sheet.canvas.drawCentredString(A4[0] / 2, sheet.y, " | ".join([basics["label"], *contact(resume)]))
    sheet.y -= 12
    text += [basics["name"], " | ".join([basics["label"], *contact(resume)])]
    heading("Profile")
    sheet.paragraph(tied(basics["summary"]), left, width, "Body", size)
    text.append(basics["summary"])
    heading("Work Experience")
    for job in resume["work"]:
        entry(f"{job['position']}, {job['name']}, {job['location']}", period(job), job["highlights"])
    heading("Projects: the workflow, the figures")
    for project in resume["projects"]:
        entry(project["name"], period(project), project["highlights"])
    heading("Skills")
    for group in resume["skills"]:
        line = f"{group['name']}: {', '.join(group['keywords'])}"
        sheet.paragraph(tied(line), left, width, "Body", size)
        text.append(line)
    heading("Education")
    for item in resume["education"]:
        entry(f"{degree(item)}, {item['institution']}", years(item), [])
    heading("Certifications")
    for item in resume["certificates"]:
        entry(f"{item['name']}, {item['issuer']}", date(item["date"]), [])
    return _with_control_bytes(sheet.done()), "\n".join(text) + "\n"


def _with_control_bytes(data: bytes) -> bytes:
    r"""Let the bold font say that its ligatures are \x1c and \x1d, as fonts of LaTeX do."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for item in pdf.objects:
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == "/Font" and "/ToUnicode" in item:
                if "Bold" not in str(item.get("/BaseFont")):
                    continue
                cmap = item["/ToUnicode"].read_bytes()
                item["/ToUnicode"].write(cmap.replace(b"<FB01>", b"<001C>").replace(b"<FB02>", b"<001D>"))
        return _saved(pdf)


def scan(data: bytes) -> bytes:
    """The first page of a PDF as a picture, the way a scanner gives it."""
    page = pypdfium2.PdfDocument(data)[0]
    picture = page.render(scale=1.6, grayscale=True).to_pil().point(lambda value: 255 if value > 140 else 0)
    buffer = io.BytesIO()
    picture.convert("1").save(buffer, "TIFF", compression="group4")
    tiff = Image.open(buffer)
    strip = buffer.getvalue()[tiff.tag_v2[273][0] :][: tiff.tag_v2[279][0]]
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=LETTER)
    parameters = pikepdf.Dictionary(
        K=-1, Columns=tiff.width, Rows=tiff.height, BlackIs1=tiff.tag_v2[262] == 0
    )
    image = pikepdf.Stream(pdf, strip)
    attributes: dict[str, Any] = {
        "/Type": pikepdf.Name.XObject,
        "/Subtype": pikepdf.Name.Image,
        "/Width": tiff.width,
        "/Height": tiff.height,
        "/ColorSpace": pikepdf.Name.DeviceGray,
        "/BitsPerComponent": 1,
        "/Filter": pikepdf.Name.CCITTFaxDecode,
        "/DecodeParms": parameters,
    }
    for key, value in attributes.items():
        image[key] = value
    pdf.pages[0].Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    pdf.pages[0].Contents = pikepdf.Stream(pdf, b"q %d 0 0 %d 0 0 cm /Im0 Do Q" % LETTER)
    return _saved(pdf)


def _saved(pdf: pikepdf.Pdf) -> bytes:
    out = io.BytesIO()
    pdf.save(out, deterministic_id=True)
    return out.getvalue()
