"""A test LMS: a server, a page that hosts a SCORM runtime, and a learner who plays."""
