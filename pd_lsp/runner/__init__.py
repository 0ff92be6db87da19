"""The other process: runs one step in the step's own Python. Standard library and syntax of Python 3.8 only.

No room imports it and it imports none: it is started by path, so that the step's Python needs nothing of ours.
"""
