"""The commands: a module or package for each, named after it."""
