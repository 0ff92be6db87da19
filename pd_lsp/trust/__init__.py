"""What the person allowed: folders (D6), live runs of a file (D8), and what should make them look twice."""
