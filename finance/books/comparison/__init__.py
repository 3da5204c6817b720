"""The workbook `vergelijking`: scenarios side by side."""
