"""What makes a course wrong or hard to read, beyond the shape of its files."""
