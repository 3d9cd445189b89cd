from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('messaging', '0003_to_a_parent'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='message',
            index=models.Index(condition=models.Q(('state__in', ['held', 'unknown', 'bounced']), ('try_again_at', None)), fields=['organisation', '-created_at'], name='message_needs_attention'),
        ),
    ]
