"""The guards of annotations, labels and history for many rows at once: see sql/0009_guards_in_bulk.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0009_guards_in_bulk.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0008_piecewise_guards")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
