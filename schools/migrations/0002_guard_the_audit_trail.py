from django.db import migrations

from schools.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("schools", "0001_initial")]

    operations = [append_only("schools_event")]
