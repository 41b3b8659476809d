"""Lengths that the standards fix, each with its section."""

from __future__ import annotations

TITLE_CHARACTERS = 200
"""SCORM 2004 4th ed. CAM, element <title>: smallest permitted maximum."""

SUSPEND_DATA_BUDGET = 1500
"""What the worst case of a course may need of the 4096 characters that SCORM 1.2 grants.

SCORM 1.2 RTE, section 3.4, cmi.suspend_data. The rest is left for LMSs that escape what they keep.
"""
