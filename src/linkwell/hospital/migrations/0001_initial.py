import datetime
import django.contrib.postgres.fields
import django.db.models.constraints
import django.db.models.deletion
import django.db.models.expressions
import linkwell.core.create_tables
import linkwell.core.fields
import linkwell.kernel.ids
from django.conf import settings
from django.db import migrations, models


# What a line hears thousands of times a second: one word to the database for a whole batch. What is there already is
# left as it is. Gives back how many were new.
KEEP = """
CREATE FUNCTION hospital_keep(
  organisation uuid, feed uuid, moment timestamptz, ids uuid[], senders text[], control_ids text[], raws text[]
) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  number bigint;
BEGIN
  INSERT INTO hospital_inbound (id, organisation_id, created_at, feed_id, sender, control_id, content_hash, raw,
    received_at, state, clash, taken, field, why, confirmed)
  SELECT new.id, organisation, moment, feed, new.sender, new.control_id, sha256(decode(new.hex, 'hex')),
    decode(new.hex, 'hex'), moment, 'received', false, false, '', '', false
  FROM unnest(ids, senders, control_ids, raws) AS new (id, sender, control_id, hex)
  ON CONFLICT DO NOTHING;
  GET DIAGNOSTICS number = ROW_COUNT;
  RETURN number;
END $$;
CREATE FUNCTION hospital_receive(
  told text[], feed uuid, moment timestamptz, ids uuid[], senders text[], control_ids text[], raws text[], why text
) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM linkwell_tell(told);
  PERFORM linkwell_audit(told[1]::uuid, moment, told[2], nullif(told[3], '')::uuid, told[4], why,
    'received', 'hospital_feed', feed, NULL, '{}');
  RETURN hospital_keep(told[1]::uuid, feed, moment, ids, senders, control_ids, raws);
END $$;
"""
KEEP_NO_MORE = "DROP FUNCTION hospital_receive; DROP FUNCTION hospital_keep;"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
        ('people', '0001_initial'),
        ('referrals', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Feed',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('kind', models.CharField(choices=[('adt', 'Admission messages'), ('ward_list', 'Ward list'), ('ready_list', 'Ready-to-go-home list'), ('activity', 'Activity file')], max_length=12)),
                        ('name', models.CharField(max_length=120)),
                        ('last_heard_at', models.DateTimeField(null=True)),
                        ('stale_after', models.DurationField(default=datetime.timedelta(seconds=21600))),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['adt', 'ward_list', 'ready_list', 'activity'])), name='hospital_feed_kind'), models.UniqueConstraint(fields=('organisation', 'kind', 'name'), name='hospital_feed_name')],
                    },
                ),
                migrations.CreateModel(
                    name='Inbound',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('feed', models.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hospital.feed')),
                        ('sender', models.CharField(blank=True, max_length=120)),
                        ('control_id', models.CharField(max_length=199)),
                        ('content_hash', models.BinaryField(max_length=32)),
                        ('raw', models.BinaryField()),
                        ('received_at', models.DateTimeField()),
                        ('state', models.CharField(choices=[('received', 'Waiting'), ('done', 'Done'), ('attention', 'Needs attention')], default='received', max_length=12)),
                        ('clash', models.BooleanField(default=False)),
                        ('taken', models.BooleanField(default=False)),
                        ('field', models.CharField(blank=True, max_length=40)),
                        ('why', models.CharField(blank=True, max_length=300)),
                        ('confirmed', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'received')), fields=['organisation', 'id'], name='hospital_inbound_waits'), models.Index(condition=models.Q(('state', 'attention')), fields=['organisation', 'id'], name='hospital_inbound_look')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['received', 'done', 'attention'])), name='hospital_inbound_state'), models.UniqueConstraint(condition=models.Q(('clash', False)), fields=('organisation', 'sender', 'control_id'), name='hospital_inbound_once'), models.UniqueConstraint(condition=models.Q(('clash', True)), fields=('organisation', 'sender', 'control_id', 'content_hash'), name='hospital_inbound_apart'), models.CheckConstraint(condition=models.Q(('clash', True), ('taken', False), _connector='OR'), name='hospital_inbound_taken')],
                    },
                ),
                migrations.CreateModel(
                    name='ListRow',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='hospital.feed')),
                        ('key', models.CharField(max_length=200)),
                        ('facts', models.JSONField(default=dict)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('feed', 'key'), name='hospital_list_row_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ListRun',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('feed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='hospital.feed')),
                        ('file_name', models.CharField(max_length=200)),
                        ('content_hash', models.BinaryField(max_length=32)),
                        ('as_at', models.DateTimeField()),
                        ('read', models.PositiveIntegerField()),
                        ('loaded', models.PositiveIntegerField()),
                        ('rejected', models.PositiveIntegerField()),
                        ('changes', models.PositiveIntegerField(default=0)),
                        ('findings', models.JSONField(default=list)),
                        ('held_reason', models.CharField(blank=True, max_length=200)),
                        ('held', models.JSONField(null=True)),
                        ('decision', models.CharField(blank=True, choices=[('loaded', 'Loaded all the same'), ('thrown_away', 'Thrown away'), ('overtaken', 'A newer list was loaded')], max_length=12)),
                        ('decided_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['feed', '-as_at'], name='hospital_list_newest'), models.Index(condition=models.Q(('held__isnull', False)), fields=['organisation', 'id'], name='hospital_list_waits')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('read', django.db.models.expressions.CombinedExpression(models.F('loaded'), '+', models.F('rejected')))), name='hospital_list_totals'), models.CheckConstraint(condition=models.Q(('decision__in', ['', 'loaded', 'thrown_away', 'overtaken'])), name='hospital_list_decision'), models.CheckConstraint(condition=models.Q(models.Q(('decided_at', None), ('decision', ''), ('held__isnull', True), ('held_reason', '')), models.Q(('decided_at', None), ('decision', ''), ('held__isnull', False), models.Q(('held_reason', ''), _negated=True)), models.Q(('decided_at__isnull', False), ('held__isnull', True), models.Q(('decision', ''), _negated=True), models.Q(('held_reason', ''), _negated=True)), _connector='OR'), name='hospital_list_held')],
                    },
                ),
                migrations.CreateModel(
                    name='Patient',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('cluster', models.UUIDField(default=linkwell.kernel.ids.new_id)),
                        ('merged_into', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hospital.patient')),
                        ('nhs_number', models.CharField(blank=True, max_length=10)),
                        ('number_status', models.CharField(choices=[('none', 'No NHS number'), ('given', 'As the hospital has it, not traced'), ('verified', 'Traced and verified by the hospital'), ('disputed', "Also on somebody else's record: not used")], default='none', max_length=10)),
                        ('family_name', models.CharField(blank=True, max_length=100)),
                        ('given_name', models.CharField(blank=True, max_length=100)),
                        ('born_on', models.DateField(null=True)),
                        ('sex', models.CharField(blank=True, max_length=1)),
                        ('address', models.CharField(blank=True, max_length=300)),
                        ('postcode', models.CharField(blank=True, max_length=10)),
                        ('phone', models.CharField(blank=True, max_length=40)),
                        ('practice_code', models.CharField(blank=True, max_length=20)),
                        ('language', models.CharField(blank=True, max_length=60)),
                        ('ethnic_category', models.CharField(blank=True, max_length=2)),
                        ('restricted', models.BooleanField(default=False)),
                        ('test', models.BooleanField(default=False)),
                        ('died', models.BooleanField(default=False)),
                        ('died_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'cluster'], name='hospital_patient_cluster'), models.Index(condition=models.Q(('nhs_number', ''), _negated=True), fields=['organisation', 'nhs_number'], name='hospital_patient_nhs')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('number_status__in', ['none', 'given', 'verified', 'disputed'])), name='hospital_number_status'), models.CheckConstraint(condition=models.Q(('died', True), ('died_at', None), _connector='OR'), name='hospital_died_when')],
                    },
                ),
                migrations.CreateModel(
                    name='Event',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('inbound', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='events', to='hospital.inbound')),
                        ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='events', to='hospital.patient')),
                        ('body', models.BinaryField()),
                        ('aside', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['patient', 'id'], name='hospital_event_patient')],
                    },
                ),
                migrations.CreateModel(
                    name='PatientIdentifier',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='identifiers', to='hospital.patient')),
                        ('authority', models.CharField(blank=True, max_length=100)),
                        ('value', models.CharField(max_length=100)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['patient'], name='hospital_identifier_of')],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'authority', 'value'), name='hospital_identifier_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Stay',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('patient', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='stays', to='hospital.patient')),
                        ('visit', models.CharField(max_length=140)),
                        ('visit_number', models.CharField(blank=True, max_length=100)),
                        ('stay_class', models.CharField(choices=[('inpatient', 'Ward stay'), ('emergency', 'A&E visit'), ('outpatient', 'Outpatient visit'), ('other', 'Another kind of visit')], max_length=12)),
                        ('admitted_at', models.DateTimeField(null=True)),
                        ('discharged_at', models.DateTimeField(null=True)),
                        ('expected_discharge_at', models.DateTimeField(null=True)),
                        ('ae_arrived_at', models.DateTimeField(null=True)),
                        ('ae_left_at', models.DateTimeField(null=True)),
                        ('site', models.CharField(blank=True, max_length=100)),
                        ('ward', models.CharField(blank=True, max_length=100)),
                        ('bay', models.CharField(blank=True, max_length=100)),
                        ('bed', models.CharField(blank=True, max_length=100)),
                        ('admission_method', models.CharField(blank=True, max_length=2)),
                        ('admission_source', models.CharField(blank=True, max_length=20)),
                        ('discharge_method', models.CharField(blank=True, max_length=20)),
                        ('discharge_destination', models.CharField(blank=True, max_length=20)),
                        ('specialty', models.CharField(blank=True, max_length=60)),
                        ('diagnoses', models.JSONField(default=list)),
                        ('left_list', models.BooleanField(default=False)),
                        ('no_stay', models.CharField(blank=True, choices=[('cancelled', 'The hospital cancelled it'), ('joined', 'The same as another stay')], max_length=10)),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('discharged_at', None), ('no_stay', '')), fields=['organisation', 'ward'], name='hospital_stay_now'), models.Index(fields=['organisation', '-admitted_at'], name='hospital_stay_newest')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('stay_class__in', ['inpatient', 'emergency', 'outpatient', 'other'])), name='hospital_stay_class'), models.CheckConstraint(condition=models.Q(('no_stay__in', ['', 'cancelled', 'joined'])), name='hospital_no_stay'), models.CheckConstraint(condition=models.Q(models.Q(('ae_arrived_at', None), ('ae_left_at', None)), models.Q(('ae_arrived_at__isnull', False), ('ae_left_at__gte', models.F('ae_arrived_at'))), _connector='OR'), name='hospital_stay_ae'), models.UniqueConstraint(deferrable=django.db.models.constraints.Deferrable['DEFERRED'], fields=('patient', 'visit'), name='hospital_stay_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ReadyPeriod',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='ready_periods', to='hospital.stay')),
                        ('ready_at', models.DateTimeField()),
                        ('not_ready_at', models.DateTimeField(null=True)),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                        ('pathway', models.CharField(blank=True, max_length=20)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['stay', 'ready_at'], name='hospital_ready_of_stay')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('not_ready_at', None), ('not_ready_at__gte', models.F('ready_at')), _connector='OR'), name='hospital_ready_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Move',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('stay', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='moves', to='hospital.stay')),
                        ('location', models.CharField(max_length=310)),
                        ('from_at', models.DateTimeField(null=True)),
                        ('to_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['stay', 'from_at'], name='hospital_move_of_stay')],
                    },
                ),
                migrations.CreateModel(
                    name='Candidate',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('patient', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='candidate', to='hospital.patient')),
                        ('found_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'state'], name='hospital_candidate_list')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'asked_not', 'chose_not', 'gone', 'not_suitable', 'offered', 'open'])), name='hospital_candidate_state')],
                    },
                ),
                migrations.CreateModel(
                    name='CandidateReason',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='reasons', to='hospital.candidate')),
                        ('rule', models.CharField(max_length=60)),
                        ('since', models.DateField()),
                        ('evidence', models.JSONField(default=dict)),
                        ('found_at', models.DateTimeField()),
                        ('gone_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('candidate', 'rule'), name='hospital_reason_once')],
                    },
                ),
                migrations.CreateModel(
                    name='NotSuitable',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='not_suitable', to='hospital.patient')),
                        ('reason', models.CharField(choices=[('too_unwell', 'They are too unwell to be asked now'), ('has_support', 'They have this support already'), ('another_time', 'Another time would be better'), ('clinical', 'A clinical reason, written in the hospital’s own notes')], max_length=12)),
                        ('said_on', models.DateField()),
                        ('review_on', models.DateField()),
                        ('said_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['organisation', 'review_on'], name='hospital_not_suitable_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('reason__in', ['too_unwell', 'has_support', 'another_time', 'clinical'])), name='hospital_not_suitable_reason'), models.CheckConstraint(condition=models.Q(('review_on__gt', models.F('said_on')), ('review_on__lte', django.db.models.expressions.CombinedExpression(models.F('said_on'), '+', models.Value(datetime.timedelta(days=184))))), name='hospital_not_suitable_review'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('patient',), name='hospital_not_suitable_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Objection',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='objections', to='hospital.patient')),
                        ('said_at', models.DateTimeField()),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('patient',), name='hospital_objection_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Offer',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('candidate', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='offers', to='hospital.candidate')),
                        ('offered_at', models.DateTimeField()),
                        ('offered_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answer', models.CharField(blank=True, choices=[('', 'No answer yet'), ('accepted', 'They said yes'), ('chose_not', 'They chose not to'), ('withdrawn', 'Taken back: it was noted by mistake')], max_length=12)),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('asked_alone', models.BooleanField(default=False)),
                        ('recorded_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('referral_id', models.UUIDField(null=True, unique=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('answer__in', ['', 'accepted', 'chose_not', 'withdrawn'])), name='hospital_offer_answer'), models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at', None), ('recorded_by', None)), models.Q(models.Q(('answer', ''), _negated=True), ('answered_at__isnull', False), ('recorded_by__isnull', False)), _connector='OR'), name='hospital_offer_answered'), models.CheckConstraint(condition=models.Q(('referral_id', None), ('answer', 'accepted'), _connector='OR'), name='hospital_offer_referred'), models.UniqueConstraint(condition=models.Q(('answer', '')), fields=('candidate',), name='hospital_offer_one_waits')],
                    },
                ),
                migrations.CreateModel(
                    name='RuleUse',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('rule', models.CharField(max_length=60)),
                        ('own', models.TextField(blank=True)),
                        ('asked', models.BooleanField(default=True)),
                        ('legal_basis', models.CharField(max_length=400)),
                        ('set_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('set_at', models.DateTimeField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'rule'), name='hospital_rule_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HomeList',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('stay', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='home_list', to='hospital.stay')),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('support_ready', models.BooleanField(null=True)),
                        ('involve', linkwell.core.fields.EncryptedTextField(blank=True)),
                        ('must_not_tell', linkwell.core.fields.EncryptedTextField(blank=True)),
                        ('home_safe', models.CharField(blank=True, choices=[('yes', 'Yes'), ('no', 'No'), ('unsure', 'They are not sure')], max_length=10)),
                        ('carer', models.CharField(blank=True, choices=[('able', 'Willing and able'), ('not_able', 'Not willing, or not able'), ('unsure', 'Not sure yet'), ('none', 'There is no carer')], max_length=10)),
                        ('asked_at', models.DateTimeField(null=True)),
                        ('asked_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('home_safe__in', ['', 'yes', 'no', 'unsure'])), name='hospital_home_safe'), models.CheckConstraint(condition=models.Q(('carer__in', ['', 'able', 'not_able', 'unsure', 'none'])), name='hospital_home_carer'), models.CheckConstraint(condition=models.Q(models.Q(('asked_at', None), ('asked_by', None)), models.Q(('asked_at__isnull', False), ('asked_by__isnull', False)), _connector='OR'), name='hospital_asked_pair')],
                    },
                ),
                migrations.CreateModel(
                    name='HomeItem',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('home_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='items', to='hospital.homelist')),
                        ('thing', models.CharField(choices=[('heating', 'Heating'), ('food', 'Food'), ('key', 'Key'), ('medicines', 'Medicines'), ('transport', 'Transport'), ('pet', 'Pet'), ('conversation', 'First conversation booked')], max_length=12)),
                        ('answer', models.CharField(choices=[('needed', 'Needed'), ('not_needed', 'Not needed'), ('in_place', 'In place')], max_length=10)),
                        ('who', models.CharField(blank=True, max_length=120)),
                        ('by_day', models.DateField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('thing__in', ['heating', 'food', 'key', 'medicines', 'transport', 'pet', 'conversation'])), name='hospital_home_thing'), models.CheckConstraint(condition=models.Q(('answer__in', ['needed', 'not_needed', 'in_place'])), name='hospital_home_answer'), models.UniqueConstraint(fields=('home_list', 'thing'), name='hospital_home_item_once')],
                    },
                ),
                migrations.CreateModel(
                    name='HomeEvent',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('home_list', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='events', to='hospital.homelist')),
                        ('kind', models.CharField(choices=[('visit', 'Visit at the bedside'), ('handover', 'Warm handover')], max_length=10)),
                        ('happened_at', models.DateTimeField()),
                        ('who', models.CharField(max_length=120)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['visit', 'handover'])), name='hospital_home_event')],
                    },
                ),
                migrations.CreateModel(
                    name='FollowUp',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('home_list', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='follow_ups', to='hospital.homelist')),
                        ('days_after', models.PositiveSmallIntegerField()),
                        ('due_on', models.DateField()),
                        ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('done_at', models.DateTimeField(null=True)),
                        ('done_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('withdrawn_at', models.DateTimeField(null=True)),
                        ('withdrawn_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('discharge_cancelled', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'due')), fields=['organisation', 'due_on'], name='hospital_follow_up_due')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['done', 'due', 'withdrawn'])), name='hospital_follow_up_state'), models.CheckConstraint(condition=models.Q(models.Q(('done_at__isnull', False), ('done_by__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('done_at', None), ('done_by', None)), _connector='OR'), name='hospital_follow_up_done'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), ('withdrawn_by__isnull', False)), models.Q(('withdrawn_at', None), ('withdrawn_by', None)), _connector='OR'), name='hospital_follow_up_withdrawn'), models.UniqueConstraint(condition=models.Q(('state', 'due')), fields=('home_list', 'days_after'), name='hospital_follow_up_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Programme',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=120)),
                        ('team', models.CharField(max_length=200)),
                        ('eligibility', models.CharField(max_length=1000)),
                        ('starts_on', models.DateField()),
                        ('ends_on', models.DateField()),
                        ('weekly_places', models.PositiveSmallIntegerField()),
                        ('version', models.PositiveIntegerField(default=1)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gt', models.F('starts_on'))), name='hospital_programme_order'), models.CheckConstraint(condition=models.Q(('weekly_places__gt', 0)), name='hospital_programme_places'), models.UniqueConstraint(fields=('organisation', 'name'), name='hospital_programme_name')],
                    },
                ),
                migrations.CreateModel(
                    name='ProgrammePlace',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('programme', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='places', to='hospital.programme')),
                        ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='programmes', to='hospital.stay')),
                        ('taken_on', models.DateField()),
                        ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['programme', 'taken_on'], name='hospital_programme_week')],
                        'constraints': [models.UniqueConstraint(fields=('programme', 'stay'), name='hospital_programme_once')],
                    },
                ),
                migrations.CreateModel(
                    name='StayReferral',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='referrals', to='hospital.stay')),
                        ('sent', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.sentreferral')),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ToldOfDeath',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('patient', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='hospital.patient')),
                        ('told_organisation', models.UUIDField()),
                        ('their_person_id', models.UUIDField()),
                        ('death_id', models.UUIDField()),
                        ('told_at', models.DateTimeField()),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('organisation', 'their_person_id'), name='hospital_told_of_death_once')],
                    },
                ),
                migrations.CreateModel(
                    name='Arrival',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('stay_id', models.UUIDField()),
                        ('site', models.CharField(max_length=200)),
                        ('arrived_at', models.DateTimeField()),
                        ('shown_from', models.DateTimeField()),
                        ('left_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('left_at', None)), fields=['organisation', 'person'], name='hospital_arrival_now')],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'stay_id'), name='hospital_arrival_once')],
                    },
                ),
                migrations.CreateModel(
                    name='CommunityHelp',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('stay', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='community_help', to='hospital.stay')),
                        ('action', models.CharField(max_length=200)),
                        ('who', models.CharField(blank=True, max_length=120)),
                        ('ticked_at', models.DateTimeField()),
                        ('ticked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('ended_at', None), ('ended_by', None)), models.Q(('ended_at__isnull', False), ('ended_by__isnull', False)), _connector='OR'), name='hospital_help_ended_pair'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('stay',), name='hospital_help_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ProblemMonth',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('problem', models.CharField(max_length=30)),
                        ('month', models.DateField()),
                        ('count', models.PositiveIntegerField()),
                        ('out_of', models.PositiveIntegerField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'problem', 'month'), name='hospital_problem_month_once'), models.CheckConstraint(condition=models.Q(('count__lte', models.F('out_of'))), name='hospital_problem_month_part')],
                    },
                ),
                migrations.CreateModel(
                    name='AgreedToTell',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('nhs_number', models.CharField(max_length=10)),
                        ('born_on', models.DateField()),
                        ('supported_by', models.UUIDField()),
                        ('their_person_id', models.UUIDField()),
                        ('agreed_at', models.DateTimeField()),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'nhs_number'], name='hospital_agreed_to_tell_nhs')],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'their_person_id'), name='hospital_agreed_to_tell_once')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(KEEP, KEEP_NO_MORE),
    ]
