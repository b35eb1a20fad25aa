"""Entries of the search in less time: see sql/0026_quick_entries.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0026_quick_entries.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0025_desk_language")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
