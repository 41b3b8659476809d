"""Who works where: rosters, aliases, personal codes; who is forgotten, what is kept how long."""
