"""The rows of the input workbook: a record for each sheet, by subject; `finance.case.sheets` lists the sheets."""
