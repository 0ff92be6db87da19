"""The secret values of accounts, and the redactor that blanks them wherever text leaves (D4, D14)."""

from pd_lsp.credentials.credentials import Credentials
from pd_lsp.credentials.redactor import RedactingStream, Redactor
from pd_lsp.credentials.secret import Secret, secrets_of

__all__ = ["Credentials", "RedactingStream", "Redactor", "Secret", "secrets_of"]
