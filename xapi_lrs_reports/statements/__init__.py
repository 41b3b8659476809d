"""xAPI statements: read from sources, judged, and made facts or put into quarantine."""
