"""LSP is spoken here and nowhere else."""
