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
        ('referrals', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='Clinic',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('room', models.CharField(max_length=200)),
                        ('starts_at', models.DateTimeField()),
                        ('slot_minutes', models.PositiveSmallIntegerField()),
                        ('who_books', models.CharField(choices=[('team', 'Only our team'), ('practice', 'Only the practice'), ('both', 'The practice and our team')], max_length=10)),
                        ('walk_ins', models.PositiveSmallIntegerField(default=0)),
                        ('cancelled_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'starts_at'], name='clinic_day'), models.Index(fields=['practice', 'starts_at'], name='clinic_practice')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['cancelled', 'held', 'planned'])), name='clinic_state'), models.CheckConstraint(condition=models.Q(('who_books__in', ['team', 'practice', 'both'])), name='clinic_who_books'), models.UniqueConstraint(condition=models.Q(('state', 'cancelled'), _negated=True), fields=('worker', 'starts_at'), name='clinic_worker_once')],
                    },
                ),
                migrations.CreateModel(
                    name='ClinicSlot',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('clinic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='slots', to='groupwork.clinic')),
                        ('practice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('starts_at', models.DateTimeField()),
                        ('appointment', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='casework.appointment')),
                        ('referral', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='referrals.referral')),
                    ],
                    options={
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['booked', 'free', 'not_used', 'used', 'withdrawn'])), name='clinic_slot_state'), models.UniqueConstraint(fields=('clinic', 'starts_at'), name='clinic_slot_once'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'free'), _negated=True), models.Q(('appointment', None), ('referral', None)), _connector='OR'), name='clinic_slot_free')],
                    },
                ),
                migrations.CreateModel(
                    name='Meeting',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('title', models.CharField(max_length=120)),
                        ('place', models.CharField(blank=True, max_length=300)),
                        ('starts_at', models.DateTimeField()),
                        ('attended', models.TextField(blank=True)),
                        ('cancelled_why', models.CharField(blank=True, max_length=300)),
                        ('noted_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'starts_at'], name='meeting_day')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['cancelled', 'held', 'planned'])), name='meeting_state')],
                    },
                ),
                migrations.CreateModel(
                    name='MeetingItem',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('meeting', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='groupwork.meeting')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('said', models.TextField(blank=True)),
                        ('action', models.CharField(blank=True, max_length=200)),
                        ('owner', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('owner_name', models.CharField(blank=True, max_length=120)),
                        ('due_on', models.DateField(null=True)),
                        ('recorded_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', '-created_at'], name='meeting_item_person')],
                        'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('action', ''), ('due_on', None), ('owner', None), ('owner_name', '')), models.Q(models.Q(('action', ''), _negated=True), ('due_on__isnull', False), models.Q(('owner__isnull', False), models.Q(('owner_name', ''), _negated=True), _connector='OR')), _connector='OR'), name='meeting_action_has_owner')],
                    },
                ),
                migrations.CreateModel(
                    name='WorkerSession',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('team', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.team')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('series_id', models.UUIDField(null=True)),
                        ('topic', models.CharField(max_length=120)),
                        ('place', models.CharField(max_length=300)),
                        ('starts_at', models.DateTimeField()),
                        ('minutes', models.PositiveSmallIntegerField()),
                        ('walk_ins', models.PositiveSmallIntegerField(default=0)),
                        ('note', models.TextField(blank=True)),
                        ('cancelled_why', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'starts_at'], name='worker_session_day'), models.Index(fields=['organisation', 'series_id', 'starts_at'], name='worker_session_series')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['cancelled', 'held', 'planned'])), name='worker_session_state')],
                    },
                ),
                migrations.CreateModel(
                    name='SessionPlace',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('session', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='register', to='groupwork.workersession')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('came', models.BooleanField(null=True)),
                        ('ended_at', models.DateTimeField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['person', 'session'], name='session_place_person')],
                        'constraints': [models.UniqueConstraint(fields=('session', 'person'), name='session_place_once')],
                    },
                ),
            ],
        ),
    ]
