import django.contrib.postgres.fields
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
        ('casework', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='CaseloadMove',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('moved_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('undone_at', models.DateTimeField(null=True)),
                        ('undone_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'team', '-created_at'], name='move_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('undone_at', None), ('undone_by', None)), models.Q(('undone_at__isnull', False), ('undone_by__isnull', False)), _connector='OR'), name='move_undone_pair')],
                    },
                ),
                migrations.CreateModel(
                    name='CaseloadMoveLine',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('move', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lines', to='workforce.caseloadmove')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('given_to', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('case_version', models.PositiveIntegerField()),
                        ('appointments', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                        ('tasks', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('move', 'case'), name='move_line_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Supervision',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('with_whom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('held_on', models.DateField()),
                        ('next_on', models.DateField()),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'worker', '-held_on'], name='supervision_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('worker', models.F('with_whom')), _negated=True), name='supervision_of_two'), models.CheckConstraint(condition=models.Q(('next_on__gt', models.F('held_on'))), name='supervision_next_later'), models.UniqueConstraint(fields=('organisation', 'worker', 'with_whom', 'held_on'), name='supervision_once_a_day')],
                    },
                ),
                migrations.CreateModel(
                    name='SupervisionNotes',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('supervision', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='notes', to='workforce.supervision')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('with_whom', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('topics', linkwell.core.fields.EncryptedTextField()),
                        ('steps', linkwell.core.fields.EncryptedTextField(blank=True)),
                        ('cases', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), default=list, size=None)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='TalkRequest',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('words', linkwell.core.fields.EncryptedTextField(blank=True)),
                        ('urgent', models.BooleanField(default=False)),
                        ('answered_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answered_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'asked')), fields=['organisation', 'team', 'created_at'], name='talk_queue')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['answered', 'asked', 'withdrawn'])), name='talk_state'), models.CheckConstraint(condition=models.Q(models.Q(('answered_at', None), ('answered_by', None)), models.Q(('answered_at__isnull', False), ('answered_by__isnull', False)), _connector='OR'), name='talk_answered_pair'), models.UniqueConstraint(condition=models.Q(('state', 'asked')), fields=('organisation', 'case', 'asked_by'), name='talk_once_while_asked')],
                    },
                ),
                migrations.CreateModel(
                    name='SupervisionDecision',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='supervision_decisions', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('talk', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='workforce.talkrequest')),
                        ('decision', models.TextField()),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['case', '-created_at'], name='decision_of_case')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decision', ''), _negated=True), name='decision_says_what')],
                    },
                ),
                migrations.CreateModel(
                    name='Visit',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('appointment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.appointment')),
                        ('buddy', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('place', linkwell.core.fields.EncryptedTextField(blank=True)),
                        ('started_at', models.DateTimeField()),
                        ('out_by', models.DateTimeField()),
                        ('out_at', models.DateTimeField(null=True)),
                        ('told', models.PositiveSmallIntegerField(default=0)),
                        ('told_at', models.DateTimeField(null=True)),
                        ('looked_for_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('looked_for_at', models.DateTimeField(null=True)),
                        ('found_note', linkwell.core.fields.EncryptedTextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'out'), _negated=True), fields=['organisation', 'out_by'], name='visit_going_on'), models.Index(fields=['organisation', 'worker', '-started_at'], name='visit_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['late', 'looked_for', 'out', 'visiting'])), name='visit_state'), models.CheckConstraint(condition=models.Q(('out_by__gt', models.F('started_at'))), name='visit_period'), models.CheckConstraint(condition=models.Q(models.Q(('worker', models.F('buddy')), _negated=True), ('buddy', None), _connector='OR'), name='visit_buddy_is_another'), models.CheckConstraint(condition=models.Q(models.Q(('out_at__isnull', False), ('state', 'out')), models.Q(models.Q(('state', 'out'), _negated=True), ('out_at', None)), _connector='OR'), name='visit_out_pair'), models.CheckConstraint(condition=models.Q(models.Q(('looked_for_at', None), ('looked_for_by', None)), models.Q(('looked_for_at__isnull', False), ('looked_for_by__isnull', False)), _connector='OR'), name='visit_looked_for_pair'), models.UniqueConstraint(condition=models.Q(('state', 'out'), _negated=True), fields=('organisation', 'worker'), name='visit_one_at_a_time')],
                    },
                ),
            ],
        ),
    ]
