"""Reads the flat sections of params.yaml, so that the example needs no YAML package."""


def read(section: str) -> dict[str, str]:
    """The keys of one section, as text."""
    found: dict[str, str] = {}
    inside = False
    with open("params.yaml") as file:
        for line in file:
            line = line.split("#")[0].rstrip()
            if not line:
                continue
            if not line.startswith(" "):
                inside = line == f"{section}:"
            elif inside:
                key, value = line.split(":", 1)
                found[key.strip()] = value.strip()
    return found
