from django.db import migrations

KEY = "alter table people_persontoken drop constraint people_persontoken_pkey, add primary key (token, person_id)"


class Migration(migrations.Migration):
    """Who shares a token is read from its index alone: the rows themselves lie all over the table."""

    dependencies = [("people", "0007_coming_of_age")]
    operations = [migrations.RunSQL(f"{KEY} include (dossier_id)", KEY)]
