"""What the list of verdicts is found through, however many there are on other desks."""

from django.db import migrations, models
from django.db.models import Q


class Migration(migrations.Migration):
    dependencies = [("annotations", "0020_worklist")]

    operations = [
        migrations.AddIndex(
            model_name="verdict",
            index=models.Index(fields=["desk", "id"], condition=Q(retired_at=None), name="verdict_by_desk"),
        ),
    ]
