"""Completions from an LMS's export or an attendance list: a table of some form -> facts."""
