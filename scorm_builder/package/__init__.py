"""From a course to packages: planned, staged and zipped, for the whole matrix."""
