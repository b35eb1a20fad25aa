"""Less work for each row that comes in: see sql/0022_less_a_row.sql."""

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0022_less_a_row.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0021_verdicts_by_desk")]
    operations = [
        migrations.AlterField(
            model_name="event",
            name="desk",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="events", to="annotations.desk"),
        ),
        migrations.AlterField(
            model_name="block",
            name="revision",
            field=models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="blocks", to="annotations.revision"),
        ),
        migrations.RemoveIndex(model_name="event", name="event_by_desk"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(SQL, elidable=False)],
            [
                migrations.RemoveConstraint(model_name="annotationterm", name="annotationterm_once"),
                migrations.RemoveField(model_name="annotationterm", name="id"),
                migrations.AddField(
                    model_name="annotationterm",
                    name="pk",
                    field=models.CompositePrimaryKey("annotation_id", "term_id", blank=True, editable=False, primary_key=True, serialize=False),
                ),
                migrations.RemoveConstraint(model_name="textpiece", name="textpiece_once"),
                migrations.RemoveField(model_name="textpiece", name="id"),
                migrations.AddField(
                    model_name="textpiece",
                    name="pk",
                    field=models.CompositePrimaryKey("revision_id", "number", blank=True, editable=False, primary_key=True, serialize=False),
                ),
            ],
        ),
    ]
