"""The domain: money, findings, the case, the rules, the statement and the workbook."""
