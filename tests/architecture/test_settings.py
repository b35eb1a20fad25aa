"""Every variable that the settings read has its line in docs/install.md, and no line there is about nothing."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(r'environment\.(?:text|words|flag|number|choice|rate)\(\s*"(\w+)"')
LINE = re.compile(r"^\| `(\w+)` \|", re.MULTILINE)


def test_every_setting_is_documented() -> None:
    sources = [(ROOT / "factcheck" / name).read_text() for name in ("settings.py", "rest.py")]
    read = {name for source in sources for name in READ.findall(source)}
    documented = LINE.findall((ROOT / "docs" / "install.md").read_text())

    assert sorted(documented) == sorted(read)
