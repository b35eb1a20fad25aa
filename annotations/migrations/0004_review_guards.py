"""Four eyes, sign-off and the chained history, kept by the database: see sql/0004_review_guards.sql."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0004_review_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0003_review")]
    operations = [
        migrations.RunSQL(SQL, elidable=False),
        migrations.AddConstraint(
            model_name="event",
            constraint=models.UniqueConstraint(fields=("desk", "number"), name="event_number_once"),
        ),
    ]
