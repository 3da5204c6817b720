"""Programs that recalculate workbooks independently of the toolkit."""
