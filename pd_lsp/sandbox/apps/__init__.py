"""The apps that the sandbox stands in for: one file each, and a row in the table of hosts."""
