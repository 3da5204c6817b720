"""The version of the toolkit."""

from importlib.metadata import PackageNotFoundError, version


def toolkit_version() -> str:
    """Name and version, as written into every output."""
    try:
        return f"spuk {version('spuk')}"
    except PackageNotFoundError:
        return "spuk (niet geïnstalleerd)"
