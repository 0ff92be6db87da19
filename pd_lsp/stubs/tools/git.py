"""git: `.env` holds the secrets of a project, and must not get into its history."""

from pd_lsp.stubs.tools.settings import Settings

_NAME, _SECRETS = ".gitignore", ".env"
_COVERS = {".env", "/.env", "*.env", ".env*", "/.env*"}


def ignore_secrets(settings: Settings) -> None:
    """Adds `.env` to what git ignores, where the project is one of git and has such a file or such a list."""
    if not (settings.folder / ".git").exists() or not settings.can_be_written(_NAME):
        return
    text = settings.text(_NAME)
    if text is None and not (settings.folder / _SECRETS).exists():
        return
    lines = (text or "").splitlines()
    if _COVERS.isdisjoint(line.strip() for line in lines):
        end = "\r\n" if "\r\n" in (text or "") else "\n"
        between = end if text and not text.endswith("\n") else ""
        settings.put(_NAME, f"{text or ''}{between}{_SECRETS}{end}")
