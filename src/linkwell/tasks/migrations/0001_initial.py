import django.db.models.deletion
import linkwell.core.create_tables
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
                    name='Task',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('kind', models.CharField(max_length=40)),
                        ('title', models.CharField(max_length=200)),
                        ('about_kind', models.CharField(max_length=40)),
                        ('about_id', models.UUIDField()),
                        ('due_on', models.DateField()),
                        ('urgent', models.BooleanField(default=False)),
                        ('acknowledged_at', models.DateTimeField(null=True)),
                        ('escalate_at', models.DateTimeField(null=True)),
                        ('escalate_to', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('escalated_at', models.DateTimeField(null=True)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'open')), fields=['organisation', 'owner', 'due_on'], name='task_owner'), models.Index(condition=models.Q(('state', 'open')), fields=['organisation', 'team', 'due_on'], name='task_team'), models.Index(condition=models.Q(('escalated_at', None), ('state', 'open')), fields=['escalate_at'], name='task_escalate')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['done', 'dropped', 'open'])), name='task_state'), models.CheckConstraint(condition=models.Q(models.Q(('done_at', None), ('done_by', None)), ('done_at__isnull', False), _connector='OR'), name='task_done_pair'), models.UniqueConstraint(condition=models.Q(('state', 'open')), fields=('organisation', 'kind', 'about_id'), name='task_once_while_open')],
                    },
                ),
            ],
        ),
    ]
