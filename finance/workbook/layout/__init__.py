"""Sheets as pages of tables, whose formulas name columns, so that no sheet counts rows or letters.

`pages` holds what a sheet is made of, and `columns` the kinds of its columns; `places` finds where
everything stands and turns templates into formulas; `painting` fills the cells.
"""
