import django.contrib.postgres.fields
import django.db.models.deletion
import linkwell.core.create_tables
import linkwell.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Network',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('name', models.CharField(max_length=200)),
                        ('agreement', models.CharField(max_length=300)),
                        ('agreed_on', models.DateField()),
                        ('review_on', models.DateField()),
                    ],
                ),
                migrations.CreateModel(
                    name='User',
                    fields=[
                        ('password', models.CharField(max_length=128, verbose_name='password')),
                        ('last_login', models.DateTimeField(blank=True, null=True, verbose_name='last login')),
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('email', models.EmailField(max_length=254, unique=True)),
                        ('name', models.CharField(max_length=120)),
                        ('is_active', models.BooleanField(default=True)),
                        ('demo', models.BooleanField(default=False)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('text_size', models.CharField(choices=[('usual', 'Usual'), ('large', 'Large'), ('largest', 'Largest')], default='usual', max_length=10)),
                        ('shortcut_keys', models.BooleanField(default=True)),
                        ('today_first', models.CharField(choices=[('appointments', 'Appointments'), ('calls', 'Who to call'), ('answers', 'Answers that came in')], default='appointments', max_length=12)),
                        ('digest', models.CharField(choices=[('none', 'No e-mail'), ('morning', 'Each working day at seven in the morning')], default='none', max_length=8)),
                        ('list_length', models.PositiveSmallIntegerField(choices=[(10, '10 lines'), (25, 'As is usual: about 25 lines'), (50, '50 lines')], default=25)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('text_size__in', ['usual', 'large', 'largest'])), name='user_text_size'), models.CheckConstraint(condition=models.Q(('today_first__in', ['appointments', 'calls', 'answers'])), name='user_today_first'), models.CheckConstraint(condition=models.Q(('digest__in', ['none', 'morning'])), name='user_digest'), models.CheckConstraint(condition=models.Q(('list_length__in', [10, 25, 50])), name='user_list_length')],
                    },
                ),
                migrations.CreateModel(
                    name='Organisation',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('code', models.CharField(max_length=20, unique=True)),
                        ('name', models.CharField(max_length=200)),
                        ('kind', models.CharField(choices=[('practice', 'GP practice'), ('pcn', 'Primary care network'), ('trust', 'NHS trust'), ('voluntary', 'Voluntary organisation'), ('council', 'Council'), ('icb', 'Integrated care board')], max_length=12)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('nation', models.CharField(default='ENG', max_length=3)),
                        ('legal_basis', models.CharField(blank=True, max_length=200)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('closed_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['practice', 'pcn', 'trust', 'voluntary', 'council', 'icb'])), name='organisation_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Team',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='teams', to='accounts.organisation')),
                        ('name', models.CharField(max_length=120)),
                        ('slug', models.SlugField(unique=True)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('area', models.CharField(blank=True, max_length=200)),
                        ('opens_at', models.TimeField(default='09:00')),
                        ('closes_at', models.TimeField(default='17:00')),
                        ('triage_working_days', models.PositiveSmallIntegerField(default=2)),
                        ('answer_working_days', models.PositiveSmallIntegerField(default=5)),
                        ('danger_working_hours', models.PositiveSmallIntegerField(default=2)),
                        ('full_caseload', models.PositiveSmallIntegerField(default=56)),
                        ('duty_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('second_duty_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('safeguarding_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('takes_self_referrals', models.BooleanField(default=True)),
                    ],
                ),
                migrations.CreateModel(
                    name='Membership',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.organisation')),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='accounts.team')),
                        ('role', models.CharField(max_length=20)),
                        ('job_title', models.CharField(blank=True, max_length=80)),
                        ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('working_days', django.contrib.postgres.fields.ArrayField(base_field=models.PositiveSmallIntegerField(), default=list, size=None)),
                        ('full_caseload', models.PositiveSmallIntegerField(null=True)),
                        ('hours_a_week', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                        ('induction_until', models.DateField(null=True)),
                        ('started_at', models.DateTimeField(auto_now_add=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('role__in', ['referrer', 'clinician', 'link_worker', 'team_lead', 'safeguarding_lead', 'administrator'])), name='member_role'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('user', 'organisation', 'team', 'role'), name='membership_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Invitation',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('membership', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='invitations', to='accounts.membership')),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                        ('emailed', models.BooleanField(default=False)),
                    ],
                ),
                migrations.CreateModel(
                    name='CommissionerTargets',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='commissioner_targets', to='accounts.team')),
                        ('commissioner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('triage_working_days', models.PositiveSmallIntegerField()),
                        ('first_try_working_days', models.PositiveSmallIntegerField()),
                        ('first_talk_working_days', models.PositiveSmallIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('team', 'commissioner'), name='commissioner_targets_once'), models.CheckConstraint(condition=models.Q(('first_talk_working_days__gte', models.F('first_try_working_days'))), name='commissioner_targets_order')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkerDetails',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('home_postcode', models.CharField(blank=True, max_length=8)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'user'), name='worker_details_once')],
                    },
                ),
                migrations.CreateModel(
                    name='NetworkMembership',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('network', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='accounts.network')),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='networks', to='accounts.organisation')),
                        ('joined_on', models.DateField()),
                        ('left_on', models.DateField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('left_on', None)), fields=('network', 'organisation'), name='network_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Leave',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('cancelled_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('cancelled_at', None)), fields=['organisation', 'user', 'ends_on'], name='leave_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='leave_period')],
                    },
                ),
                migrations.CreateModel(
                    name='BrowsingFlag',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('reason', models.CharField(max_length=12)),
                        ('person_id', models.UUIDField(null=True)),
                        ('day', models.DateField()),
                        ('opened', models.PositiveIntegerField(default=1)),
                        ('looked_at', models.DateTimeField(null=True)),
                        ('looked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('note', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['neighbour', 'colleague', 'many'])), name='browsing_reason'), models.CheckConstraint(condition=models.Q(models.Q(('looked_at', None), ('looked_by', None)), models.Q(('looked_at__isnull', False), ('looked_by__isnull', False)), _connector='OR'), name='browsing_looked_pair'), models.UniqueConstraint(fields=('user', 'reason', 'person_id', 'day'), name='browsing_once_a_day', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='Share',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('recipient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('kind', models.CharField(max_length=20)),
                        ('object_id', models.UUIDField()),
                        ('part', models.CharField(max_length=40)),
                        ('reason', models.CharField(max_length=200)),
                        ('starts_at', models.DateTimeField()),
                        ('ends_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['recipient', 'kind', 'object_id'], name='share_recipient')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_at', None), ('ends_at__gt', models.F('starts_at')), _connector='OR'), name='share_period'), models.UniqueConstraint(condition=models.Q(('ends_at', None)), fields=('recipient', 'kind', 'object_id', 'part'), name='share_once')],
                    },
                ),
                migrations.CreateModel(
                    name='TeamRules',
                    fields=[
                        ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='rules', serialize=False, to='accounts.team')),
                        ('youngest', models.PositiveSmallIntegerField(default=18)),
                        ('oldest', models.PositiveSmallIntegerField(null=True)),
                        ('for_children', models.BooleanField(default=False)),
                        ('first_try_working_days', models.PositiveSmallIntegerField(default=5)),
                        ('first_talk_working_days', models.PositiveSmallIntegerField(default=15)),
                        ('tries_before_closing', models.PositiveSmallIntegerField(default=3)),
                        ('ways_before_closing', models.PositiveSmallIntegerField(default=2)),
                        ('missed_before_asking', models.PositiveSmallIntegerField(default=2)),
                        ('reopen_within_days', models.PositiveSmallIntegerField(default=28)),
                        ('still_waiting_weeks', models.PositiveSmallIntegerField(default=4)),
                        ('offer_weeks', models.PositiveSmallIntegerField(default=13)),
                        ('offer_conversations', models.PositiveSmallIntegerField(default=12)),
                        ('visit_grace_minutes', models.PositiveSmallIntegerField(default=15)),
                        ('supervision_weeks', models.PositiveSmallIntegerField(default=6)),
                        ('full_time_hours', models.DecimalField(decimal_places=1, default='37.5', max_digits=4)),
                        ('wait_weeks', models.PositiveSmallIntegerField(default=12)),
                        ('wait_least_people', models.PositiveSmallIntegerField(default=10)),
                        ('hand_over_working_days', models.PositiveSmallIntegerField(default=5)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('oldest', None), ('oldest__gte', models.F('youngest')), _connector='OR'), name='team_rules_ages')],
                    },
                ),
            ],
        ),
    ]
