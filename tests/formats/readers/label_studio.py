"""Label Studio's converter in a process of its own: what it reads from a file of tasks, as JSON on standard output.

python label_studio.py TASKS FOLDER; FOLDER takes what it writes as CoNLL 2003.
"""

import json
import sys
from pathlib import Path
from types import ModuleType

for absent in ("cv2", "pandas"):  # for pictures and tables
    sys.modules[absent] = ModuleType(absent)

from label_studio_sdk.converter.converter import Converter  # noqa: E402

LABELS = "".join(
    f'<Label value="{each}"/>' for each in ("quantity", "prediction", "intelligence-sourced", "unlabelled")
)
CONFIG = f'<View><Labels name="label" toName="text">{LABELS}</Labels><Text name="text" value="$text"/></View>'
tasks, folder = sys.argv[1:]
converter = Converter(CONFIG, project_dir=None, download_resources=False)
found = [
    {"text": task["input"]["text"], "marks": [mark for marks in task["output"].values() for mark in marks]}
    for task in converter.iter_from_json_file(tasks)
]
converter.convert(tasks, folder, "CONLL2003", is_dir=False)
conll = [each.read_text(encoding="utf-8") for each in Path(folder).glob("*.conll")]
sys.stdout.write(json.dumps({"tasks": found, "conll": conll}))
