from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_targets_of_commissioners"),
    ]

    operations = [
        migrations.AddField(
            model_name="user",
            name="text_size",
            field=models.CharField(
                choices=[("usual", "Usual"), ("large", "Large"), ("largest", "Largest")], default="usual", max_length=10
            ),
        ),
        migrations.AddField(
            model_name="user",
            name="shortcut_keys",
            field=models.BooleanField(default=True),
        ),
        migrations.AddConstraint(
            model_name="user",
            constraint=models.CheckConstraint(
                condition=models.Q(("text_size__in", ["usual", "large", "largest"])), name="user_text_size"
            ),
        ),
    ]
