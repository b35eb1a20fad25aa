"""One index of events serves articles and annotations, and lighter guards: see the two files of SQL."""

from pathlib import Path

from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import PROTECT

FILES = ("0028_one_index_of_events.sql", "0028_lighter_guards.sql")
SQL = "\n".join((Path(__file__).parent / "sql" / name).read_text(encoding="utf-8") for name in FILES)


class Migration(migrations.Migration):
    dependencies = [("annotations", "0027_steady_guards")]
    operations = [
        migrations.RunSQL(SQL, elidable=False),
        migrations.AddIndex(
            "event",
            models.Index(
                models.F("article").asc(nulls_first=True),
                models.F("annotation").asc(nulls_first=True),
                name="event_by_article",
            ),
        ),
        migrations.RemoveIndex("event", "event_by_annotation"),
        migrations.AlterField(
            "event",
            "article",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                null=True,
                on_delete=PROTECT,
                related_name="events",
                to="annotations.article",
            ),
        ),
        migrations.AlterField(
            "article",
            "desk",
            models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=PROTECT,
                related_name="articles",
                to="annotations.desk",
            ),
        ),
        migrations.AlterField(
            "revision",
            "desk",
            models.ForeignKey(
                db_constraint=False, db_index=False, on_delete=PROTECT, related_name="+", to="annotations.desk"
            ),
        ),
        *(
            migrations.AlterField(
                name,
                "created_by",
                models.ForeignKey(
                    db_constraint=False, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                ),
            )
            for name in ("article", "revision")
        ),
    ]
