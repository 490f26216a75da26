"""Who may see what: viewers and their roles, the rows each may read, and a record of who looked."""
