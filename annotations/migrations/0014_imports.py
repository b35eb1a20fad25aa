"""Imports: search entries that wait, guards that look at sets; see sql/0014_imports.sql."""

from pathlib import Path

import django.db.models.deletion
import django.db.models.functions.datetime
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0014_imports.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0013_search")]
    operations = [
        migrations.CreateModel(
            name="SearchBacklog",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("created", models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ("article", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.article")),
                ("desk", models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="annotations.desk")),
            ],
            options={"verbose_name_plural": "search backlog"},
        ),
        migrations.RunSQL(SQL, elidable=False),
    ]
