"""Type stubs of a project: what `pd` has in its steps, written down for type checkers. Names only (D3)."""
