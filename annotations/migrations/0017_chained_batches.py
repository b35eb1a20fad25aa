"""Events that come numbered and hashed, looked at in sets; see sql/0017_chained_batches.sql."""

from pathlib import Path

from django.db import migrations

SQL = (Path(__file__).parent / "sql" / "0017_chained_batches.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0016_one_time_passwords")]
    operations = [migrations.RunSQL(SQL, elidable=False)]
