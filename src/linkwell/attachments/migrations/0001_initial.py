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
                    name='Attachment',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('about_kind', models.CharField(max_length=20)),
                        ('about_id', models.UUIDField()),
                        ('came_with', models.UUIDField(null=True)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('name', linkwell.core.fields.EncryptedTextField()),
                        ('kind', models.CharField(choices=[('pdf', 'PDF'), ('jpeg', 'photo'), ('png', 'picture'), ('text', 'text')], max_length=4)),
                        ('size', models.PositiveIntegerField()),
                        ('added_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('added_by_name', models.CharField(max_length=120)),
                        ('copy_of', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='attachments.attachment')),
                        ('checked_at', models.DateTimeField(null=True)),
                        ('checked_by', models.CharField(blank=True, max_length=80)),
                        ('tries', models.PositiveSmallIntegerField(default=0)),
                        ('try_again_at', models.DateTimeField(null=True)),
                        ('removed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'about_id', 'id'], name='attachment_about'), models.Index(condition=models.Q(('state', 'unchecked')), fields=['organisation'], name='attachment_unchecked'), models.Index(condition=models.Q(('state', 'removed')), fields=['organisation', 'removed_at'], name='attachment_removed')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['clean', 'gone', 'harmful', 'removed', 'unchecked', 'waiting'])), name='attachment_state'), models.CheckConstraint(condition=models.Q(('kind__in', ['pdf', 'jpeg', 'png', 'text'])), name='attachment_kind'), models.CheckConstraint(condition=models.Q(('removed_at', None), ('state__in', ['removed', 'gone']), _connector='OR'), name='attachment_removed_pair')],
                    },
                ),
                migrations.CreateModel(
                    name='AttachmentBytes',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('attachment', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='bytes', to='attachments.attachment')),
                        ('content', linkwell.core.fields.EncryptedBytesField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
