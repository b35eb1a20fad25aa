"""Faster imports: events that come numbered and hashed, fewer indexes; see sql/0017_chained_batches.sql."""

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0017_chained_batches.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0016_one_time_passwords")]
    operations = [
        migrations.AlterField(
            model_name="annotation",
            name="revision",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="annotations", to="annotations.revision"),
        ),
        migrations.AlterField(
            model_name="event",
            name="actor",
            field=models.ForeignKey(db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name="events", to=settings.AUTH_USER_MODEL),
        ),
        migrations.RemoveIndex(model_name="annotation", name="annotation_by_assignee"),
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(condition=models.Q(("assignee__isnull", False)), fields=["assignee", "state"], name="annotation_by_assignee"),
        ),
        migrations.RunSQL(SQL, elidable=False),
    ]
