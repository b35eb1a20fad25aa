"""What the database keeps about texts that follow each other: see sql/0006_placement_guards.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0006_placement_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0005_placements")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
