"""Reading again what has not changed (sql/0024_naming.sql), and an index of languages in place of one that was twice."""

from pathlib import Path

from django.db import migrations, models

SQL = (Path(__file__).parent / "sql" / "0024_naming.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("annotations", "0023_bulk_in_one_look")]
    operations = [
        migrations.RunSQL(SQL, elidable=False),
        migrations.RemoveIndex(model_name="article", name="article_by_desk"),  # article_of_desk has the same columns
        migrations.AddIndex(
            model_name="article", index=models.Index(fields=["desk", "language"], name="article_by_language")
        ),
    ]
