"""`noroom roster import`: a list of employees from HR -> roster.csv, with a preview."""
