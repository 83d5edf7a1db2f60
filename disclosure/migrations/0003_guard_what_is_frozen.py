from django.db import migrations

from schools.guards import append_only


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0002_initial")]

    operations = [
        append_only("disclosure_publication"),
        append_only("disclosure_withdrawal"),
        append_only("disclosure_submission", columns=("report_id", "number", "document", "sha256")),
    ]
