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
        ('directory', '0001_initial'),
        ('people', '0001_initial'),
    ]

    operations = [
        linkwell.core.create_tables.CreateTables(
            models=[
                migrations.CreateModel(
                    name='AnswerLink',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('organisation_id', models.UUIDField()),
                        ('onward_referral_id', models.UUIDField()),
                        ('purpose', models.CharField(max_length=10)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                        ('closed_at', models.DateTimeField(null=True)),
                        ('code_hash', models.CharField(blank=True, max_length=64)),
                        ('code_expires_at', models.DateTimeField(null=True)),
                        ('code_tries', models.PositiveSmallIntegerField(default=0)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['onward_referral_id'], name='answer_link_onward')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('purpose__in', ['answer'])), name='answer_link_purpose')],
                    },
                ),
                migrations.CreateModel(
                    name='ListLink',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('token_hash', models.CharField(max_length=64, unique=True)),
                        ('organisation_id', models.UUIDField()),
                        ('service_ids', django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                        ('look', models.CharField(max_length=10)),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('expires_at', models.DateTimeField()),
                    ],
                ),
                migrations.CreateModel(
                    name='OnwardReferral',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('state', models.CharField(max_length=30)),
                        ('version', models.PositiveIntegerField(default=1)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='onward_referrals', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='onward_referrals', to='people.person')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
                        ('worker', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('agreement', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.agreement')),
                        ('first_name', models.CharField(max_length=100)),
                        ('need_words', models.CharField(max_length=400)),
                        ('access_words', models.CharField(blank=True, max_length=400)),
                        ('may_share_phone', models.BooleanField(default=False)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('outside_limits', models.CharField(blank=True, max_length=600)),
                        ('did_not_fit', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=300), default=list, size=None)),
                        ('group_email', models.EmailField(max_length=254)),
                        ('sent_at', models.DateTimeField()),
                        ('answered_at', models.DateTimeField(null=True)),
                        ('starts_on', models.DateField(null=True)),
                        ('waiting_weeks', models.PositiveSmallIntegerField(null=True)),
                        ('decline_reason', models.CharField(blank=True, max_length=300)),
                        ('overdue_on', models.DateField()),
                        ('next_date', models.DateField(null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['organisation', 'worker', 'next_date'], name='onward_worker'), models.Index(fields=['case'], name='onward_case'), models.Index(condition=models.Q(('state__in', ['sent', 'asked'])), fields=['overdue_on'], name='onward_overdue')],
                        'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ['accepted', 'asked', 'attended', 'declined', 'did_not_come', 'ended', 'sent', 'waiting_list', 'withdrawn'])), name='onward_state'), models.CheckConstraint(condition=models.Q(('state__in', ['declined', 'withdrawn', 'ended', 'attended']), ('next_date__isnull', False), _connector='OR'), name='onward_next_date')],
                    },
                ),
                migrations.CreateModel(
                    name='Attendance',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('onward_referral', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='attendances', to='onward.onwardreferral')),
                        ('on', models.DateField()),
                        ('came', models.BooleanField()),
                        ('told_by_kind', models.CharField(max_length=10)),
                        ('note', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('onward_referral', 'on', 'told_by_kind'), name='attendance_once_a_day_each')],
                    },
                ),
                migrations.CreateModel(
                    name='Signpost',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='signposts', to='casework.case')),
                        ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                        ('service', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.service')),
                        ('how', models.CharField(max_length=60)),
                        ('note', models.CharField(blank=True, max_length=300)),
                        ('given_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('needs', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                        ('asked_again_on', models.DateField(null=True)),
                        ('did_they_go', models.BooleanField(null=True)),
                    ],
                    options={
                        'abstract': False,
                    },
                ),
            ],
        ),
    ]
