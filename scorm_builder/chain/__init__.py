"""What a chain adds to a course: pages, colours, logo."""
