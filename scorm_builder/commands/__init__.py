"""The commands of the building half: each parses options, calls, and prints."""
