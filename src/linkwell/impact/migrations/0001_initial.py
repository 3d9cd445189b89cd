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
                    name='SignedMonth',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('month', models.DateField()),
                        ('signed_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                        ('signed_at', models.DateTimeField()),
                        ('note', models.CharField(blank=True, max_length=300)),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'month'), name='signed_month_once'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='signed_month_is_a_month')],
                    },
                ),
                migrations.CreateModel(
                    name='SignedRow',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('signed', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='rows', to='impact.signedmonth')),
                        ('number', models.CharField(max_length=40)),
                        ('key', models.CharField(blank=True, max_length=60)),
                        ('row_id', models.UUIDField()),
                        ('at', models.DateTimeField()),
                        ('person_id', models.UUIDField(null=True)),
                        ('case_id', models.UUIDField(null=True)),
                        ('referral_id', models.UUIDField(null=True)),
                        ('team_id', models.UUIDField(null=True)),
                        ('practice', models.CharField(blank=True, max_length=200)),
                        ('referrer', models.CharField(blank=True, max_length=200)),
                        ('amount', models.DecimalField(decimal_places=2, max_digits=8, null=True)),
                    ],
                    options={
                        'indexes': [models.Index(fields=['signed', 'number', 'key'], name='signed_row_of')],
                    },
                ),
                migrations.CreateModel(
                    name='PracticeSize',
                    fields=[
                        ('id', models.UUIDField(default=linkwell.kernel.ids.new_id, editable=False, primary_key=True, serialize=False)),
                        ('organisation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.organisation')),
                        ('created_at', models.DateTimeField(auto_now_add=True)),
                        ('practice', models.CharField(max_length=200)),
                        ('shown', models.CharField(max_length=200)),
                        ('people', models.PositiveIntegerField()),
                        ('counted_on', models.DateField()),
                    ],
                    options={
                        'constraints': [models.UniqueConstraint(fields=('organisation', 'practice', 'counted_on'), name='practice_size_once_a_day'), models.CheckConstraint(condition=models.Q(('people__gt', 0)), name='practice_size_somebody')],
                    },
                ),
            ],
        ),
    ]
