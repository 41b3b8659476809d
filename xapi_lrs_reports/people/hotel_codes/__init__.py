"""Personal codes for hotels without an LMS: made, registered as pseudonyms, printed."""
