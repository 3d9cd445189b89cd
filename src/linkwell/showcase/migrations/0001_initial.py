import django.db.models.deletion
import linkwell.core.create_tables
import linkwell.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='PublishedRelease',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('release_id', models.UUIDField(unique=True)),
                        ('code', models.CharField(max_length=20)),
                        ('place', models.CharField(max_length=200)),
                        ('of_all_areas', models.BooleanField(default=False)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('cells', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('words', models.JSONField(default=dict)),
                        ('published_on', models.DateField()),
                        ('withdrawn_on', models.DateField(null=True)),
                        ('withdrawn_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['code', '-last'], name='published_of_place')],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'first', 'last', 'number'), name='published_once'), models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_on', None), ('withdrawn_why', '')), models.Q(('withdrawn_on__isnull', False), models.Q(('withdrawn_why', ''), _negated=True)), _connector='OR'), name='published_withdrawn_says_why')],
                    },
                ),
                migrations.CreateModel(
                    name='Release',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('first', models.DateField()),
                        ('last', models.DateField()),
                        ('number', models.PositiveSmallIntegerField()),
                        ('of_all_areas', models.BooleanField(default=False)),
                        ('covers', models.JSONField(default=list)),
                        ('given_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('counts', models.JSONField()),
                        ('changes', models.JSONField(default=dict)),
                        ('cells', models.TextField()),
                        ('digest', models.CharField(max_length=64)),
                        ('why', models.JSONField(default=dict)),
                        ('words', models.JSONField(default=dict)),
                        ('log_size', models.PositiveIntegerField()),
                        ('prepared_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['discarded', 'prepared', 'published', 'withdrawn'])), name='release_state'), models.CheckConstraint(condition=models.Q(('first__lt', models.F('last'))), name='release_period'), models.CheckConstraint(condition=models.Q(models.Q(('signed_at', None), ('signed_by', None)), models.Q(('signed_at__isnull', False), ('signed_by__isnull', False)), _connector='OR'), name='release_signed_pair'), models.CheckConstraint(condition=models.Q(('signed_by', None), models.Q(('signed_by', models.F('prepared_by')), _negated=True), _connector='OR'), name='release_second_person'), models.CheckConstraint(condition=models.Q(('state__in', ['prepared', 'discarded']), ('signed_by__isnull', False), _connector='OR'), name='release_is_signed'), models.UniqueConstraint(condition=models.Q(('state', 'prepared')), fields=('organisation',), name='release_one_prepared'), models.UniqueConstraint(condition=models.Q(('state', 'discarded'), _negated=True), fields=('organisation', 'first', 'last', 'number'), name='release_number_once')],
                    },
                ),
            ],
        ),
    ]
