"""One module per standard: PackagePlan -> manifest, or the site that needs none.

manifests.py lists them all, limits.py has their limits.
"""

STANDARDS = ("scorm12", "scorm2004-3", "scorm2004-4", "cmi5", "xapi", "web")
"""The standards as the command line, the player and the statements' `platform` name them."""
