"""One module per standard: PackagePlan -> manifest. Limits of all standards in limits.py."""

STANDARDS = ("scorm12", "scorm2004-3", "scorm2004-4")
"""The standards as the command line, the player and the statements' `platform` name them."""
