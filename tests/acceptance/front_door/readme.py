"""Examples of a README as programs: what stands there is what runs."""

import re
from pathlib import Path

_BLOCK = r"^```{language}\n(.*?)^```$"


def program(readme: Path, language: str) -> str:
    """Every code block of ``language``, one after the other. Raises ``ValueError`` where there is none."""
    blocks = re.findall(_BLOCK.format(language=language), readme.read_text(), re.MULTILINE | re.DOTALL)
    if not blocks:
        raise ValueError(f"{readme} has no {language}")
    return "\n\n".join(blocks)
