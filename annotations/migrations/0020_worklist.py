"""What the worklist is found through, however much there is on a desk."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotations", "0019_kept_sentences")]

    operations = [
        migrations.AddIndex(
            model_name="annotation",
            index=models.Index(
                fields=["desk", "author", "-updated", "-id"],
                name="annotation_unassigned",
                condition=Q(assignee=None, state__in=["needs_recheck", "open", "returned"]),
            ),
        ),
        # People write on few desks each: without knowing it PostgreSQL expects somebody's work on all of them.
        migrations.RunSQL(
            "CREATE STATISTICS annotation_desk_author (mcv) ON desk_id, author_id FROM annotations_annotation",
            "DROP STATISTICS annotation_desk_author",
        ),
    ]
