"""What a sheet is made of: tables of columns, where they stand, what their formulas come to, their looks."""
