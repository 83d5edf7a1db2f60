from django.db import migrations


def find_authors(apps, schema_editor):
    """Who wrote each remark stands in the trail, with its very words."""
    events = apps.get_model("schools", "Event").objects.filter(object_type="report", type="remark_added")
    users = set(apps.get_model("schools", "User").objects.values_list("pk", flat=True))
    for remark in apps.get_model("disclosure", "Remark").objects.select_related("submission"):
        written = events.filter(object_id=remark.submission.report_id, detail__text=remark.text)
        author = written.filter(detail__section=remark.section).values_list("actor_id", flat=True).first()
        if author in users:
            remark.created_by_id = author
            remark.save(update_fields=["created_by"])


class Migration(migrations.Migration):
    dependencies = [
        ("disclosure", "0008_remark_author"),
        ("schools", "0006_event_of_mail"),
    ]

    operations = [
        migrations.RunPython(find_authors, migrations.RunPython.noop),
    ]
