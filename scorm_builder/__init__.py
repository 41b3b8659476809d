"""YAML course -> packages for learning management systems."""
