"""Reading again what has not changed: see sql/0025_naming.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0025_naming.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0023_bulk_in_one_look")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
