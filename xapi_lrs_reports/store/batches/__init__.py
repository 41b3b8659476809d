"""What was read in one go, a batch: which file, when, and which facts it gave (decision 0025)."""
