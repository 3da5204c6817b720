"""The empty input workbook and the table of its columns, made from the declaration."""
