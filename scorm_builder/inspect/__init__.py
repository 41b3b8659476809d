"""Any package -> what it is, and what an LMS would make of it.

zip -> read_archive (names, limits, flags) -> recognise (which standard) -> the rules of that
standard -> Report. Nothing is ever unpacked to the disk, and nothing in a package is trusted.
"""
