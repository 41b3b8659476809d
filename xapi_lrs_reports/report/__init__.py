"""What is shown: the report, who may see what of it, why a hotel stands where it stands."""
