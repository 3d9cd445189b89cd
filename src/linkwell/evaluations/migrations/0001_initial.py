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
                    name='Evaluation',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('number', models.PositiveIntegerField(null=True)),
                        ('fixed_at', models.DateTimeField(null=True)),
                        ('opened_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('question', models.CharField(max_length=300)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('minimum_n', models.PositiveIntegerField()),
                        ('basis', models.CharField(choices=[('service', 'Service evaluation by those responsible for the support (UK GDPR 6(1)(e) and 9(2)(h))'), ('agreed', 'Only people who agreed to it (UK GDPR 6(1)(e) and 9(2)(j), confidence kept by agreement)'), ('approved', 'Approved without agreement (section 251 or research approval)')], max_length=8)),
                        ('approved_by', models.CharField(max_length=120)),
                        ('approved_on', models.DateField()),
                        ('who', models.CharField(blank=True, choices=[('all', 'Everybody here'), ('team', 'People of one team'), ('service', 'People referred to one group or service'), ('programme', 'People taken on by a programme'), ('rule', 'People found by a rule and offered support')], max_length=9)),
                        ('which', models.CharField(blank=True, max_length=60)),
                        ('population', models.CharField(blank=True, max_length=300)),
                        ('design', models.CharField(blank=True, choices=[('paired', 'Nobody: the same person, before and after'), ('its', 'The same place before, month by month'), ('match', 'Other people like them who were not offered support')], max_length=6)),
                        ('comparison', models.CharField(blank=True, max_length=300)),
                        ('began_on', models.DateField(null=True)),
                        ('counted', models.CharField(blank=True, choices=[('score', 'A score of a questionnaire'), ('attendances', 'A&E visits'), ('admissions', 'Emergency admissions'), ('bed_days', 'Days in a hospital bed'), ('gp_contacts', 'Contacts with the GP practice')], max_length=11)),
                        ('score', models.CharField(blank=True, max_length=90)),
                        ('stage', models.CharField(blank=True, max_length=60)),
                        ('reason', models.CharField(blank=True, max_length=600)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', '-created_at'], name='evaluation_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['abandoned', 'draft', 'dropped', 'finished', 'fixed', 'refused', 'running'])), name='evaluation_state'), models.CheckConstraint(condition=models.Q(('basis__in', ['service', 'agreed', 'approved'])), name='evaluation_basis'), models.CheckConstraint(condition=models.Q(('who__in', ['', 'all', 'team', 'service', 'programme', 'rule'])), name='evaluation_who'), models.CheckConstraint(condition=models.Q(('design__in', ['', 'paired', 'its', 'match'])), name='evaluation_design'), models.CheckConstraint(condition=models.Q(('counted__in', ['', 'score', 'attendances', 'admissions', 'bed_days', 'gp_contacts'])), name='evaluation_counted'), models.CheckConstraint(condition=models.Q(('starts_on__lt', models.F('ends_on'))), name='evaluation_window'), models.CheckConstraint(condition=models.Q(('minimum_n__gt', 0)), name='evaluation_somebody'), models.CheckConstraint(condition=models.Q(models.Q(('fixed_at', None), ('number', None), ('state__in', ['draft', 'dropped'])), models.Q(models.Q(('state__in', ['draft', 'dropped']), _negated=True), ('fixed_at__isnull', False), ('number__isnull', False), models.Q(('who', ''), _negated=True), models.Q(('design', ''), _negated=True), models.Q(('counted', ''), _negated=True)), _connector='OR'), name='evaluation_fixed_whole'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['refused', 'abandoned']), _negated=True), models.Q(('reason', ''), _negated=True), _connector='OR'), name='evaluation_says_why'), models.UniqueConstraint(fields=('organisation', 'number'), name='evaluation_number')],
                    },
                ),
                migrations.CreateModel(
                    name='EvaluationResult',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('evaluation', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='result', to='evaluations.evaluation')),
                        ('report', models.JSONField()),
                        ('numbers', models.JSONField()),
                        ('counts', models.JSONField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='OptOutList',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('as_at', models.DateField()),
                        ('people', models.PositiveIntegerField()),
                        ('marks', models.BinaryField()),
                        ('key_mark', models.BinaryField()),
                        ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', '-as_at', '-created_at'], name='opt_out_list_newest')],
                    },
                ),
            ],
        ),
    ]
