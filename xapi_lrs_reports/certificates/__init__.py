"""Certificates: issued here and nowhere else."""
