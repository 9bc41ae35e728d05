"""PDF files made by hand, for the tests of importing: they need no program and no font.

They bring a font along in which each character is a square: how large a character without a font
is, and so where it stands, would hang on the fonts of the machine.
"""

import io
import zlib
from collections.abc import Iterator, Sequence
from functools import cache

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

# A line is x, y and text; a string is drawn as it is, in the operators of PDF.
Drawn = tuple[float, float, str] | str
PICTURE = "q 595 0 0 842 0 0 cm /P Do Q"
_FONT = "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /DescendantFonts [4 0 R]"
_GLYPHS = (
    "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> "
    "/FontDescriptor {descriptor} 0 R /CIDToGIDMap {squares} 0 R >>"
)
_DESCRIPTOR = (
    "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -120 1000 880] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 80 /FontFile2 {font} 0 R >>"
)
# In the font D one glyph, that of 一, stands for two characters.
_TWO_IN_ONE = (
    b"begincmap 1 begincodespacerange <0000> <FFFF> endcodespacerange "
    b"1 beginbfchar <4E00> <20142014> endbfchar endcmap"
)
_PIXEL = (
    "<< /Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray "
    "/BitsPerComponent 8 /Length 1 >>\nstream\n~\nendstream"
)


def pdf(*pages: Sequence[Drawn], size: int = 12, turned: int = 0) -> bytes:
    """A PDF of these pages in type of ``size`` points, each turned by so many degrees."""
    kids = " ".join(f"{11 + 2 * number} 0 R" for number in range(len(pages)))
    objects = [
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>",
        f"{_FONT} /Encoding /UniGB-UCS2-H >>",
        f"{_FONT} /Encoding /UniGB-UCS2-V >>",
        _GLYPHS.format(descriptor=6, squares=8),
        _PIXEL,
        _DESCRIPTOR.format(font=7),
        _stream(_font()),
        _stream(b"\0\1" * 0x10000),  # whatever the character, the first glyph behind .notdef
        f"{_FONT} /Encoding /UniGB-UCS2-H /ToUnicode 10 0 R >>",
        _stream(_TWO_IN_ONE),
    ]
    for drawn in pages:
        shown = "\n".join(_operators(drawn, size))
        objects.append(
            f"<< /Type /Page /Parent 1 0 R /MediaBox [0 0 595 842] /Rotate {turned} "
            f"/Contents {len(objects) + 2} 0 R /Resources << "
            "/Font << /F 2 0 R /V 3 0 R /D 9 0 R >> /XObject << /P 5 0 R >> >> >>"
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


@cache
def _font() -> bytes:
    pen = TTGlyphPen(None)
    pen.moveTo((50, -100))
    for corner in ((50, 850), (950, 850), (950, -100)):
        pen.lineTo(corner)
    pen.closePath()
    font = FontBuilder(1000, isTTF=True)
    font.setupGlyphOrder([".notdef", "square"])
    font.setupCharacterMap({0x4E00: "square"})
    font.setupGlyf({".notdef": TTGlyphPen(None).glyph(), "square": pen.glyph()})
    font.setupHorizontalMetrics({".notdef": (1000, 0), "square": (1000, 50)})
    font.setupHorizontalHeader(ascent=880, descent=-120)
    font.setupNameTable({"familyName": "Squares", "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    file = io.BytesIO()
    font.save(file)
    return file.getvalue()


def _stream(data: bytes) -> str:
    held = zlib.compress(data).hex() + ">"
    entries = f"/Length {len(held)} /Filter [/ASCIIHexDecode /FlateDecode] /Length1 {len(data)}"
    return f"<< {entries} >>\nstream\n{held}\nendstream"


def _file(objects: list[str]) -> bytes:
    body, starts = "%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        starts.append(len(body))
        body += f"{number} 0 obj\n{content}\nendobj\n"
    table = "".join(f"{start:010} 00000 n \n" for start in starts)
    end = f"trailer << /Size {len(objects) + 1} /Root {len(objects)} 0 R >>"
    xref = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
    return f"{body}{xref}{end}\nstartxref\n{len(body)}\n%%EOF".encode()
