"""`noroom forget`: a person leaves store, Parquet, quarantine, roster, codes and logs."""
