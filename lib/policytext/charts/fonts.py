"""The Chinese face of all figures, and the same face cut to the letters in use."""

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import noto_cjk_sans_otc
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables._g_l_y_f import Glyph
from matplotlib import font_manager

from policytext.paths import cached, write_whole

FAMILY = "Policytext Sans SC"
_FACE = "Noto Sans CJK SC"
_UNITS = 1000  # of an em of this face
_EPOCH = 2082844800  # 1970 in seconds since 1904, so that no two runs differ
_MAX_ERROR = 1.0  # a thousandth of an em: 0.003 mm in letters of 8 points


def font_file() -> Path:
    """The Simplified Chinese face as a file of its own, taken out of the Noto collection once.

    Face 0 of the collection has the Japanese forms of 直, 骨 and 海.
    """
    return cached("PolicytextSansSC-Regular.otf", _take_face)


def _take_face(path: Path) -> None:
    fonts = TTCollection(noto_cjk_sans_otc.FONT_PATH).fonts
    face = next(font for font in fonts if font["name"].getDebugName(1) == _FACE)
    face.recalcTimestamp = False
    # A family name of its own: of two fonts of one name matplotlib takes the first it met.
    for record in face["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = FAMILY
        if record.nameID == 6:
            record.string = FAMILY.replace(" ", "")
    face.save(path)


@cache
def known_font() -> str:
    """The family name of the face, which matplotlib knows from now on."""
    font_manager.fontManager.addfont(font_file())
    return FAMILY


@cache
def _face() -> TTFont:
    return TTFont(font_file())


def cut_font(text: str) -> Path:
    """The face with the letters of a text alone, as a TrueType font; kept in the cache.

    The face has the curves of PostScript, and of these a PDF written by matplotlib holds either
    Type 3 fonts, which journals refuse, or TrueType fonts that are none. So its curves become
    those of TrueType.
    """
    letters = "".join(sorted(set(text) - {"\n"}))
    name = sha256(letters.encode()).hexdigest()[:16]
    return cached(f"letters-{name}.ttf", lambda path: write_whole(path, font_subset(letters)))


def font_subset(text: str, flavor: str | None = None) -> bytes:
    """A TrueType font with the letters of a text alone.

    Args:
        text: What is written in it; letters that the face has not are left out.
        flavor: ``"woff"`` for a font of a page, which is compressed.

    >>> font_subset("海洋")[:4]
    b'\\x00\\x01\\x00\\x00'
    """
    known = _face().getBestCmap()
    letters = {ord(letter): known[ord(letter)] for letter in sorted(text) if ord(letter) in known}
    outlines = _outlines([".notdef", *letters.values()])
    font = FontBuilder(_UNITS, isTTF=True)
    font.font.recalcTimestamp = False
    font.setupGlyphOrder(list(outlines))
    font.setupCharacterMap(letters)
    font.setupGlyf(outlines)
    widths, sides = _face()["hmtx"], {name: getattr(g, "xMin", 0) for name, g in outlines.items()}
    font.setupHorizontalMetrics({name: (widths[name][0], sides[name]) for name in outlines})
    height, depth = _face()["hhea"].ascent, _face()["hhea"].descent
    font.setupHorizontalHeader(ascent=height, descent=depth)
    font.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=height, usWinDescent=-depth)
    plain = FAMILY.replace(" ", "")
    font.setupNameTable({"familyName": FAMILY, "styleName": "Regular", "psName": plain})
    font.setupPost()
    font.font["head"].created = font.font["head"].modified = _EPOCH
    font.font.flavor = flavor
    written = BytesIO()
    font.save(written)
    return written.getvalue()


def _outlines(names: Iterable[str]) -> dict[str, Glyph]:
    drawn, outlines = _face().getGlyphSet(), {}
    for name in names:
        pen = TTGlyphPen(None)
        drawn[name].draw(Cu2QuPen(pen, _MAX_ERROR, reverse_direction=True))
        outlines[name] = pen.glyph()
    return outlines


def font_style(text: str) -> str:
    """The face with the letters of a text as a style sheet of a drawing that stands alone."""
    font = b64encode(font_subset(text, "woff")).decode()
    return f'@font-face{{font-family:"{FAMILY}";src:url(data:font/woff;base64,{font})}}'
