"""A workbook file as a package: its parts, how they refer to each other, and the bounds on reading them.

An xlsx file is a zip of XML parts that name each other by relations. Only what is asked for is
unpacked, piece by piece and within bounds, so that a part that nobody needs can neither refuse a
file nor cost time. Programs differ in how they name parts (backslashes, capitals, a slash in front,
percent signs) and elements (prefixes, the namespaces of strict files); here all of them look alike.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, NoReturn, Protocol
from urllib.parse import unquote
from xml.etree.ElementTree import TreeBuilder
from xml.parsers import expat

from finance.xlsx.archive import (
    MAX_PARTS,
    SAVE_AS_XLSX,
    refusal,
    refuse_document_type,
    refuse_password,
    refuse_size,
    refuse_twice,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

MIB: Final = 1024 * 1024
MAX_PART: Final = 256 * MIB
"""The largest part that is read, unpacked, in bytes."""
MAX_TOTAL: Final = 512 * MIB
"""The largest total of the parts that are read, unpacked, in bytes."""
MAX_TAGS: Final = 6_000_000
"""The largest number of tags in the parts that are read; a million numbers stay below it."""
MAX_DEPTH: Final = 100
"""How deep elements may lie in one another; a workbook needs some ten levels."""
MAX_RATIO: Final = 300
"""How many times larger than packed a part may be; cells compress 10 to 50 times, empty rows far better."""
PER_TAG: Final = 1024
"""Up to so many bytes for each of its tags a part is no bomb, however well it is packed."""
SMALL: Final = MIB
"""Up to this size, in bytes, the ratio of a part does not matter."""
PIECE: Final = 256 * 1024

DIRECTORY_ENTRY: Final = b"PK\x01\x02"
ENCODING: Final = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']*)[\"']")
UTF8_MARK: Final = b"\xef\xbb\xbf"
USUAL_MAIN: Final = "xl/workbook.xml"
OPEN_DOCUMENT: Final = b"application/vnd.oasis.opendocument"


class Handlers(Protocol):
    """Whoever follows the elements of a part; names are given with their prefix."""

    def start(self, name: str, attributes: dict[str, str], /) -> None:
        """An element begins."""

    def end(self, name: str, /) -> None:
        """An element ends."""

    def text(self, data: str, /) -> None:
        """Text between tags, in one or more pieces."""


class TooLargeError(Exception):
    """A part holds more than the toolkit reads, or lies too deep."""


class Relation(NamedTuple):
    """How one part refers to another.

    Attributes:
        id: its name within the part that refers.
        kind: what the other part is: the last word of the type, such as `worksheet`.
        part: the name of the other part; an address as it stands where it lies outside the file.
        external: whether it lies outside the file.
    """

    id: str
    kind: str
    part: str
    external: bool


def part_name(text: str) -> str:
    r"""The name of a part as the toolkit writes it, however a program spells it.

    Example:
        >>> part_name(r"\xl\Worksheets\sheet%201.xml"), part_name("/xl/worksheets/../workbook.xml")
        ('xl/worksheets/sheet 1.xml', 'xl/workbook.xml')
    """
    return posixpath.normpath("/" + unquote(text).replace("\\", "/")).lstrip("/").lower()


@lru_cache(maxsize=1024)
def local(name: str) -> str:
    """The name of an element or attribute without the prefix of its namespace.

    Example:
        >>> local("x:row"), local("row")
        ('row', 'row')
    """
    return name.rpartition(":")[2]


class Package:
    """The parts of a workbook file.

    Attributes:
        name: the name of the file, for messages.
    """

    def __init__(self, name: str, data: bytes) -> None:
        """Open a package; nothing is unpacked yet.

        Args:
            name: the name of the file, for messages.
            data: its bytes.

        Raises:
            FindingsError: it has far too many parts.
            zipfile.BadZipFile: it is no zip, or a damaged one.
        """
        self.name = name
        if data.count(DIRECTORY_ENTRY) > 2 * MAX_PARTS:
            refuse_size(name)
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in self._archive.infolist():
            if not entry.is_dir():
                self._entries.setdefault(part_name(entry.filename), []).append(entry)
        if len(self._entries) > MAX_PARTS:
            refuse_size(name)
        self._bytes_left, self._tags_left = MAX_TOTAL, MAX_TAGS

    @property
    def parts(self) -> tuple[str, ...]:
        """The names of all parts, in the order of the file."""
        return tuple(self._entries)

    def __contains__(self, part: str) -> bool:
        return part in self._entries

    @cached_property
    def main(self) -> str:
        """The part of the workbook itself.

        Raises:
            FindingsError: the file is no Excel workbook, or a binary one.
        """
        found = next((item.part for item in self.relations() if item.kind == "officeDocument"), USUAL_MAIN)
        if found not in self:
            self._refuse_other_kind()
        if found.endswith(".bin"):
            raise refusal(f"'{self.name}' is een binaire Excel-werkmap (.xlsb).", SAVE_AS_XLSX)
        return found

    def _refuse_other_kind(self) -> NoReturn:
        if "mimetype" in self and self.read("mimetype").startswith(OPEN_DOCUMENT):
            raise refusal(
                f"'{self.name}' is een OpenDocument-bestand (zoals .ods).",
                "Sla het in LibreOffice op als Excel 2007-365 (.xlsx).",
            )
        raise refusal(f"'{self.name}' is geen Excel-werkmap (.xlsx).", SAVE_AS_XLSX)

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """What a part refers to; the package itself where no part is named.

        Raises:
            expat.ExpatError: the part that says so is no well-formed XML.
        """
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return ()
        found = (element for element in self.parse(listing) if element.tag == "Relationship")
        return tuple(self._relation(folder, element.attrib) for element in found)

    def _relation(self, folder: str, attributes: Mapping[str, str]) -> Relation:
        target = attributes.get("Target", "")
        kind = attributes.get("Type", "").rpartition("/")[2]
        if attributes.get("TargetMode") == "External":
            return Relation(attributes.get("Id", ""), kind, target, external=True)
        part = part_name(posixpath.join("/", folder, target.replace("\\", "/")))
        # Some programs name a part from the root of the file where the folder of the part is meant.
        if part not in self and part_name(target) in self:
            part = part_name(target)
        return Relation(attributes.get("Id", ""), kind, part, external=False)

    def read(self, part: str) -> bytes:
        """The bytes of a part.

        Raises:
            LookupError: there is no such part.
            TooLargeError: it is larger than the toolkit reads.
            zipfile.BadZipFile: it is damaged.
        """
        return b"".join(self._pieces(part))

    def parse(self, part: str) -> Element:
        """The elements of a small part as a tree, by local names, whatever prefixes they carry.

        Of what is there in more forms (AlternateContent) the plain form is kept.

        Raises:
            FindingsError: it declares a document type.
            LookupError: there is no such part.
            TooLargeError: it is larger than the toolkit reads, or lies too deep.
            expat.ExpatError: it is no well-formed XML.
        """
        tree = _Tree()
        self.follow(part, tree)
        return tree.close()

    def follow(self, part: str, handlers: Handlers) -> None:
        """Hand the elements of a part to somebody, one after another.

        Args:
            part: the part.
            handlers: who they are handed to.

        Raises:
            FindingsError: it declares a document type, which could lead to other files or to bombs.
            LookupError: there is no such part.
            TooLargeError: it is larger than the toolkit reads.
            expat.ExpatError: it is no well-formed XML.
        """
        parser = None
        for piece in self._pieces(part):
            if parser is None:
                first = piece.removeprefix(UTF8_MARK).lstrip()
                parser = self._parser(first, handlers)
                parser.Parse(first, False)
            else:
                parser.Parse(piece, False)
        if parser is None:
            raise ValueError(f"{part} is empty")
        parser.Parse(b"", True)

    def _parser(self, first: bytes, handlers: Handlers) -> expat.XMLParserType:
        declared = ENCODING.match(first)
        is_utf8 = declared is not None and declared[1].lower().replace(b"_", b"-") in (b"utf8", b"utf-8")
        parser = expat.ParserCreate("utf-8" if is_utf8 else None)
        parser.buffer_text = True
        parser.StartElementHandler = handlers.start
        parser.EndElementHandler = handlers.end
        parser.CharacterDataHandler = handlers.text
        parser.StartDoctypeDeclHandler = self._refuse_document_type
        return parser

    def _refuse_document_type(self, *_declaration: object) -> NoReturn:
        refuse_document_type(self.name)

    def _pieces(self, part: str) -> Iterator[bytes]:
        """A part piece by piece, within the bounds."""
        entry = copy(self._entry(part))
        limit, size, tags = min(MAX_PART, self._bytes_left), 0, 0
        # A header that says less than there is would stop the standard library early, not other readers.
        declared, entry.file_size = entry.file_size, limit + 2 * MIB
        with self._archive.open(entry) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                tags += piece.count(b"<")
                if size > limit:
                    raise TooLargeError
                if size > SMALL and size > max(MAX_RATIO * entry.compress_size, PER_TAG * tags):
                    refuse_size(self.name)
                yield piece
                if tags > self._tags_left:
                    raise TooLargeError
        if size != declared:
            raise zipfile.BadZipFile("a part is not as large as it says")
        self._bytes_left -= size
        self._tags_left -= tags

    def _entry(self, part: str) -> zipfile.ZipInfo:
        entries = self._entries[part]
        if len(entries) > 1:
            refuse_twice(self.name)
        if entries[0].flag_bits & 1:
            refuse_password(self.name)
        return entries[0]


class _Tree:
    """Builds the tree of a part."""

    def __init__(self) -> None:
        self._builder = TreeBuilder()
        self._depth = 0
        self._skipped = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise TooLargeError
        tag = local(name)
        if tag == "Choice" and not self._skipped:
            self._skipped = self._depth
        if not self._skipped and tag not in TRANSPARENT:
            self._builder.start(tag, {_key(key, attributes): value for key, value in attributes.items()})

    def end(self, name: str) -> None:
        tag = local(name)
        if not self._skipped and tag not in TRANSPARENT:
            self._builder.end(tag)
        if self._skipped == self._depth:
            self._skipped = 0
        self._depth -= 1

    def text(self, data: str) -> None:
        if not self._skipped and self._depth:
            self._builder.data(data)

    def close(self) -> Element:
        return self._builder.close()


TRANSPARENT: Final = frozenset({"AlternateContent", "Fallback"})
"""Elements of which only what stands in them counts."""


def _key(name: str, attributes: Mapping[str, str]) -> str:
    """The name of an attribute without its prefix, unless there is another one of that name."""
    plain = local(name)
    return name if plain != name and plain in attributes else plain
