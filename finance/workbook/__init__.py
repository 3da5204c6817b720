"""The workbook: reading the input, writing the output, and verifying what was written."""
