"""The hotels of the programme through time: hotels.csv, hotel-events.csv and headcounts.csv."""
