"""Imports at half of PostgreSQL's work: see sql/0023_bulk_in_one_look.sql."""

from pathlib import Path

from django.db import migrations, models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

import annotations.models.kept_json

SQL = (Path(__file__).parent / "sql" / "0023_bulk_in_one_look.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0022_less_a_row")]
    operations = [
        migrations.RemoveIndex(model_name="annotation", name="annotation_by_article"),
        migrations.RemoveIndex(model_name="annotation", name="annotation_by_desk_state"),
        migrations.RemoveIndex(model_name="annotation", name="annotation_unassigned"),
        migrations.RemoveIndex(model_name="event", name="event_by_bulk"),
        migrations.SeparateDatabaseAndState(
            [migrations.RunSQL(SQL, elidable=False)],
            [
                migrations.AlterField("event", "after", annotations.models.kept_json.KeptJSON(null=True)),
                migrations.AlterField("event", "before", annotations.models.kept_json.KeptJSON(null=True)),
            ],
        ),
        migrations.AddIndex("revision", models.Index(fields=["sha256"], name="revision_by_sha256")),
        migrations.AddIndex("annotation", models.Index(fields=["article", "id"], name="annotation_by_article")),
        migrations.AddIndex("annotation", models.Index(fields=["desk", "state", "id"], name="annotation_by_desk_state")),
        migrations.AddIndex(
            "annotation",
            models.Index(
                condition=models.Q(("assignee", None), ("state__in", ["needs_recheck", "open", "returned"])),
                fields=["desk", "author", "updated", "id"],
                name="annotation_unassigned",
            ),
        ),
        migrations.AddIndex(
            "event",
            models.Index(
                KeyTransform("bulk", Cast("after", models.JSONField())),
                condition=models.Q(("before__isnull", False), ("after__bulk__isnull", False)),
                name="event_by_bulk",
            ),
        ),
    ]
