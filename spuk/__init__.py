"""The door of the toolkit: the command line, and the run with a line per stage."""
