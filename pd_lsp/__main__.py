"""`python -m pd_lsp`."""

import sys

from pd_lsp.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
