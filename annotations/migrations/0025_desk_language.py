"""The language of a desk: what its name and its labels are written in."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("annotations", "0024_reading")]
    operations = [
        migrations.AddField(
            model_name="desk",
            name="language",
            field=models.CharField(blank=True, db_default="", help_text="BCP 47: what names and labels are written in, if known.", max_length=35),
        ),
    ]
