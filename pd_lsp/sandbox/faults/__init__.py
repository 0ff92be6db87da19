"""What can go wrong between the sandbox and its clients, when a test asks for it."""

from pd_lsp.sandbox.faults.fault import Fault
from pd_lsp.sandbox.faults.gate import Gate
from pd_lsp.sandbox.faults.usual import (
    dropped,
    endless,
    html,
    other_shape,
    redirect,
    slow,
    too_large,
    truncated,
    wrong_encoding,
)

__all__ = [
    "Fault",
    "Gate",
    "dropped",
    "endless",
    "html",
    "other_shape",
    "redirect",
    "slow",
    "too_large",
    "truncated",
    "wrong_encoding",
]
