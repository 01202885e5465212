#!/usr/bin/env python3
"""Makes regular.otf and bold.otf, the two small fonts that the chart is drawn with.

From: Debian's package fonts-noto-cjk, version 1:20220127+repack1-1 (Noto Sans CJK 2.004), the face
"Noto Sans CJK SC" of NotoSansCJK-Regular.ttc and of NotoSansCJK-Bold.ttc; the middle dot and the single quotation
marks in their narrow shape from the face "Noto Sans CJK KR", since the dot stands between spaces here and the mark is
mostly an apostrophe.

Kept are printable ASCII, some signs, the 3,755 characters of the first level of GB 2312, and all of the Chinese locale
file. Dropped are hinting, vertical metrics and all layout features but kerning. The same input gives the same bytes.

How to run it, with fonttools 4.68.0 from PyPI:

    apt-get download fonts-noto-cjk && dpkg -x fonts-noto-cjk_*.deb noto
    python3 make.py noto/usr/share/fonts/opentype/noto/NotoSansCJK-{Regular,Bold}.ttc locales/zh-CN.ftl
"""

import argparse
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTCollection, TTFont

FAMILY = "Noto Sans CJK SC"
NARROW_FAMILY = "Noto Sans CJK KR"
NARROW = "·‘’"
# Copyright, family, style, version, PostScript name, licence and its address.
NAME_IDS = [0, 1, 2, 3, 4, 5, 6, 13, 14]

SIGNS = "·、，。：；！？（）《》〈〉【】「」“”‘’％～—–…←↑→↓▲▼○●°×÷±²³㎡℃￥＋－＃＆／＝〓"


def wanted(locale: Path) -> set[str]:
    """The characters to keep; those that the source font lacks, such as emoji, are passed over later."""
    ascii = "".join(map(chr, range(0x20, 0x7F)))
    # The first level of GB 2312: the characters that are most used, in the rows 16 to 55 of its table.
    cells = (bytes([0xA0 + row, 0xA0 + cell]) for row in range(16, 56) for cell in range(1, 95))
    used = b"".join(cells).decode("gb2312", errors="ignore")
    words = ascii + SIGNS + used + locale.read_text(encoding="utf-8")
    return {character for character in words if character.isprintable()}


def face(collection: TTCollection, family: str) -> TTFont:
    """The one face of the collection that has this family name."""
    for font in collection.fonts:
        if font["name"].getBestFamilyName() == family:
            return font
    raise SystemExit(f"the collection has no face {family}")


def narrow(font: TTFont, source: TTFont) -> None:
    """Takes the shapes of the NARROW characters from another face of the same collection, which shares all glyphs."""
    glyphs = source.getBestCmap()
    for table in font["cmap"].tables:
        if table.isUnicode() and table.format != 14:
            table.cmap.update({ord(character): glyphs[ord(character)] for character in NARROW})


def subset(font: TTFont, characters: set[str]) -> None:
    """Cuts the font down to the characters, in place."""
    options = Options()
    options.hinting = False
    options.layout_features = ["kern"]
    options.drop_tables += ["BASE", "GDEF", "GSUB", "VORG", "vhea", "vmtx"]
    options.name_IDs = NAME_IDS
    options.name_languages = [0x409]
    options.notdef_outline = True
    subsetter = Subsetter(options)
    subsetter.populate(text="".join(sorted(characters)))
    subsetter.subset(font)
    # One table for the Basic Multilingual Plane is enough: all that is kept lies in it.
    font["cmap"].tables = [table for table in font["cmap"].tables if (table.platformID, table.platEncID) == (3, 1)]
    font.recalcTimestamp = False


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("regular", type=Path, help="NotoSansCJK-Regular.ttc")
    parser.add_argument("bold", type=Path, help="NotoSansCJK-Bold.ttc")
    parser.add_argument("locale", type=Path, help="zh-CN.ftl, whose characters are all kept")
    arguments = parser.parse_args()
    characters = wanted(arguments.locale)
    for path, name in [(arguments.regular, "regular.otf"), (arguments.bold, "bold.otf")]:
        collection = TTCollection(path)
        font = face(collection, FAMILY)
        narrow(font, face(collection, NARROW_FAMILY))
        subset(font, characters)
        target = Path(__file__).with_name(name)
        font.save(target)
        print(f"{name}: {len(font.getBestCmap())} characters, {target.stat().st_size} bytes")


if __name__ == "__main__":
    main()
