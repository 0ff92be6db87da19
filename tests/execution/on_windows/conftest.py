"""These tests run on Windows alone: elsewhere there are no Job objects, and ../test_ending.py says the same."""

import sys

collect_ignore_glob = [] if sys.platform == "win32" else ["test_*.py"]
