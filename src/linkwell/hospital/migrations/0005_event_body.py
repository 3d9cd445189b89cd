from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('hospital', '0004_numbers'),
    ]

    operations = [
        migrations.AlterField(
            model_name='event',
            name='body',
            field=models.BinaryField(),
        ),
    ]
