"""Pictures, scenes, sound and film of a course."""
