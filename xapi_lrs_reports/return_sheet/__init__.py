"""return-sheet.xlsx as HR sends it back: headcounts, roster, completion codes.

read_sheet -> plan_sheet -> apply_plan; the format is docs/contracts.md, section 8.
"""
