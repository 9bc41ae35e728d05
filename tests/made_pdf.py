"""PDF files made by hand, for the tests of importing: they need neither a program nor a font."""

from collections.abc import Iterator, Sequence

# A line is x, y and text; a string is drawn as it is, in the operators of PDF.
Drawn = tuple[float, float, str] | str
PICTURE = "q 595 0 0 842 0 0 cm /P Do Q"
_FONT = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /DescendantFonts [4 0 R]"
_GLYPHS = (
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>"
)
_PIXEL = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    "/BitsPerComponent 8 /Length 1 >>\nstream\n~\nendstream"
)


def pdf(*pages: Sequence[Drawn], size: int = 12, turned: int = 0) -> bytes:
    """A PDF of these pages in type of ``size`` points, each turned by so many degrees."""
    kids = " ".join(f"{6 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"{_FONT} /Encoding /UniGB-UCS2-H >>",
        f"{_FONT} /Encoding /UniGB-UCS2-V >>",
        _GLYPHS,
        _PIXEL,
    ]
    for drawn in pages:
        shown = "\n".join(_operators(drawn, size))
        objects.append(
            f"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Rotate {turned} "
            f"/Contents {len(objects) + 2} 0 R /Resources << "
            "/Font << /F 2 0 R /V 3 0 R >> /XObject << /P 5 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(shown)} >>\nstream\n{shown}\nendstream")
    objects.append("<< /Type /Catalog /Pages 1 0 R >>")
    return _file(objects)


def shown(text: str) -> str:
    """The operator that shows a text."""
    return f"<{text.encode('utf-16-be').hex()}> Tj"


def _operators(drawn: Sequence[Drawn], size: int) -> Iterator[str]:
    for one in drawn:
        if isinstance(one, str):
            yield one
        else:
            yield f"BT /F {size} Tf {one[0]} {one[1]} Td {shown(one[2])} ET"


def _file(objects: list[str]) -> bytes:
    body, starts = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"trailer << /Size {len(objects) + 1} /Root {len(objects)} 0 R >>"
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{xref}{end}\nstartxref\n{len(body)}\n%%EOF".encode()
