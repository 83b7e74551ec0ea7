"""Builds files that mean harm, and files that are merely broken; and the small documents tests need.

Each case says what has to happen: ``reads`` (a report comes out), ``refused`` (one sentence with
these words), or ``either``.
"""

from __future__ import annotations

import base64
import io
import json
import os
import random
import socket
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

AD = """Machine Learning Engineer

Requirements
- Three years of Python and SQL
- Docker and Kubernetes in production
- café culture – “good” coffee
"""
_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@dataclass(frozen=True)
class Case:
    """A file and what reading it has to end in."""

    name: str
    make: bytes | Callable[[], bytes]
    outcome: str = "refused"
    words: str = ""

    @property
    def data(self) -> bytes:
        return self.make if isinstance(self.make, bytes) else self.make()


def zipped(parts: dict[str, bytes | str], *, level: int = 6) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as package:
        for name, content in parts.items():
            stored = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            package.writestr(name, content, stored)
    return out.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """A Word file with this body; ``styles="..."`` adds a part."""
    document = f"<w:document {_W}><w:body>{body}</w:body></w:document>"
    extra = {f"word/{name}.xml": f"<w:{name} {_W}>{content}</w:{name}>" for name, content in parts.items()}
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **extra})


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str, styles: str = "") -> bytes:
    names = " ".join(
        f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{long}:1.0"'
        for short, long in {"office": "office", "text": "text", "style": "style", "table": "table"}.items()
    )
    content = (
        f"<office:document-content {names}><office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def pdf(
    *pages: bytes, extra: dict[int, bytes] | None = None, trailer: bytes = b"", page: bytes = b""
) -> bytes:
    """A PDF whose pages have these content streams; ``extra`` objects count from 100."""
    objects: dict[int, bytes] = {1: b"<</Type/Catalog/Pages 2 0 R>>"}
    kids = []
    for number, content in enumerate(pages):
        mine = 10 + 2 * number
        kids.append(b"%d 0 R" % mine)
        objects[mine] = (
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents %d 0 R/Resources<</Font<</F1 3 0 R>>"
            b"/XObject<</X 100 0 R>>>>%s>>" % (mine + 1, page)
        )
        objects[mine + 1] = b"<</Length %d>>stream\n%s\nendstream" % (len(content), content)
    objects[2] = b"<</Type/Pages/Kids[%s]/Count %d>>" % (b" ".join(kids), len(kids))
    objects[3] = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    return assembled({**objects, **(extra or {})}, trailer)


def assembled(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """Objects as a PDF file with its table of places."""
    out, places = bytearray(b"%PDF-1.7\n"), {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 1\n0000000000 65535 f \n"
    for number, place in places.items():
        out += b"%d 1\n%010d 00000 n \n" % (number, place)
    size = max(objects) + 1
    return bytes(out + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (size, trailer, start))


def shown(*lines: str, x: int = 60, y: int = 720, size: float = 11, before: str = "") -> bytes:
    """A content stream that shows these lines."""
    text = "".join(f"({line}) Tj T*\n" for line in lines)
    return f"{before} BT /F1 {size} Tf {size * 1.3} TL {x} {y} Td\n{text}ET\n".encode("cp1252")


PDF_AD = shown("Machine Learning Engineer", "Requirements", "• Python and SQL", "• Docker and Kubernetes")
PICTURE = (
    b"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceGray/BitsPerComponent 8/Length 4>>"
    b"stream\n\x00\xff\xff\x00\nendstream"
)


def texts() -> Iterator[Case]:
    """Plain text in every encoding and condition."""
    for encoding in (
        "utf-8",
        "utf-8-sig",
        "utf-16",
        "utf-16-le",
        "utf-16-be",
        "utf-32",
        "cp1252",
        "mac-roman",
    ):
        yield Case(f"encoding {encoding}.txt", AD.encode(encoding), "reads")
    plain = AD.replace("–", "-").replace("“", '"').replace("”", '"')
    yield Case("encoding latin-1.txt", plain.encode("latin-1") + b"\x81\x8d", "reads")
    yield Case(
        "ascii as utf-16 without BOM.txt", AD.encode("ascii", "ignore").decode().encode("utf-16-le"), "reads"
    )
    yield Case("a broken byte.txt", AD.encode() + b"\xff and more", "reads")
    yield Case("cut in a letter.txt", (AD + "é").encode()[:-1], "reads")
    for encoding in ("shift_jis", "gb18030", "koi8-r", "cp1251"):
        yield Case(f"encoding {encoding}.txt", ("経験 Опыт\n" + AD).encode(encoding, "ignore"), "either")
    yield Case("only CR.txt", AD.replace("\n", "\r").encode(), "reads")
    yield Case("empty.txt", b"", words="empty")
    yield Case("blank.txt", b" \n\t\r\n" * 1_000, words="empty")
    yield Case("only a BOM.txt", b"\xef\xbb\xbf", words="empty")
    yield Case("blank in UTF-16.txt", "   \n".encode("utf-16"), words="empty")
    yield Case("zeros.txt", bytes(100_000), words="not a text file")
    yield Case("one byte.txt", b"x")
    yield Case("some NULs.txt", AD.encode().replace(b"SQL", b"SQL\x00"), "reads")
    yield Case("control characters.txt", (AD + "\x1b[31mred\x1b[0m\x07\x08").encode(), "reads")
    yield Case("right to left.txt", ("مهندس تعلم الآلة\nהנדסה\n\u202eevil\u202c\n" + AD).encode(), "reads")
    yield Case("emoji.txt", ("🚀🔥👩‍💻 " * 500 + "\n" + AD).encode(), "reads")
    yield Case("marks on letters.txt", ("z" + "\u0301" * 20_000 + "\n" + AD).encode(), "reads")
    yield Case("markup.txt", ("[red]{{7*7}}<script>=cmd|' /C calc'!A0\n" + AD).encode(), "reads")
    yield Case(
        "one huge line.txt",
        (b"We need Python; " + b"and then there are words that say little, " * 12) * 9_800,
        "either",
    )
    yield Case("one huge word.txt", b"a" * 2_000_000, "either")
    yield Case("brackets.txt", b"(" * 200_000 + AD.encode(), "either")
    yield Case("commas.txt", b"," * 300_000 + AD.encode(), "either")
    yield Case("bullets.txt", b"- Python\n" * 30_000, "either")
    yield Case("small names.txt", AD.encode() + b"\n" + b"python, sql, go\n" * 15_000, "reads")
    yield Case("small names on a line.txt", AD.encode() + b"\n" + b"python, sql, go, " * 15_000, "reads")
    yield Case("no full stop.txt", AD.encode() + b"\n" + b"x y " * 250_000, "reads")
    yield Case("compounds.txt", AD.encode() + b"\n" + b"back end " * 60_000, "reads")


def binaries() -> Iterator[Case]:
    """What is no document at all, or one that is not read."""
    noise = random.Random(7).randbytes(50_000)  # noqa: S311 - noise, not a secret
    yield Case("noise.txt", noise, words="not a text file")
    yield Case("program.txt", b"\x7fELF\x02\x01\x01" + noise, words="not a text file")
    yield Case("picture.txt", b"\x89PNG\r\n\x1a\n" + noise, words="OCR")
    yield Case("photo.pdf", b"\xff\xd8\xff\xe0" + noise, words="OCR")
    yield Case(
        "drawing.svg", b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', words="picture"
    )
    yield Case("phone.heic", b"\x00\x00\x00\x18ftypheic" + noise, words="OCR")
    yield Case("packed.gz", b"\x1f\x8b\x08" + noise, words="unpack")
    yield Case("packed.7z", b"7z\xbc\xaf\x27\x1c" + noise, words="unpack")
    yield Case("packed.zip", zipped({"cv.txt": AD}), words="unpack")
    yield Case("packed.docx", zipped({"cv.docx": docx(paragraph("x"))}), words="unpack")
    yield Case(
        "sheet.xlsx",
        zipped({"[Content_Types].xml": "<a/>", "xl/workbook.xml": "<a/>"}),
        words="skillgap batch",
    )
    yield Case("slides.pptx", zipped({"ppt/presentation.xml": "<a/>"}), words="PDF or DOCX")
    yield Case("jobs.csv", b"title,company,description\nML Engineer,Dunmore,Python\n", words="skillgap batch")
    yield Case("jobs without suffix", b"id,title,description\n1,Engineer,Python\n", words="skillgap batch")
    yield Case("jobs.parquet", b"PAR1" + noise, words="skillgap batch")
    yield Case("base.sqlite", b"SQLite format 3\x00" + noise, words="not a text file")
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
    yield Case("old.doc", ole + noise + "WordDocument".encode("utf-16-le"), words=".docx")
    yield Case("locked.docx", ole + noise + "EncryptedPackage".encode("utf-16-le"), words="password")
    yield Case("mail.msg", ole + noise + "__substg1.0_1000".encode("utf-16-le"), words=".eml")
    yield Case("data.xml", b'<?xml version="1.0"?><root><a>1</a></root>', words="XML")


def papers() -> Iterator[Case]:
    """PDF."""
    whole = pdf(PDF_AD)
    yield Case("fine.pdf", whole, "reads")
    yield Case("pdf as text.txt", whole, "reads")
    yield Case("pdf as word.docx", whole, "reads")
    yield Case("junk before.pdf", b"\r\njunk\n" + whole, "reads")
    yield Case("truncated.pdf", whole[:200], words="PDF")
    yield Case("header only.pdf", b"%PDF-1.7\n", words="PDF")
    yield Case("noise behind the header.pdf", b"%PDF-1.4\n" + random.Random(3).randbytes(9_000), words="PDF")  # noqa: S311
    lock = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -44/O<%s>/U<%s>>>/ID[<00><00>]" % (
        b"ab" * 32,
        b"cd" * 32,
    )
    yield Case("password.pdf", pdf(PDF_AD, trailer=lock), words="password")
    yield Case("scan.pdf", pdf(b"612 0 0 792 0 0 cm /X Do", extra={100: PICTURE}), words="ocrmypdf")
    yield Case("lines only.pdf", pdf(b"0 0 m 500 500 l S"), words="OCR")
    yield Case("all hidden.pdf", pdf(shown("Python", before="1 g")), words="can't be seen")
    yield Case(
        "no pages.pdf", assembled({1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    )
    loop = {1: b"<</Type/Catalog/Pages 2 0 R>>", 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9>>"}
    yield Case("circle of pages.pdf", assembled(loop))
    yield Case("page bomb.pdf", _page_bomb, words="pages")
    yield Case("memory bomb.pdf", _memory_bomb)
    yield Case("time bomb.pdf", _doubling_forms(), "refused")
    yield Case("form in itself.pdf", pdf(PDF_AD + b"/X Do", extra={100: _form(b"/X Do", 100)}), "reads")
    yield Case(
        "nested arrays.pdf", pdf(PDF_AD, extra={99: b"[" * 100_000}, trailer=b"/Info 99 0 R"), "either"
    )
    yield Case("nested states.pdf", pdf(b"q " * 300_000 + PDF_AD), "either")
    yield Case("places far away.pdf", pdf(b"BT /F1 1e30 Tf 1e35 -1e35 Td (Python) Tj ET"), "refused")


def _page_bomb() -> bytes:
    kids = b"10 0 R " * 200_000
    return pdf(PDF_AD, extra={2: b"<</Type/Pages/Kids[%s]/Count 200000>>" % kids})


def _memory_bomb() -> bytes:
    """A page of 11 KB that unpacks, twice, to 600 MB of letters."""
    packer, repacker = zlib.compressobj(9), zlib.compressobj(9)
    piece = b"(Python) Tj " * 50_000
    packed = b"".join(repacker.compress(packer.compress(piece)) for _ in range(1_000))
    packed += repacker.compress(packer.flush()) + repacker.flush()
    stream = b"<</Filter[/FlateDecode/FlateDecode]/Length %d>>stream\n%s\nendstream" % (len(packed), packed)
    return pdf(b"x", extra={11: stream})


def _form(content: bytes, next_one: int) -> bytes:
    head = b"<</Type/XObject/Subtype/Form/BBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>/XObject<</X %d 0 R>>>>/Length %d>>"
    return head % (next_one, len(content)) + b"stream\n" + content + b"\nendstream"


def _doubling_forms() -> bytes:
    forms = {100 + n: _form(b"/X Do " * 2, 101 + n) for n in range(28)}
    forms[128] = _form(shown("Python"), 128)
    return pdf(b"/X Do", extra=forms)


def office() -> Iterator[Case]:
    """DOCX, ODT and RTF."""
    ad = "".join(paragraph(line) for line in AD.split("\n"))
    whole = docx(ad)
    yield Case("fine.docx", whole, "reads")
    yield Case("word as text.txt", whole, "reads")
    yield Case("truncated.docx", whole[: len(whole) // 2], words="damaged")
    yield Case("zip noise.docx", b"PK\x03\x04" + b"\x14\x00" * 300 + b"word/document.xml", words="damaged")
    yield Case("bad XML.docx", docx("<w:p><w:r>"), words="damaged")
    yield Case(
        "no document.docx",
        zipped({"[Content_Types].xml": "<a/>", "word/styles.xml": "<a/>"}),
        words="damaged",
    )
    yield Case("nothing in it.docx", docx("<w:p/>"), words="without any text")
    yield Case("zip bomb.docx", _zip_bomb, words="zip bomb")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    bomb = f'<?xml version="1.0"?><!DOCTYPE d [<!ENTITY l0 "ha">{laughs}]><w:document {_W}>&l9;</w:document>'
    yield Case("entity bomb.docx", zipped({"word/document.xml": bomb}), words="DOCTYPE")
    reach = f'<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><w:document {_W}>&x;</w:document>'
    yield Case("reaching out.docx", zipped({"word/document.xml": reach}), words="DOCTYPE")
    wide = f'<?xml version="1.0" encoding="utf-16"?><!DOCTYPE d [<!ENTITY l0 "ha">]><w:document {_W}>&l0;</w:document>'
    yield Case("entity in UTF-16.docx", zipped({"word/document.xml": wide.encode("utf-16")}), words="DOCTYPE")
    deep = "<w:sdt>" * 200_000 + "</w:sdt>" * 200_000
    yield Case("200,000 tags deep.docx", docx(deep), words="nested")
    tables = "<w:tbl><w:tr><w:tc>" * 3_000 + "</w:tc></w:tr></w:tbl>" * 3_000
    yield Case("tables in tables.docx", docx(tables), words="nested")
    circle = '<w:style w:styleId="A"><w:basedOn w:val="B"/></w:style><w:style w:styleId="B"><w:basedOn w:val="A"/></w:style>'
    yield Case(
        "styles in a circle.docx",
        docx('<w:p><w:pPr><w:pStyle w:val="A"/></w:pPr></w:p>' + ad, styles=circle),
        "reads",
    )
    yield Case("hidden.docx", docx(ad + paragraph("Rust", "<w:vanish/>")), "reads")
    yield Case("fine.odt", odt("".join(f"<text:p>{line}</text:p>" for line in AD.split("\n"))), "reads")
    manifest = zipped(
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": "<encryption-data/>"}
    )
    yield Case("locked.odt", manifest, words="password")
    yield Case("deep.odt", odt("<text:section>" * 100_000 + "</text:section>" * 100_000), words="nested")
    rtf = rb"{\rtf1\ansi " + b"".join(line.encode("ascii", "ignore") + rb"\par " for line in AD.split("\n"))
    yield Case("fine.rtf", rtf + b"}", "reads")
    yield Case("rtf as word.doc", rtf + b"}", "reads")
    yield Case("cut short.rtf", rtf, "reads")
    yield Case("nested.rtf", b"{\\rtf1 " + b"{" * 200_000 + b"Python" + b"}" * 200_000, "either")
    yield Case("nested lists.rtf", rtf + rb"{\listtext " * 100_000 + b"}" * 100_001, "reads")
    yield Case("bin past the end.rtf", rtf + rb"\bin999999999 x}", "reads")
    yield Case("large picture.rtf", rtf + rb"{\pict " + b"ff00" * 1_500_000 + b"}}", "reads")
    yield Case("odd numbers.rtf", rtf + rb"\u99999999 ?\u-40000 ?\fs0\f99999 \'zz}", "reads")
    yield Case("nothing.rtf", rb"{\rtf1}", words="without any text")


def _zip_bomb() -> bytes:
    return zipped({"word/document.xml": b" " * 200_000_000}, level=9)


def data_files() -> Iterator[Case]:
    """JSON: resumes, and what is none."""
    basics = {"name": "Oda Fjell", "label": "Python developer", "summary": "Docker, Kubernetes and SQL."}
    yield Case("resume.json", json.dumps({"basics": basics}).encode(), "reads")
    odd = {
        "basics": {**basics, "email": 5, "location": []},
        "work": [None, 3, "Python", {"highlights": {"a": 1}}],
    }
    yield Case("odd types.json", json.dumps(odd).encode(), "reads")
    halves = json.dumps({"basics": {**basics, "label": "\ud800 Python"}}).encode()
    yield Case("half letters.json", halves, "reads")
    yield Case("resume as utf-16.json", json.dumps({"basics": basics}).encode("utf-16"), "reads")
    yield Case("nested 100,000.json", b'{"a":' * 100_000, words="JSON")
    yield Case("nested lists.json", b"[" * 100_000 + b"]" * 100_000, words="JSON")
    yield Case("cut short.json", json.dumps({"basics": basics}).encode()[:-20], words="JSON")
    yield Case(
        "a listing.json",
        json.dumps({"title": "ML Engineer", "description": "Python"}).encode(),
        words="batch",
    )
    yield Case("listings.jsonl", b'{"title": "a"}\n{"title": "b"}\n', words="batch")
    yield Case("huge number.json", b'{"basics": {"name": ' + b"9" * 100_000 + b"}}", words="JSON")


def pages() -> Iterator[Case]:
    """HTML, mail and web archives."""
    ad = "".join(f"<p>{line}</p>" for line in AD.split("\n"))
    yield Case("fine.html", f"<!DOCTYPE html><html><body>{ad}</body></html>".encode(), "reads")
    yield Case("page as pdf.pdf", f"<html><body>{ad}</body></html>".encode(), "reads")
    yield Case("page in UTF-16.html", f"<html><body>{ad}</body></html>".encode("utf-16"), "reads")
    yield Case("200,000 tags.html", b"<html><body>" + b"<div>" * 200_000 + ad.encode(), "either")
    yield Case("never closed.html", b"<html><body><table><tr><td" * 50_000, "either")
    yield Case(
        "script only.html",
        b"<html><body><script>render()</script><div id=root></div></body></html>",
        "either",
    )
    entity = (
        '<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a "'
        + "b" * 10_000
        + '">]><html><body>'
        + "&a;" * 100_000
    )
    yield Case("entities.xhtml", entity.encode(), "either")
    huge = "<html><body>" + "<p>We need Python.</p>\n" * 40_000
    yield Case("large.html", huge.encode(), "either")
    heads = "From: a@x.example\nTo: b@x.example\nSubject: Job\nMIME-Version: 1.0\nMessage-ID: <1@x.example>\n"
    yield Case("fine.eml", f"{heads}Content-Type: text/plain\n\n{AD}".encode(), "either")
    broken = f"{heads}Content-Type: multipart/mixed; boundary=\n\n--\n--x\nContent-Transfer-Encoding: base64\n\n%%%\n"
    yield Case("broken MIME.eml", broken.encode(), "either")
    nested = heads + "".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\n\n--b{n}\n" for n in range(2_000)
    )
    yield Case("nested.eml", nested.encode(), "either")
    saved = "From: <Saved by Blink>\nMIME-Version: 1.0\nSnapshot-Content-Location: https://x.example\n"
    yield Case(
        "cut short.mhtml", f"{saved}Content-Type: multipart/related; boundary=q\n\n--q\n".encode(), "either"
    )
    yield Case("cut short.webarchive", b"bplist00\xd1\x01\x02_WebMainResource", "either")
    encoded = base64.encodebytes(random.Random(5).randbytes(20_000)).decode()  # noqa: S311
    noisy = f"{heads}Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n{encoded}"
    yield Case("noise in base64.eml", noisy.encode(), "either")


def cases() -> list[Case]:
    return [*texts(), *binaries(), *papers(), *office(), *data_files(), *pages()]


def odd_places(folder: Path) -> dict[str, tuple[str, str]]:
    """Things that are no plain files, or have odd names: what each is -> (path, words of the refusal or "")."""
    made: dict[str, tuple[str, str]] = {"missing": (str(folder / "none.pdf"), "no such file")}
    (folder / "folder.pdf").mkdir()
    made["folder"] = (str(folder / "folder.pdf"), "is a folder")
    made["nothing"] = ("", "is a folder")
    made["long path"] = (str(folder / ("x" * 5_000)), "can't be opened")
    made["NUL in the name"] = (str(folder / "a\0b"), "can't be opened")
    large = folder / "large.txt"
    with large.open("wb") as file:
        file.truncate(3_000_000_000)
    made["large"] = (str(large), "larger than")
    for number, name in enumerate(
        ("-q.txt", "line\nbreak.txt", "sp ace .txt", "日本語 🚀.txt", "n" * 200 + ".txt")
    ):
        (folder / name).write_text(AD, "utf-8")
        made[f"name {number}"] = (str(folder / name), "")
    (folder / "empty\nname \x1b[31m.txt").write_bytes(b"")
    made["empty with an odd name"] = (str(folder / "empty\nname \x1b[31m.txt"), "empty")
    if os.name == "posix":
        made |= _posix_places(folder)
    return made


def _posix_places(folder: Path) -> dict[str, tuple[str, str]]:
    made: dict[str, tuple[str, str]] = {}
    (folder / "loop").symlink_to(folder / "loop")
    (folder / "dangling").symlink_to(folder / "nowhere")
    made["loop"] = (str(folder / "loop"), "can't be opened")
    made["dangling"] = (str(folder / "dangling"), "no such file")
    os.mkfifo(folder / "pipe.txt")
    made["pipe"] = (str(folder / "pipe.txt"), "pipe or device")
    made["device"] = ("/dev/zero", "pipe or device")
    made["random"] = ("/dev/urandom", "pipe or device")
    (folder / "device.txt").symlink_to("/dev/zero")
    made["link to a device"] = (str(folder / "device.txt"), "pipe or device")
    if len(str(folder)) < 90:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(folder / "socket"))
        made["socket"] = (str(folder / "socket"), "pipe or device")
    raw = os.fsdecode(os.fsencode(folder) + b"/bad\xff.txt")
    Path(raw).write_text(AD, "utf-8")
    made["bytes that are no letters"] = (raw, "")
    (folder / "closed.txt").write_text(AD)
    (folder / "closed.txt").chmod(0)
    made["no permission"] = (str(folder / "closed.txt"), "" if os.geteuid() == 0 else "can't be opened")
    return made
