"""Names and texts as Python has them. They come from files that anybody may have written, so each is escaped."""

import keyword

from pd_lsp.stubs.python_type import ListOf, PythonType, Record


def literal(text: str) -> str:
    """A string literal in ASCII, whatever the text holds."""
    escaped = text.encode("unicode_escape", "surrogatepass").decode("ascii").replace('"', r"\"")
    return f'"{escaped}"'


def can_be_written_as_field(name: str) -> bool:
    """Whether a key can stand as the name of a class's field and still be that very key.

    Python would change one with two underscores before it, and some letters beyond ASCII.
    """
    return name.isascii() and name.isidentifier() and not keyword.iskeyword(name) and not name.startswith("__")


def annotation(one: PythonType) -> str:
    """A type as an annotation has it."""
    if isinstance(one, ListOf):
        return f"list[{annotation(one.item)}]"
    return one.name if isinstance(one, Record) else one.text
