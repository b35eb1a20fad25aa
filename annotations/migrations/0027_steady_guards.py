"""Guards that take as long with many articles as with few, and fewer entries of indexes: see sql/0027_steady_guards.sql."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0027_steady_guards.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0026_quick_entries")]
    operations = [
        migrations.RunSQL(SQL, elidable=False),
        migrations.RemoveIndex(model_name="annotation", name="annotation_by_article"),
        migrations.RemoveIndex(model_name="annotation", name="annotation_by_update"),
        migrations.AddIndex(
            "annotation",
            models.Index(fields=["article", "id"], include=["updated"], name="annotation_by_article"),
        ),
        migrations.RemoveIndex(model_name="event", name="event_by_annotation"),
        migrations.AddIndex(
            "event",
            models.Index(
                condition=models.Q(("annotation__isnull", False)),
                fields=["annotation", "-id"],
                name="event_by_annotation",
            ),
        ),
    ]
