"""test_ending.py kills by signals; on Windows on_windows/test_ending.py stands for it."""

import sys

collect_ignore = ["test_ending.py"] if sys.platform == "win32" else []
