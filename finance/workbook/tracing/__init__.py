"""The trail of a cell: which cells it comes from, and what each of them adds, down to the input."""
