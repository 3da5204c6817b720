"""What the eye sees of a workbook besides what its cells hold: read from its file, sealed, compared.

A number can stay as it was and still not be what is read: a format that shows another number, a white
letter, a colour that no longer turns, a chart of other cells, a column that is not printed.
"""
