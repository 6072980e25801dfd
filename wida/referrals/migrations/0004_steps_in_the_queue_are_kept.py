from django.db import migrations

from wida.records.immutable import immutable


class Migration(migrations.Migration):
    dependencies = [("referrals", "0003_what_came_in")]

    operations = [migrations.RunSQL(*immutable("referrals_inflowstep"))]
