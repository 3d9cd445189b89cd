import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
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
                    name='ExpectedWait',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                        ('reached', models.PositiveIntegerField()),
                        ('waiting', models.PositiveIntegerField()),
                        ('shortest', models.PositiveSmallIntegerField(null=True)),
                        ('half', models.PositiveSmallIntegerField(null=True)),
                        ('longest', models.PositiveSmallIntegerField(null=True)),
                        ('counted_at', models.DateTimeField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Referral',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('reference', models.CharField(max_length=12, unique=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('source', models.CharField(choices=[('professional', 'a professional'), ('self', 'the person'), ('relative', 'a relative or friend')], max_length=12)),
                        ('sender_organisation', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('sender_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('referrer_name', models.CharField(blank=True, max_length=120)),
                        ('referrer_role', models.CharField(blank=True, max_length=120)),
                        ('referrer_email', models.EmailField(blank=True, max_length=254)),
                        ('referrer_phone', models.CharField(blank=True, max_length=20)),
                        ('given_name', models.CharField(max_length=100)),
                        ('family_name', models.CharField(max_length=100)),
                        ('date_of_birth', models.DateField(null=True)),
                        ('nhs_number', models.CharField(blank=True, max_length=10)),
                        ('phone', models.CharField(blank=True, max_length=20)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('address', models.TextField(blank=True)),
                        ('postcode', models.CharField(blank=True, max_length=8)),
                        ('gp_practice_name', models.CharField(blank=True, max_length=200)),
                        ('language', models.CharField(blank=True, max_length=60)),
                        ('interpreter', models.BooleanField(default=False)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), blank=True, default=list, size=None)),
                        ('why', models.TextField(blank=True)),
                        ('knows', models.CharField(choices=[('agrees', 'knows and agrees'), ('knows', 'knows, has not said yes yet'), ('not_asked', 'has not been asked')], max_length=12)),
                        ('safe_phone', models.BooleanField(null=True)),
                        ('safe_voicemail', models.BooleanField(null=True)),
                        ('safe_text', models.BooleanField(null=True)),
                        ('safe_email', models.BooleanField(null=True)),
                        ('safe_letter', models.BooleanField(null=True)),
                        ('safe_notes', models.CharField(blank=True, max_length=300)),
                        ('asked_alone', models.BooleanField(default=False)),
                        ('dangers', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('next_date', models.DateField()),
                        ('received_at', models.DateTimeField()),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('decline_reason', models.CharField(blank=True, max_length=20)),
                        ('onward_advice', models.TextField(blank=True)),
                        ('person_words', models.TextField(blank=True)),
                        ('named_with', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                        ('hand_over', models.BooleanField(default=False)),
                        ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='people.person')),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state__in', ['received', 'asked'])), fields=['organisation', 'team', 'received_at'], name='referral_triage'), models.Index(fields=['organisation', 'family_name', 'given_name'], name='referral_name'), models.Index(fields=['organisation', 'date_of_birth'], name='referral_born'), models.Index(condition=models.Q(('nhs_number', ''), _negated=True), fields=['organisation', 'nhs_number'], name='referral_nhs'), models.Index(fields=['person'], name='referral_person'), models.Index(fields=['organisation', 'team', 'received_at'], name='referral_came'), models.Index(condition=models.Q(('named_with__isnull', False)), fields=['organisation', 'named_with'], name='referral_named'), models.Index(condition=models.Q(('state__in', ['accepted', 'joined', 'declined', 'withdrawn'])), fields=['organisation', 'team', '-decided_at'], name='referral_decided')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'asked', 'declined', 'joined', 'received', 'withdrawn'])), name='referral_state'), models.CheckConstraint(condition=models.Q(('source__in', ['professional', 'self', 'relative'])), name='referral_source'), models.CheckConstraint(condition=models.Q(('knows__in', ['agrees', 'knows', 'not_asked'])), name='referral_knows'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decided_by', None)), models.Q(('decided_at__isnull', False), ('decided_by__isnull', False)), _connector='OR'), name='referral_decided_pair'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['accepted', 'joined']), _negated=True), ('person__isnull', False), _connector='OR'), name='referral_has_person'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'declined'), _negated=True), models.Q(('decline_reason', ''), _negated=True), _connector='OR'), name='referral_why_declined')],
                    },
                ),
                migrations.CreateModel(
                    name='DuplicateDecision',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='duplicate_decisions', to='referrals.referral')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('same', models.BooleanField()),
                        ('decided_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('referral', 'person'), name='duplicate_decided_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CameAlong',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='came_along', to='referrals.referral')),
                        ('kind', models.CharField(max_length=20)),
                        ('title', models.CharField(max_length=120)),
                        ('text', models.TextField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('referral', 'kind'), name='came_along_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReferralAnswer',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='referrals.referral')),
                        ('kind', models.CharField(choices=[('received', 'received'), ('question', 'we have a question for you'), ('answer', 'your answer'), ('declined', 'could not be taken'), ('in_touch', 'in touch with the person'), ('closed', 'support has ended'), ('message', 'a message for you')], max_length=10)),
                        ('text', models.TextField(blank=True)),
                        ('author', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['referral', 'id'], name='referral_answer_order')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['received', 'question', 'answer', 'declined', 'in_touch', 'closed', 'message'])), name='referral_answer_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='ReferralBatch',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('sender_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('file_name', models.CharField(max_length=200)),
                        ('text', models.TextField(blank=True)),
                        ('in_file', models.PositiveIntegerField()),
                        ('rows_in', models.PositiveIntegerField()),
                        ('loaded', models.PositiveIntegerField(default=0)),
                        ('rejected', models.PositiveIntegerField(default=0)),
                        ('report', models.JSONField(default=list)),
                        ('send_asked_at', models.DateTimeField(null=True)),
                        ('sent_so_far', models.PositiveIntegerField(default=0)),
                        ('sent_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', '-created_at'], name='batch_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('rows_in', django.db.models.expressions.CombinedExpression(models.F('loaded'), '+', models.F('rejected')))), name='batch_in_is_loaded_and_rejected')],
                    },
                ),
                migrations.CreateModel(
                    name='SentReferral',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('referral_id', models.UUIDField(unique=True)),
                        ('reference', models.CharField(max_length=12)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('sender_user', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('person_name', models.CharField(max_length=200)),
                        ('why', models.TextField(blank=True)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('sent_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'sender_user', '-sent_at'], name='sent_newest')],
                    },
                ),
                migrations.CreateModel(
                    name='DeclineWords',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='accounts.team')),
                        ('reason', models.CharField(max_length=20)),
                        ('advice', models.TextField()),
                        ('person_words', models.TextField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('team', 'reason'), name='decline_words_once')],
                    },
                ),
            ],
        ),
    ]
