"""What a browser gets: the player linked and shortened, and the course as data."""
