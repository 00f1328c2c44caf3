"""Small PDFs that every reader opens: one page, one line of text."""

_CATALOGUE = b"<< /Type /Catalog /Pages 2 0 R >>"
_PAGES = b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
_PAGE = (
    b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
    b"/Resources << /Font << /F1 5 0 R >> >> >>"
)
_FONT = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>"


def small_pdf(line: str) -> bytes:
    """A PDF 1.4 of one page that shows ``line``. Raises ``UnicodeEncodeError`` unless it is ASCII."""
    text = line.encode("ascii").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")
    drawing = b"BT /F1 14 Tf 72 760 Td (" + text + b") Tj ET"
    stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawing), drawing)
    content, offsets = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n", []
    objects = (_CATALOGUE, _PAGES, _PAGE, stream, _FONT)
    for number, body in enumerate(objects, start=1):
        offsets.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    count = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, len(content))
    return content + b"xref\n0 %d\n0000000000 65535 f \n" % count + table + trailer
