"""A language server for Python code steps of Pipedream workflows."""

__version__ = "0.1.0"
