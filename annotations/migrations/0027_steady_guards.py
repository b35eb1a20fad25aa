"""Guards that take as long with many articles as with few: see sql/0027_steady_guards.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0027_steady_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0026_quick_entries")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
