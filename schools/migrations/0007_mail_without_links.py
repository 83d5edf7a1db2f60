from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0006_event_of_mail"),
    ]

    operations = [
        migrations.AlterModelOptions(
            name="outgoingmail",
            options={"ordering": ["-id"], "verbose_name": "通知邮件", "verbose_name_plural": "通知邮件"},
        ),
        migrations.AddField(
            model_name="outgoingmail",
            name="link_state",
            field=models.CharField(blank=True, editable=False, max_length=64, verbose_name="链接对应的账号状态"),
        ),
    ]
