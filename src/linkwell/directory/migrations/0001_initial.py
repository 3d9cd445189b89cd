import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import django.db.models.functions.comparison
import linkwell.core.create_tables
import linkwell.kernel.ids
from django.conf import settings
from django.db import migrations, models


# The searching processes keep the directory in memory and ask what changed since: decision 0020.
MARK = """
CREATE FUNCTION directory_service_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.changed_in := pg_current_xact_id()::text::bigint;
  NEW.changed_at := clock_timestamp();
  RETURN NEW;
END $$;
CREATE FUNCTION directory_part_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE directory_service SET changed_in = changed_in
  WHERE id = (CASE TG_OP WHEN 'DELETE' THEN OLD.service_id ELSE NEW.service_id END)
    AND changed_in <> pg_current_xact_id()::text::bigint;
  RETURN NULL;
END $$;
CREATE TRIGGER service_changed BEFORE INSERT OR UPDATE ON directory_service
  FOR EACH ROW EXECUTE FUNCTION directory_service_changed();
CREATE TRIGGER venue_changed AFTER INSERT OR UPDATE OR DELETE ON directory_venue
  FOR EACH ROW EXECUTE FUNCTION directory_part_changed();
CREATE TRIGGER session_changed AFTER INSERT OR UPDATE OR DELETE ON directory_session
  FOR EACH ROW EXECUTE FUNCTION directory_part_changed();
CREATE TRIGGER changed_dates_changed AFTER INSERT OR UPDATE OR DELETE ON directory_changeddates
  FOR EACH ROW EXECUTE FUNCTION directory_part_changed();
"""
FORGET = """
DROP TRIGGER service_changed ON directory_service;
DROP TRIGGER venue_changed ON directory_venue;
DROP TRIGGER session_changed ON directory_session;
DROP TRIGGER changed_dates_changed ON directory_changeddates;
DROP FUNCTION directory_service_changed();
DROP FUNCTION directory_part_changed();
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Source',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=200)),
                        ('location', models.CharField(max_length=500)),
                        ('format', models.CharField(blank=True, max_length=10)),
                        ('columns', models.JSONField(default=dict)),
                        ('headings', models.JSONField(default=dict)),
                        ('every_hours', models.PositiveSmallIntegerField(null=True)),
                        ('due_at', models.DateTimeField(null=True)),
                        ('started_at', models.DateTimeField(null=True)),
                        ('unchanged_at', models.DateTimeField(null=True)),
                        ('etag', models.CharField(blank=True, max_length=200)),
                        ('last_modified', models.CharField(blank=True, max_length=60)),
                        ('accept_smaller', models.BooleanField(default=False)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'due_at'], name='source_due')],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'name'), name='source_name')],
                    },
                ),
                migrations.CreateModel(
                    name='CommunityOrganisation',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.source')),
                        ('feed_id', models.CharField(blank=True, max_length=200)),
                        ('name', models.CharField(max_length=500)),
                        ('description', models.TextField(blank=True)),
                        ('url', models.URLField(blank=True, max_length=500)),
                        ('email', models.EmailField(blank=True, max_length=254)),
                        ('phone', models.CharField(blank=True, max_length=40)),
                        ('registered_as', models.CharField(blank=True, max_length=80)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('feed_id', ''), _negated=True), fields=('source', 'feed_id'), name='community_organisation_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ListingLink',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('organisation_id', models.UUIDField()),
                        ('service_id', models.UUIDField()),
                        ('steward_id', models.UUIDField(null=True)),
                        ('purpose', models.CharField(choices=[('claim', 'take over the listing'), ('right', 'say that the details are still right'), ('room', 'say whether there is room'), ('keep', "the group's own page")], max_length=10)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('code_hash', models.CharField(blank=True, max_length=64)),
                        ('code_expires_at', models.DateTimeField(null=True)),
                        ('code_tries', models.PositiveSmallIntegerField(default=0)),
                        ('browser_hash', models.CharField(blank=True, max_length=64)),
                        ('opened_until', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['service_id'], name='listing_link_service')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['claim', 'right', 'room', 'keep'])), name='listing_link_purpose')],
                    },
                ),
                migrations.CreateModel(
                    name='Service',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('community_organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='services', to='directory.communityorganisation')),
                        ('source', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='services', to='directory.source')),
                        ('feed_id', models.CharField(blank=True, max_length=200)),
                        ('content_hash', models.CharField(blank=True, max_length=64)),
                        ('name', models.CharField(max_length=500)),
                        ('description_html', models.TextField(blank=True)),
                        ('description', models.TextField(blank=True)),
                        ('status', models.CharField(choices=[('active', 'running'), ('paused', 'stopped for now'), ('withdrawn', 'no longer in its feed')], default='active', max_length=10)),
                        ('url', models.URLField(blank=True, max_length=500)),
                        ('picture_url', models.URLField(blank=True, max_length=500)),
                        ('phone', models.CharField(blank=True, max_length=60)),
                        ('referral_email', models.EmailField(blank=True, max_length=254)),
                        ('kinds', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('tags', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), default=list, size=None)),
                        ('access', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=500), default=list, size=None)),
                        ('minimum_age', models.PositiveSmallIntegerField(null=True)),
                        ('maximum_age', models.PositiveSmallIntegerField(null=True)),
                        ('cost', models.TextField(blank=True)),
                        ('free', models.BooleanField(null=True)),
                        ('cost_pence', models.PositiveIntegerField(null=True)),
                        ('ways', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=12), default=list, size=None)),
                        ('online', models.BooleanField(default=False)),
                        ('step_free', models.BooleanField(null=True)),
                        ('how_to_join', models.CharField(blank=True, max_length=40)),
                        ('join_words', models.TextField(blank=True)),
                        ('contact', models.CharField(blank=True, max_length=1000)),
                        ('alert', models.TextField(blank=True)),
                        ('first_visit', models.TextField(blank=True)),
                        ('greeted_by', models.CharField(blank=True, max_length=200)),
                        ('who_for', models.TextField(blank=True)),
                        ('terms', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                        ('assured_on', models.DateField(null=True)),
                        ('assured_by', models.CharField(blank=True, max_length=200)),
                        ('room', models.CharField(choices=[('unknown', 'ask if there is room'), ('room', 'has room'), ('few', 'a few places'), ('waiting', 'waiting list'), ('full', 'full now'), ('ask_first', 'talk to them first')], default='unknown', max_length=10)),
                        ('room_weeks', models.PositiveSmallIntegerField(null=True)),
                        ('room_places', models.PositiveSmallIntegerField(null=True)),
                        ('room_source', models.CharField(blank=True, choices=[('page', 'on their own page'), ('link', 'from a link in an e-mail'), ('reply', 'in answer to an e-mail'), ('told', 'told to a colleague'), ('listing', 'in their listing')], max_length=10)),
                        ('room_said_at', models.DateTimeField(null=True)),
                        ('room_said_by', models.CharField(blank=True, max_length=120)),
                        ('details_confirmed_at', models.DateTimeField(null=True)),
                        ('details_confirmed_by', models.CharField(blank=True, max_length=120)),
                        ('back_on', models.DateField(null=True)),
                        ('listed_as', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
                        ('search', django.contrib.postgres.search.SearchVectorField(null=True)),
                        ('changed_in', models.BigIntegerField(db_default=0, default=0, editable=False)),
                        ('changed_at', models.DateTimeField(editable=False, null=True)),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['search'], name='service_search'), django.contrib.postgres.indexes.GinIndex(fields=['kinds'], name='service_kinds'), django.contrib.postgres.indexes.GinIndex(fields=['needs'], name='service_needs'), models.Index(fields=['organisation', 'changed_in'], name='service_changed')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('status__in', ['active', 'paused', 'withdrawn'])), name='service_status'), models.CheckConstraint(condition=models.Q(('room__in', ['unknown', 'room', 'few', 'waiting', 'full', 'ask_first'])), name='service_room'), models.CheckConstraint(condition=models.Q(('room_source__in', ['', 'page', 'link', 'reply', 'told', 'listing'])), name='service_room_source'), models.CheckConstraint(condition=models.Q(('ways__contained_by', ['in_person', 'online', 'phone', 'home_visit'])), name='service_ways'), models.UniqueConstraint(condition=models.Q(('feed_id', ''), _negated=True), fields=('source', 'feed_id'), name='service_once_per_feed')],
                    },
                ),
                migrations.CreateModel(
                    name='Meaning',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='meaning', to='directory.service')),
                        ('text_hash', models.CharField(max_length=64)),
                        ('model', models.CharField(max_length=40)),
                        ('direction', models.BinaryField()),
                        ('of_change', models.BigIntegerField(default=0)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='LinkCheck',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='link_check', to='directory.service')),
                        ('url', models.CharField(max_length=500)),
                        ('checked_at', models.DateTimeField()),
                        ('works', models.BooleanField()),
                        ('words', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='FeedWords',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='feed_words', to='directory.service')),
                        ('said', models.JSONField()),
                        ('since', models.JSONField()),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='ImportRun',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='runs', to='directory.source')),
                        ('read', models.PositiveIntegerField()),
                        ('added', models.PositiveIntegerField()),
                        ('updated', models.PositiveIntegerField()),
                        ('unchanged', models.PositiveIntegerField()),
                        ('withdrawn', models.PositiveIntegerField()),
                        ('rejected', models.JSONField(default=list)),
                        ('notes', models.PositiveIntegerField(default=0)),
                        ('findings', models.JSONField(default=list)),
                        ('complete', models.BooleanField(default=True)),
                        ('held_reason', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Steward',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='stewards', to='directory.service')),
                        ('email', models.EmailField(max_length=254)),
                        ('name', models.CharField(blank=True, max_length=80)),
                        ('let_in_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('service', 'email'), name='steward_once_for_each_service')],
                    },
                ),
                migrations.CreateModel(
                    name='Upkeep',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='upkeep', to='directory.service')),
                        ('asked_on', models.DateField(null=True)),
                        ('times_silent', models.PositiveSmallIntegerField(default=0)),
                        ('do_not_write', models.BooleanField(default=False)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
                migrations.CreateModel(
                    name='Venue',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='venues', to='directory.service')),
                        ('name', models.CharField(blank=True, max_length=500)),
                        ('address', models.TextField(blank=True)),
                        ('postcode', models.CharField(blank=True, max_length=8)),
                        ('latitude', models.FloatField(null=True)),
                        ('longitude', models.FloatField(null=True)),
                        ('getting_there', models.TextField(blank=True)),
                        ('step_free', models.BooleanField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('latitude', None), models.Q(('latitude__range', (-90, 90)), ('longitude__range', (-180, 180))), _connector='OR'), name='venue_on_earth')],
                    },
                ),
                migrations.CreateModel(
                    name='Session',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='sessions', to='directory.service')),
                        ('venue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='directory.venue')),
                        ('weekday', models.PositiveSmallIntegerField(null=True)),
                        ('starts_at', models.TimeField(null=True)),
                        ('ends_at', models.TimeField(null=True)),
                        ('rule', models.CharField(blank=True, max_length=200)),
                        ('begins_on', models.DateField(null=True)),
                        ('valid_from', models.DateField(null=True)),
                        ('valid_until', models.DateField(null=True)),
                        ('term_time', models.BooleanField(default=False)),
                        ('way', models.CharField(blank=True, choices=[('in_person', 'in person'), ('online', 'online'), ('phone', 'by telephone'), ('home_visit', 'a visit at home')], max_length=12)),
                        ('words', models.TextField(blank=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('weekday', None), ('weekday__range', (0, 6)), _connector='OR'), name='session_weekday'), models.CheckConstraint(condition=models.Q(('way__in', ['', 'in_person', 'online', 'phone', 'home_visit'])), name='session_way')],
                    },
                ),
                migrations.CreateModel(
                    name='Publishing',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('published', models.BooleanField(default=False)),
                        ('changed_at', models.DateTimeField(auto_now=True)),
                        ('changed_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation',), name='publishing_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SchoolBreak',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('name', models.CharField(max_length=80)),
                        ('first_day', models.DateField()),
                        ('last_day', models.DateField()),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='school_break_order'), models.UniqueConstraint(fields=('organisation', 'first_day'), name='school_break_once')],
                    },
                ),
                migrations.CreateModel(
                    name='SearchWord',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('word', models.CharField(max_length=40)),
                        ('times', models.PositiveIntegerField()),
                    ],
                    options={
                        'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['word'], name='search_word_like', opclasses=['gin_trgm_ops'])],
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'word'), name='search_word_once')],
                    },
                ),
                migrations.CreateModel(
                    name='RoomStatement',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='room_statements', to='directory.service')),
                        ('room', models.CharField(choices=[('unknown', 'ask if there is room'), ('room', 'has room'), ('few', 'a few places'), ('waiting', 'waiting list'), ('full', 'full now'), ('ask_first', 'talk to them first')], max_length=10)),
                        ('weeks', models.PositiveSmallIntegerField(null=True)),
                        ('places', models.PositiveSmallIntegerField(null=True)),
                        ('said_by', models.CharField(blank=True, max_length=120)),
                        ('source', models.CharField(choices=[('page', 'on their own page'), ('link', 'from a link in an e-mail'), ('reply', 'in answer to an e-mail'), ('told', 'told to a colleague'), ('listing', 'in their listing')], max_length=10)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['service', '-created_at'], name='room_statement_service')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('room__in', ['unknown', 'room', 'few', 'waiting', 'full', 'ask_first'])), name='room_statement_room'), models.CheckConstraint(condition=models.Q(('source__in', ['page', 'link', 'reply', 'told', 'listing'])), name='room_statement_source')],
                    },
                ),
                migrations.CreateModel(
                    name='Photograph',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='photographs', to='directory.service')),
                        ('jpeg', models.BinaryField()),
                        ('width', models.PositiveSmallIntegerField()),
                        ('height', models.PositiveSmallIntegerField()),
                        ('alt', models.CharField(max_length=300)),
                        ('place', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('alt', ''), _negated=True), name='photograph_in_words')],
                    },
                ),
                migrations.CreateModel(
                    name='PersonalDetail',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='personal_details', to='directory.service')),
                        ('field', models.CharField(max_length=40)),
                        ('kind', models.CharField(max_length=20)),
                        ('words', models.CharField(max_length=200)),
                        ('decision', models.CharField(choices=[('waiting', 'waiting for somebody to look'), ('show', 'may be shown'), ('leave_out', 'left out')], default='waiting', max_length=10)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('decision', 'waiting')), fields=['organisation', 'created_at'], name='personal_detail_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['waiting', 'show', 'leave_out'])), name='personal_detail_decision'), models.UniqueConstraint(fields=('service', 'field', 'words'), name='personal_detail_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ListingClaim',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='claims', to='directory.service')),
                        ('email', models.EmailField(max_length=254)),
                        ('name', models.CharField(max_length=80)),
                        ('words', models.CharField(max_length=500)),
                        ('next_date', models.DateField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['organisation', 'next_date'], name='listing_claim_waiting')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['let_in', 'turned_down', 'waiting'])), name='listing_claim_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('next_date__isnull', False), _connector='OR'), name='listing_claim_next_date')],
                    },
                ),
                migrations.CreateModel(
                    name='ListingChange',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='asked_changes', to='directory.service')),
                        ('changes', models.JSONField()),
                        ('risky', models.BooleanField()),
                        ('asked_by', models.CharField(max_length=120)),
                        ('next_date', models.DateField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('answer', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('state', 'waiting')), fields=['organisation', 'next_date'], name='listing_change_wait'), models.Index(fields=['service', '-created_at'], name='listing_change_service')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['taken', 'turned_down', 'waiting'])), name='listing_change_state'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'waiting'), _negated=True), ('next_date__isnull', False), _connector='OR'), name='listing_change_next_date')],
                    },
                ),
                migrations.CreateModel(
                    name='Limits',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='limits', to='directory.service')),
                        ('a_week', models.PositiveSmallIntegerField(null=True)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('minimum_age', models.PositiveSmallIntegerField(null=True)),
                        ('maximum_age', models.PositiveSmallIntegerField(null=True)),
                        ('areas', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=8), default=list, size=None)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('set_at', models.DateTimeField()),
                        ('set_by', models.CharField(max_length=120)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('minimum_age', None), ('maximum_age', None), ('maximum_age__gte', models.F('minimum_age')), _connector='OR'), name='limits_ages')],
                    },
                ),
                migrations.CreateModel(
                    name='EligibilityRule',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rules', to='directory.service')),
                        ('kind', models.CharField(choices=[('gender', 'gender'), ('area', 'where they live'), ('condition', 'a health condition'), ('carer', 'looks after somebody'), ('parent', 'has children'), ('lives_alone', 'lives alone'), ('bereaved', 'somebody close has died'), ('veteran', 'served in the forces'), ('refugee', 'came to find safety'), ('lgbt', 'is lesbian, gay, bisexual or trans'), ('faith', 'faith'), ('language', 'a language they speak'), ('no_work', 'is out of work'), ('low_income', 'has little money'), ('practice', 'a GP practice they belong to'), ('referral_only', 'comes by referral only'), ('other', 'something else')], max_length=15)),
                        ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), default=list, size=None)),
                        ('outline', models.JSONField(null=True)),
                        ('must', models.BooleanField(default=True)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('from_feed', models.BooleanField(default=False)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('kind__in', ['gender', 'area', 'condition', 'carer', 'parent', 'lives_alone', 'bereaved', 'veteran', 'refugee', 'lgbt', 'faith', 'language', 'no_work', 'low_income', 'practice', 'referral_only', 'other'])), name='eligibility_kind')],
                    },
                ),
                migrations.CreateModel(
                    name='Correction',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='corrections', to='directory.service')),
                        ('field', models.CharField(max_length=40)),
                        ('value', models.JSONField(null=True)),
                        ('feed_value', models.JSONField(null=True)),
                        ('feed_now', models.JSONField(null=True)),
                        ('differs_since', models.DateTimeField(null=True)),
                        ('said_by', models.CharField(max_length=120)),
                        ('ended_at', models.DateTimeField(null=True)),
                        ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(condition=models.Q(('differs_since__isnull', False), ('ended_at', None)), fields=['organisation', 'differs_since'], name='correction_differs')],
                        'constraints': [models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('service', 'field'), name='correction_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ServiceGap',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('source', models.CharField(choices=[('told', 'a link worker said so'), ('search', 'a search found nothing good'), ('public', 'a search by somebody from the public found nothing good')], default='told', max_length=10)),
                        ('words', models.CharField(blank=True, max_length=300)),
                        ('place', models.CharField(blank=True, max_length=40)),
                        ('need', models.CharField(blank=True, max_length=40)),
                        ('kind', models.CharField(blank=True, max_length=40)),
                        ('district', models.CharField(blank=True, max_length=4)),
                        ('once', models.CharField(max_length=64, null=True, unique=True)),
                        ('told_by_user_id', models.UUIDField(null=True)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('source__in', ['told', 'search', 'public'])), name='gap_source'), models.CheckConstraint(condition=models.Q(('source', 'told'), ('words', ''), _connector='OR'), name='gap_keeps_no_typed_words')],
                    },
                ),
                migrations.CreateModel(
                    name='ChangedDates',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changed_dates', to='directory.service')),
                        ('session', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='changed_dates', to='directory.session')),
                        ('first_day', models.DateField()),
                        ('last_day', models.DateField()),
                        ('runs', models.BooleanField(default=False)),
                        ('starts_at', models.TimeField(null=True)),
                        ('ends_at', models.TimeField(null=True)),
                        ('words', models.CharField(blank=True, max_length=200)),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('last_day__gte', models.F('first_day'))), name='changed_dates_order')],
                    },
                ),
                migrations.CreateModel(
                    name='Shortlisted',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('user_id', models.UUIDField()),
                        ('case_id', models.UUIDField(null=True)),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('user_id', 'case_id', 'service'), name='shortlisted_once', nulls_distinct=False)],
                    },
                ),
                migrations.CreateModel(
                    name='TwiceListed',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('kept', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                        ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='directory.service')),
                        ('score', models.FloatField()),
                        ('reasons', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=60), default=list, size=None)),
                        ('decision', models.CharField(choices=[('waiting', 'waiting for somebody to look'), ('one', 'one service'), ('two', 'two services')], default='waiting', max_length=10)),
                        ('decided_at', models.DateTimeField(null=True)),
                        ('decided_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('taken', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('own', models.JSONField(default=dict)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'decision', '-score'], name='twice_listed_list')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('decision__in', ['waiting', 'one', 'two'])), name='twice_listed_decision'), models.CheckConstraint(condition=models.Q(('kept', models.F('other')), _negated=True), name='twice_listed_two'), models.UniqueConstraint(django.db.models.functions.comparison.Least('kept', 'other'), django.db.models.functions.comparison.Greatest('kept', 'other'), name='twice_listed_once')],
                    },
                ),
            ],
        ),
        migrations.RunSQL(MARK, FORGET),
    ]
