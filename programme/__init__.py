"""What both halves need: problems and YAML with places, the programme directory, the pseudonym."""
