"""Working code for an app: hand-made where there is some, else made from what the catalogue knows."""

from pd_lsp.templates.find import templates_for
from pd_lsp.templates.generic import generic_template

__all__ = ["generic_template", "templates_for"]
