"""What each workbook says: a package for each, and what several of them share."""
