"""Guards that cost the same however long a text is: see sql/0008_piecewise_guards.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0008_piecewise_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0007_text_pieces")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
