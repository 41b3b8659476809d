"""The author's preview: a local server that shows a course beside a simulated LMS."""
