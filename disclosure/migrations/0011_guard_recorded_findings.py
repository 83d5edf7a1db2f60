"""What a submission was found to hold when it was handed in is history as its document is, and guarded like it."""

from django.db import migrations

from schools.guards import append_only

BEFORE = append_only("disclosure_submission", columns=("report_id", "number", "document", "sha256"))


class Migration(migrations.Migration):
    dependencies = [("disclosure", "0010_presence_of_reviewers")]

    operations = [
        migrations.RunPython(BEFORE.reverse_code, BEFORE.code),
        append_only("disclosure_submission", columns=("report_id", "number", "document", "sha256", "findings")),
    ]
