"""Mails, MHTML and web archives: what holds the ad is read, what does not is refused in a sentence."""

from __future__ import annotations

import base64
import plistlib
import quopri
import re
from email.message import EmailMessage

import pytest
from hypothesis import given
from hypothesis import strategies as st

from skillgap.errors import UnreadableError
from skillgap.reading.mail import read_mail
from skillgap.reading.webarchive import read_webarchive

PLAIN = "Hello Jo,\n\nmust-haves:\n- Python & SQL\n- Kafka für Zürich\n"
HTML = "<html><body><p>Hello Jo,</p><ul><li>Python &amp; SQL</li><li>Kafka für Zürich</li></ul></body></html>"


def letter(subject: str = "Fwd: RE: Data Engineer – Zürich") -> EmailMessage:
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@b.example", "jo@c.example", subject
    return mail


def read(mail: EmailMessage) -> tuple[str, dict[str, object]]:
    document = read_mail(mail.as_bytes(), "x.eml")
    assert document.kind == "eml"
    return document.text, dict(document.meta)


@pytest.mark.parametrize("cte", ["quoted-printable", "base64", "8bit"])
@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1"])
def test_a_plain_mail(cte: str, charset: str) -> None:
    mail = letter()
    mail.set_content(PLAIN, cte=cte, charset=charset)
    text, meta = read(mail)
    assert text == f"Data Engineer – Zürich\n\n{PLAIN.strip()}"
    assert meta == {"title": "Data Engineer – Zürich"}


def test_the_text_part_is_read_where_it_says_as_much() -> None:
    mail = letter()
    mail.set_content(PLAIN)
    mail.add_alternative(HTML.replace("Kafka", "Kafka!"), subtype="html")
    assert "Kafka für" in read(mail)[0]


def test_the_html_part_is_read_where_the_text_part_is_a_stub() -> None:
    mail = letter()
    mail.set_content("See the web version.")
    mail.add_alternative(HTML.replace("<ul>", "<ul><li>More than the stub says, by far</li>"), subtype="html")
    text, meta = read(mail)
    assert "- Python & SQL\n- Kafka für Zürich" in text
    assert meta["title"] == "Data Engineer – Zürich"


def test_flowed_text_is_joined() -> None:
    mail = letter("Job")
    mail.set_content("We look for \nsomebody who \nknows SQL.\n-- \nAda\n")
    mail.set_param("format", "flowed")
    assert read(mail)[0] == "Job\n\nWe look for somebody who knows SQL.\n--\nAda"


def test_attached_files_are_named() -> None:
    mail = letter()
    mail.set_content(PLAIN)
    mail.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="ad.pdf")
    text, meta = read(mail)
    assert "Kafka" in text
    assert meta["notes"] == ["the mail's attachments were not read: ad.pdf"]
    empty = letter()
    empty.set_content("\n")
    empty.add_attachment(b"%PDF-1.7", maintype="application", subtype="pdf", filename="ad.pdf")
    with pytest.raises(
        UnreadableError, match=r"x\.eml: is a mail that holds only files \(ad\.pdf\): save that"
    ):
        read(empty)


def test_an_empty_mail_says_so() -> None:
    mail = letter()
    mail.set_content("  \n")
    with pytest.raises(UnreadableError, match="holds no text; open it"):
        read(mail)


def test_a_mail_in_a_mail_is_read() -> None:
    inner = letter("Inner")
    inner.set_content(PLAIN)
    outer = letter("Outer")
    outer.set_content("FYI\n")
    outer.add_attachment(inner)
    assert "Kafka" in read(outer)[0]


def saved(main: str, *parts: tuple[str, str, bytes], url: str = "https://a.example/ad") -> bytes:
    """An MHTML file as Chrome writes it: no charset, quoted-printable."""
    pieces = [("text/html", url, main.encode()), *parts]
    body = "".join(
        f"--b\r\nContent-Type: {kind}\r\nContent-ID: <{n}@mhtml.blink>\r\nContent-Transfer-Encoding: "
        f"quoted-printable\r\nContent-Location: {place}\r\n\r\n{quopri.encodestring(data).decode()}\r\n"
        for n, (kind, place, data) in enumerate(pieces)
    )
    head = (
        f"From: <Saved by Blink>\r\nSnapshot-Content-Location: {url}\r\nSubject: ad\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related;\r\n\ttype="text/html";\r\n\tboundary="b"\r\n\r\n'
    )
    return f"{head}{body}--b--\r\n".encode()


def test_mhtml_without_charset() -> None:
    document = read_mail(saved(HTML), "x.mhtml")
    assert document.kind == "mhtml"
    assert document.text == "Hello Jo,\n\n- Python & SQL\n- Kafka für Zürich"
    assert document.meta["url"] == "https://a.example/ad"


def test_mhtml_shows_its_frames() -> None:
    main = '<html><body><nav>Home</nav><iframe src="cid:1@mhtml.blink"></iframe></body></html>'
    assert "Kafka für Zürich" in read_mail(saved(main, ("text/html", "cid:f", HTML.encode())), "x.mhtml").text


def test_mhtml_of_a_single_part() -> None:
    data = (
        b"From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nMIME-Version: 1.0\n"
        b"Content-Type: text/html\nContent-Transfer-Encoding: base64\n\n" + base64.encodebytes(HTML.encode())
    )
    assert "Kafka für Zürich" in read_mail(data, "x.mht").text


def archive(**main: object) -> bytes:
    resource = {"WebResourceData": HTML.encode("cp1252"), "WebResourceMIMEType": "text/html"}
    return plistlib.dumps({"WebMainResource": resource | main}, fmt=plistlib.FMT_BINARY)


def test_a_webarchive_declares_its_charset_and_address() -> None:
    url = "https://a.example/ad"
    document = read_webarchive(archive(WebResourceTextEncodingName="windows-1252", WebResourceURL=url), "x")
    assert document.text == "Hello Jo,\n\n- Python & SQL\n- Kafka für Zürich"
    assert document.meta["url"] == url


@pytest.mark.parametrize(
    ("data", "cause"),
    [
        (b"bplist00", "damaged"),
        (archive()[:-40], "damaged"),
        (b"bplist00" + b"\xff" * 400, "damaged"),
        (b"<plist><dict>", "damaged"),
        (plistlib.dumps([1]), "without a page"),
        (plistlib.dumps({"WebMainResource": {"WebResourceData": "text"}}), "without a page"),
        (archive(WebResourceMIMEType="application/pdf"), "of a file"),
        (archive(WebResourceData=b"<html></html>"), "without text"),
    ],
)
def test_a_webarchive_that_can_not_be_read_says_why(data: bytes, cause: str) -> None:
    with pytest.raises(UnreadableError, match=cause) as caught:
        read_webarchive(data, "x.webarchive")
    assert re.fullmatch(r"x\.webarchive: .+; .+", str(caught.value))


HEADERS = [
    "Subject: =?utf-8?B?!!?=",
    "Content-Type: multipart/mixed; boundary=b",
    "Content-Type: text/plain; charset=x",
]
HEADERS += [
    "Content-Transfer-Encoding: base64",
    "Content-Transfer-Encoding: uuencode",
    "To: a",
    "Content-ID: <1>",
]
HEADERS += [
    "Content-Type: text/html",
    "Content-Disposition: attachment; filename*=x'y",
    "Snapshot-Content-Location: a",
]
LINES = st.sampled_from(
    [*HEADERS, "", "--b", "--b--", "<p>Python", "Python =", "=E4", "AAAA", "\udcff", "begin 6 x"]
)


@given(st.lists(LINES, max_size=20))
def test_any_mail_is_read_or_refused_in_a_sentence(lines: list[str]) -> None:
    data = "\r\n".join(lines).encode("utf-8", "surrogateescape")
    try:
        document = read_mail(data, "x.eml")
    except UnreadableError as error:
        assert str(error).startswith("x.eml: ")
    else:
        assert document.text.strip()
        document.text.encode("utf-8")


@given(st.binary(max_size=300), st.integers(0, 400))
def test_any_archive_is_read_or_refused_in_a_sentence(noise: bytes, at: int) -> None:
    data = archive()
    try:
        read_webarchive(data[:at] + noise + data[at + len(noise) :], "x")
    except UnreadableError as error:
        assert str(error).startswith("x: ")
