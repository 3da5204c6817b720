"""What a part of a file says twice, so that one program shows one thing and another program another.

A file can hold elements of which a program that does not know them takes no notice, and forms of which a
program picks the one that it knows. Programs keep things of their own in them. But who wants a reader to
see one number, and whoever checks the file another, can write the one as an element that Excel knows and
the other as one that it does not. This toolkit reads parts by local names, as programs differ in
prefixes; so whatever Excel would read in another way is told here.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn
from xml.parsers import expat

from finance.tables.grid import storable
from finance.xlsx.package import Package

OFFICE: Final = ("http://schemas.openxmlformats.org/", "http://purl.oclc.org/ooxml/")
"""How the names of the languages begin in which a workbook is written."""
CHOOSING: Final = "http://schemas.openxmlformats.org/markup-compatibility/"
OF_XML: Final = "http://www.w3.org/"
OF_PROPERTIES: Final = ("http://schemas.openxmlformats.org/package/2006/metadata/", "http://purl.org/dc/")
DECLARED: Final = re.compile(rb"xmlns(?::[\w.-]+)?\s*=\s*[\"']([^\"']*)[\"']")
WIDE: Final = b"\0"
"""What the first bytes of a part in another encoding than UTF-8 hold."""
CHOICES: Final = frozenset({"AlternateContent", "Choice", "Fallback"})
OWN_ELEMENTS: Final = frozenset({"revisionPtr", "absPath", "style"})
"""What programs write in a language or a choice of their own: where they saved, and the style of a chart."""
OWN_ATTRIBUTES: Final = frozenset(
    {
        "dyDescent",
        "knownFonts",
        "uid",
        "documentId",
        "coauthVersionLast",
        "coauthVersionMax",
        "uidLastSave",
        "schemaLocation",
        "type",
    }
)
"""The attributes that programs write in a language of their own."""
COLOURING: Final = frozenset({"conditionalFormattings", "conditionalFormatting", "cfRule"})
COLOURING_EXTENSION: Final = "{78C0D931-6437-407D-A8EE-F0AAD7539E65}"
"""The extension in which Excel looks for colouring rules of its own."""
KINDS: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(
        (
            "officeDocument",
            "worksheet",
            "styles",
            "sharedStrings",
            "theme",
            "drawing",
            "chart",
            "comments",
            "vmlDrawing",
            "chartUserShapes",
        ),
        (
            "http://schemas.openxmlformats.org/officeDocument/2006/relationships/",
            "http://purl.oclc.org/ooxml/officeDocument/relationships/",
        ),
    ),
    "core-properties": (
        "http://schemas.openxmlformats.org/package/2006/relationships/metadata/",
        "http://purl.oclc.org/ooxml/package/relationships/metadata/",
        "http://schemas.openxmlformats.org/officedocument/2006/relationships/metadata/",
    ),
}
"""The kinds of parts that are followed, and how Excel wants the names of these kinds to begin."""
SHOWN: Final = 5
LONGEST: Final = 40
SINGLE: Final = frozenset({"officeDocument", "styles", "sharedStrings", "theme", "core-properties"})
"""The kinds of parts of which there is one; of two, programs pick different ones."""


def twofold(package: Package, part: str) -> Iterator[str]:
    """Say, in Dutch, what of a part Excel reads otherwise than this toolkit.

    Args:
        package: the file.
        part: the part.

    A part that cannot be read says nothing twice; whoever needs it tells that.
    """
    if part.endswith(".rels"):
        yield from (f"{what} ({storable(part)[:100]})" for what in _relations(package, part))
    elif part.endswith(".xml"):
        data = package.read(part)
        if WIDE in data[:100] or not all(map(_is_office, DECLARED.findall(data))):
            yield from (f"{what} ({storable(part)[:100]})" for what in _elements(data))


def _is_office(declared: bytes) -> bool:
    return declared.decode("utf-8", "replace").startswith(OFFICE) and not declared.startswith(CHOOSING.encode())


def _relations(package: Package, part: str) -> Iterator[str]:
    kinds: Counter[str] = Counter()
    for relation in package.parse(part):
        start, _, kind = relation.get("Type", "").rpartition("/")
        kinds[kind] += 1
        if kind in KINDS and f"{start}/" not in KINDS[kind]:
            yield f"een verwijzing die Excel niet volgt, naar {storable(relation.get('Target', ''))[:100]}"
    for kind in sorted(SINGLE):
        if kinds[kind] > 1:
            yield f"meer dan een verwijzing van de soort {kind}"


def _elements(data: bytes) -> list[str]:
    """What of a part Excel reads otherwise, in one text; none where it reads all of it alike."""
    seen = _Seen()
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.StartDoctypeDeclHandler = _stop
    parser.StartElementHandler, parser.EndElementHandler = seen.start, seen.end
    try:
        parser.Parse(data, True)
    except (expat.ExpatError, _DocumentTypeError):
        return []
    names = list(seen.told)
    if not names:
        return []
    more = f" en {len(names) - SHOWN} andere" if len(names) > SHOWN else ""
    return [f"wat Excel anders leest dan andere programma's: {', '.join(names[:SHOWN])}{more}"]


class _DocumentTypeError(Exception):
    """A part declares a document type; where the part is needed, its reader refuses it."""


def _stop(*_declaration: object) -> NoReturn:
    raise _DocumentTypeError


@dataclass
class _Seen:
    """Follows the elements of a part, their names with their languages.

    Attributes:
        told: the elements and attributes that Excel reads otherwise, in their order.
    """

    told: dict[str, None] = field(default_factory=dict)
    _is_left: bool = False
    _path: list[str] = field(default_factory=list)
    _extension: str = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        language, _, tag = name.rpartition(" ")
        if not self._path:
            # Parts of another kind than sheets and their like are not read by local names.
            self._is_left = not language.startswith(OFFICE)
        inside = "extLst" in self._path
        if inside and tag == "ext":
            self._extension = attributes.get("uri", "").upper()
        self._path.append(tag)
        if self._is_left:
            return
        if inside:
            self._start_in_extension(tag)
            return
        if not self._is_known(language, tag):
            self._tell(tag)
        for attribute in attributes:
            if " " in attribute and not _is_known_attribute(attribute):
                self._tell(attribute.rpartition(" ")[2])

    def _tell(self, name: str) -> None:
        self.told[storable(name)[:LONGEST]] = None

    def _is_known(self, language: str, tag: str) -> bool:
        if language.startswith(CHOOSING):
            return tag in CHOICES
        if tag in OWN_ELEMENTS:
            return True
        is_chosen = any(tag in CHOICES for tag in self._path[:-1])
        return not is_chosen and language.startswith((*OFFICE, *OF_PROPERTIES))

    def _start_in_extension(self, tag: str) -> None:
        if tag in COLOURING and self._extension != COLOURING_EXTENSION:
            self._tell(tag)

    def end(self, _name: str) -> None:
        self._path.pop()


def _is_known_attribute(name: str) -> bool:
    language, _, attribute = name.rpartition(" ")
    return language.startswith((*OFFICE, OF_XML)) or attribute in OWN_ATTRIBUTES
