"""Secrets of webhooks are kept sealed: those that stood there in plain text are sealed in place."""

from django.conf import settings
from django.db import migrations, models

from annotations.core import sealing


def seal(apps, schema_editor):
    _each(apps, lambda text, keys: sealing.sealed(text, keys) if text.startswith("whsec_") else text)


def unseal(apps, schema_editor):
    _each(apps, sealing.unsealed)


def _each(apps, change):
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    for webhook in apps.get_model("annotations", "Webhook").objects.all():
        webhook.sealed_secret = change(webhook.sealed_secret, keys)
        webhook.save(update_fields=["sealed_secret"])


class Migration(migrations.Migration):
    dependencies = [("annotations", "0017_chained_batches")]

    operations = [
        migrations.RenameField(model_name="webhook", old_name="secret", new_name="sealed_secret"),
        migrations.AlterField(
            model_name="webhook",
            name="sealed_secret",
            field=models.CharField(
                help_text="Signs each delivery. Readable under SECRET_KEY alone: see services/sealing.py.",
                max_length=300,
            ),
        ),
        migrations.RunPython(seal, unseal),
        migrations.AddConstraint(
            model_name="webhook",
            constraint=models.CheckConstraint(
                condition=models.Q(("sealed_secret__startswith", "whsec_"), _negated=True),
                name="webhook_secret_sealed",
            ),
        ),
    ]
