"""How often the tables are wrong."""
