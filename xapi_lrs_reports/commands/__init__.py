"""The commands of the reading half: each parses options, calls, and prints."""
