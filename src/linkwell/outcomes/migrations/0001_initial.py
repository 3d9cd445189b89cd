import django.contrib.postgres.fields
import django.db.models.deletion
import linkwell.core.create_tables
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
                    name='Response',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='responses', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('pack', models.CharField(max_length=40)),
                        ('pack_version', models.PositiveSmallIntegerField()),
                        ('occasion', models.CharField(choices=[('start', 'At the start'), ('review', 'At a review'), ('end', 'At the end'), ('months_3', 'After 3 months'), ('months_6', 'After 6 months'), ('months_12', 'After 12 months')], max_length=9)),
                        ('how', models.CharField(choices=[('asked', 'Asked by the link worker'), ('read', 'Read aloud to them'), ('alone', 'Alone, from a link'), ('paper', 'Alone on paper, typed in here'), ('proxy', 'By somebody else for them')], max_length=5)),
                        ('answered_on', models.DateField()),
                        ('answers', models.JSONField()),
                        ('proxy', models.CharField(blank=True, max_length=120)),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('needs_help', models.BooleanField(default=False)),
                        ('corrects', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='outcomes.response')),
                        ('reason', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'person', 'answered_on'], name='response_person'), models.Index(fields=['organisation', 'recorded_by', 'answered_on'], name='response_recorder')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('how__in', ['asked', 'read', 'alone', 'paper', 'proxy'])), name='response_how'), models.CheckConstraint(condition=models.Q(('occasion__in', ['start', 'review', 'end', 'months_3', 'months_6', 'months_12'])), name='response_occasion'), models.CheckConstraint(condition=models.Q(models.Q(('corrects', None), ('reason', '')), models.Q(('corrects__isnull', False), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='response_says_why_corrected'), models.CheckConstraint(condition=models.Q(('how', 'proxy'), ('proxy', ''), _connector='OR'), name='response_proxy_named')],
                    },
                ),
                migrations.CreateModel(
                    name='ScoreOfResponse',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('response', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='scores', to='outcomes.response')),
                        ('code', models.CharField(max_length=40)),
                        ('value', models.FloatField(null=True)),
                        ('band', models.CharField(blank=True, max_length=40)),
                        ('missing', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('response', 'code'), name='score_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Asking',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('clinician', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('clinical_by_link', models.BooleanField(default=False)),
                        ('packs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('occasions', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=9), default=list, size=None)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation',), name='asking_once'), models.CheckConstraint(condition=models.Q(('clinical_by_link', False), ('clinician__isnull', False), _connector='OR'), name='asking_link_needs_clinician')],
                    },
                ),
                migrations.CreateModel(
                    name='LoadedPack',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=40)),
                        ('version', models.PositiveSmallIntegerField()),
                        ('content', models.TextField()),
                        ('loaded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation', 'name'), name='loaded_pack_one_in_use')],
                    },
                ),
                migrations.CreateModel(
                    name='OwnLink',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('organisation_id', models.UUIDField()),
                        ('object_id', models.UUIDField()),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('used_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['object_id'], name='own_link_object')],
                    },
                ),
                migrations.CreateModel(
                    name='SentQuestionnaire',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('pack', models.CharField(max_length=40)),
                        ('pack_version', models.PositiveSmallIntegerField()),
                        ('occasion', models.CharField(choices=[('start', 'At the start'), ('review', 'At a review'), ('end', 'At the end'), ('months_3', 'After 3 months'), ('months_6', 'After 6 months'), ('months_12', 'After 12 months')], max_length=9)),
                        ('sent_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('response', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='outcomes.response')),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'case'], name='sent_questionnaire_case')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('occasion__in', ['start', 'review', 'end', 'months_3', 'months_6', 'months_12'])), name='sent_questionnaire_occasion')],
                    },
                ),
                migrations.CreateModel(
                    name='Milestone',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('kind', models.CharField(choices=[('attended', 'Came to a group or service'), ('still_going', 'Still going after 12 weeks'), ('volunteering', 'Began to volunteer'), ('helping', 'Began to help others'), ('training', 'Began a course or training'), ('paid_work', 'Began paid work'), ('paid_work_13', 'Still in paid work after 13 weeks'), ('paid_work_26', 'Still in paid work after 26 weeks'), ('money', 'Has more money'), ('housing', 'Housing is settled')], max_length=12)),
                        ('on', models.DateField()),
                        ('said_by', models.CharField(choices=[('person', 'They said so'), ('group', 'The group or service said so'), ('seen', 'Their link worker saw it'), ('paper', 'A letter or other paper shows it')], max_length=6)),
                        ('hours', models.DecimalField(decimal_places=1, max_digits=4, null=True)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=9, null=True)),
                        ('each', models.CharField(blank=True, choices=[('once', 'once'), ('week', 'a week'), ('month', 'a month'), ('year', 'a year')], max_length=5)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_back_at', models.DateTimeField(null=True)),
                        ('taken_back_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken_back_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'person', 'on'], name='milestone_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['attended', 'still_going', 'volunteering', 'helping', 'training', 'paid_work', 'paid_work_13', 'paid_work_26', 'money', 'housing'])), name='milestone_kind'), models.CheckConstraint(condition=models.Q(('said_by__in', ['person', 'group', 'seen', 'paper'])), name='milestone_said_by'), models.CheckConstraint(condition=models.Q(('each__in', ['', 'once', 'week', 'month', 'year'])), name='milestone_each'), models.CheckConstraint(condition=models.Q(models.Q(('amount', None), ('each', '')), models.Q(('amount__gt', 0), ('kind', 'money'), models.Q(('each', ''), _negated=True)), _connector='OR'), name='milestone_money'), models.CheckConstraint(condition=models.Q(('hours', None), models.Q(('hours__gt', 0), ('hours__lte', 168)), _connector='OR'), name='milestone_hours'), models.CheckConstraint(condition=models.Q(models.Q(('taken_back_at', None), ('taken_back_by', None), ('taken_back_why', '')), models.Q(('taken_back_at__isnull', False), ('taken_back_by__isnull', False), models.Q(('taken_back_why', ''), _negated=True)), _connector='OR'), name='milestone_taken_back'), models.UniqueConstraint(condition=models.Q(('kind__in', ['attended', 'still_going']), ('taken_back_at', None)), fields=('case', 'kind'), name='milestone_attendance_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Story',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='stories', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('title', models.CharField(max_length=120)),
                        ('called', models.CharField(max_length=60)),
                        ('words', models.TextField()),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('checked_at', models.DateTimeField(null=True)),
                        ('check_note', models.TextField(blank=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'state'], name='story_state_of')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['checked', 'checking', 'draft', 'withdrawn'])), name='story_state'), models.CheckConstraint(condition=models.Q(('checked_by', models.F('author')), _negated=True), name='story_checked_by_another'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'checked'), _negated=True), models.Q(('checked_at__isnull', False), ('checked_by__isnull', False)), _connector='OR'), name='story_checked_by_somebody')],
                    },
                ),
                migrations.CreateModel(
                    name='StoryConsent',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='consents', to='outcomes.story')),
                        ('use', models.CharField(choices=[('team', 'Read in our own team'), ('training', 'Used in training'), ('public', 'On our public page'), ('print', 'Printed'), ('social', 'On social media')], max_length=8)),
                        ('agreed', models.BooleanField()),
                        ('how', models.CharField(choices=[('spoken', 'said so in person or by phone'), ('written', 'in writing'), ('online', 'on the online form'), ('reported', 'told to us by somebody else')], max_length=10)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['story', 'use', '-created_at'], name='story_consent_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('use__in', ['team', 'training', 'public', 'print', 'social'])), name='story_consent_use'), models.CheckConstraint(condition=models.Q(('how__in', ['spoken', 'written', 'online', 'reported'])), name='story_consent_how')],
                    },
                ),
                migrations.CreateModel(
                    name='StoryCopy',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('story', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='outcomes.story')),
                        ('use', models.CharField(choices=[('team', 'Read in our own team'), ('training', 'Used in training'), ('public', 'On our public page'), ('print', 'Printed'), ('social', 'On social media')], max_length=8)),
                        ('on', models.DateField()),
                        ('place', models.CharField(max_length=200)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('use__in', ['team', 'training', 'public', 'print', 'social'])), name='story_copy_use')],
                    },
                ),
                migrations.CreateModel(
                    name='ResultUse',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('to_whom', models.CharField(max_length=120)),
                        ('what', models.CharField(max_length=200)),
                        ('used_on', models.DateField()),
                        ('from_on', models.DateField()),
                        ('to_on', models.DateField()),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', '-used_on'], name='result_use_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('from_on__lte', models.F('to_on'))), name='result_use_period')],
                    },
                ),
            ],
        ),
    ]
