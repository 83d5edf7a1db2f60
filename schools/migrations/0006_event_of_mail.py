from django.db import migrations, models

# How the subject of each mail about a report began when mails did not name their event yet.
_SUBJECTS = {
    "请审签：": "signoff_requested",
    "审签退回：": "signoff_declined",
    "待审核：": "submitted",
    "退回修改：": "returned",
    "已发布：": "published",
    "撤回公开：": "withdrawn",
    "重新开放填报：": "reopened",
    "申请豁免：": "waiver_asked",
    "同意豁免：": "waiver_granted",
    "不予豁免：": "waiver_declined",
}


def name_events(apps, schema_editor):
    mails = apps.get_model("schools", "OutgoingMail").objects.filter(object_type="report")
    for subject, event in _SUBJECTS.items():
        mails.filter(subject__startswith=subject).update(event=event)


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0005_event_of_version_withdrawal"),
    ]

    operations = [
        migrations.AddField(
            model_name="outgoingmail",
            name="event",
            field=models.CharField(
                blank=True,
                default="",
                help_text="告知的是哪一种事件；账号的邮件没有。",
                max_length=30,
                verbose_name="事件",
            ),
            preserve_default=False,
        ),
        migrations.RunPython(name_events, migrations.RunPython.noop),
    ]
