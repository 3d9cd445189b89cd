import django.contrib.postgres.fields
import linkwell.core.create_tables
import linkwell.core.fields
import linkwell.kernel.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='AuditPending',
                    fields=[
                        ('audit_id', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField(db_index=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='AuditEvent',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('actor_kind', models.CharField(max_length=10)),
                        ('actor_id', models.UUIDField(null=True)),
                        ('role', models.CharField(max_length=30)),
                        ('purpose', models.CharField(max_length=60)),
                        ('verb', models.CharField(max_length=40)),
                        ('object_kind', models.CharField(max_length=40)),
                        ('object_id', models.UUIDField(null=True)),
                        ('person_id', models.UUIDField(null=True)),
                        ('fields', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation_id', 'person_id', '-id'], name='audit_person'), models.Index(fields=['organisation_id', 'actor_id', '-id'], name='audit_actor')],
                    },
                ),
                migrations.CreateModel(
                    name='AuditSeal',
                    fields=[
                        ('audit_id', models.BigIntegerField(primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('number', models.BigIntegerField()),
                        ('sealed_at', models.DateTimeField(auto_now_add=True)),
                        ('mac', models.BinaryField(max_length=32)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation_id', 'number'), name='seal_number')],
                    },
                ),
                migrations.CreateModel(
                    name='Draft',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('user_id', models.UUIDField()),
                        ('form', models.CharField(max_length=120)),
                        ('words', linkwell.core.fields.EncryptedTextField()),
                        ('saved_at', models.DateTimeField(auto_now=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation_id', 'user_id', 'form'), name='draft_one_per_form')],
                    },
                ),
                migrations.CreateModel(
                    name='Installation',
                    fields=[
                        ('only', models.BooleanField(default=True, primary_key=True, serialize=False)),
                        ('fictional', models.BooleanField(default=False)),
                        ('epoch', models.PositiveIntegerField(default=1)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('only', True)), name='installation_one_row')],
                    },
                ),
                migrations.CreateModel(
                    name='OutboxEvent',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('event', models.CharField(max_length=80)),
                        ('handler', models.CharField(max_length=160)),
                        ('object_id', models.UUIDField()),
                        ('available_at', models.DateTimeField()),
                        ('once_key', models.CharField(max_length=240, null=True, unique=True)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('epoch', models.PositiveIntegerField()),
                        ('attempts', models.PositiveSmallIntegerField(default=0)),
                        ('fence', models.PositiveBigIntegerField(default=0)),
                        ('leased_until', models.DateTimeField(null=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('failed_at', models.DateTimeField(null=True)),
                        ('last_error', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('done_at', None), ('failed_at', None)), fields=['available_at'], name='outbox_ready'), models.Index(condition=models.Q(('failed_at__isnull', False)), fields=['failed_at'], name='outbox_failed')],
                    },
                ),
                migrations.CreateModel(
                    name='SavedList',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('user_id', models.UUIDField()),
                        ('page', models.CharField(max_length=60)),
                        ('name', models.CharField(max_length=60)),
                        ('query', linkwell.core.fields.EncryptedTextField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation_id', 'user_id', 'page', 'name'), name='saved_list_name')],
                    },
                ),
                migrations.CreateModel(
                    name='SeveralAct',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('user_id', models.UUIDField()),
                        ('kind', models.CharField(max_length=40)),
                        ('lines', linkwell.core.fields.EncryptedTextField()),
                        ('done_at', models.DateTimeField()),
                        ('undone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation_id', 'user_id', '-done_at'], name='several_newest')],
                    },
                ),
                migrations.CreateModel(
                    name='StateChange',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('object_kind', models.CharField(max_length=40)),
                        ('object_id', models.UUIDField()),
                        ('before', models.CharField(blank=True, max_length=30)),
                        ('after', models.CharField(max_length=30)),
                        ('at', models.DateTimeField(auto_now_add=True)),
                        ('actor_kind', models.CharField(max_length=10)),
                        ('actor_id', models.UUIDField(null=True)),
                        ('reason', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation_id', 'object_id', 'id'], name='history_object')],
                    },
                ),
                migrations.CreateModel(
                    name='Submission',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('key', models.UUIDField()),
                        ('object_id', models.UUIDField()),
                        ('at', models.DateTimeField(auto_now_add=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation_id', 'key'), name='submission_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TimelineEntry',
                    fields=[
                        ('id', models.BigAutoField(primary_key=True, serialize=False)),
                        ('organisation_id', models.UUIDField()),
                        ('person_id', models.UUIDField()),
                        ('kind', models.CharField(max_length=30)),
                        ('at', models.DateTimeField()),
                        ('summary', models.TextField()),
                        ('seen_by', models.CharField(max_length=20)),
                        ('object_kind', models.CharField(max_length=40)),
                        ('object_id', models.UUIDField()),
                        ('actor_kind', models.CharField(max_length=10)),
                        ('actor_id', models.UUIDField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation_id', 'person_id', '-at', '-id'], name='timeline_person')],
                    },
                ),
            ],
        ),
    ]
