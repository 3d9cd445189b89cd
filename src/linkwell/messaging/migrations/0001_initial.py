import django.db.models.deletion
import linkwell.core.create_tables
import linkwell.core.fields
import linkwell.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Message',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('audience', models.CharField(choices=[('person', 'the person'), ('referrer', 'the referrer'), ('group', 'a community group'), ('gp', 'the GP practice'), ('staff', 'a colleague'), ('parent', 'a parent or carer of a child')], max_length=10)),
                        ('channel', models.CharField(choices=[('email', 'e-mail'), ('text', 'text message'), ('letter', 'letter')], max_length=10)),
                        ('template', models.CharField(max_length=60)),
                        ('address', linkwell.core.fields.EncryptedTextField()),
                        ('subject', models.CharField(blank=True, max_length=200)),
                        ('body', linkwell.core.fields.EncryptedTextField()),
                        ('about_kind', models.CharField(max_length=40)),
                        ('about_id', models.UUIDField()),
                        ('once_key', models.CharField(max_length=120)),
                        ('held_reason', models.CharField(blank=True, max_length=200)),
                        ('provider_reference', models.CharField(blank=True, max_length=120)),
                        ('sent_at', models.DateTimeField(null=True)),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('try_again_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', '-created_at'], name='message_newest'), models.Index(fields=['organisation', 'person', '-created_at'], name='message_person'), models.Index(condition=models.Q(('state__in', ['held', 'unknown', 'bounced']), ('try_again_at', None)), fields=['organisation', '-created_at'], name='message_needs_attention')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['bounced', 'cancelled', 'held', 'queued', 'sending', 'sent', 'unknown'])), name='message_state'), models.CheckConstraint(condition=models.Q(('audience__in', ['person', 'referrer', 'group', 'gp', 'staff', 'parent'])), name='message_audience'), models.CheckConstraint(condition=models.Q(('channel__in', ['email', 'text', 'letter'])), name='message_channel'), models.UniqueConstraint(fields=('organisation', 'once_key'), name='message_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ThreadPost',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('about_kind', models.CharField(max_length=40)),
                        ('about_id', models.UUIDField()),
                        ('author_kind', models.CharField(max_length=10)),
                        ('author_name', models.CharField(max_length=120)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('text', linkwell.core.fields.EncryptedTextField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'about_id', 'id'], name='thread_about')],
                    },
                ),
                migrations.CreateModel(
                    name='ThreadRead',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('about_id', models.UUIDField()),
                        ('reader', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('read_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'reader', 'about_id'), name='thread_read_once')],
                    },
                ),
            ],
        ),
    ]
