"""How a template becomes part of a step: its parts, the place they go to, and what must be changed around it."""
