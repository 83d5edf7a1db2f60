"""Take the links that set a password out of the mails that are there already.

One that waits is sent with a link made then; so is one that is sent again by hand.
"""

from django.db import migrations

from schools import links


def mask(apps, schema_editor):
    """Mask the links, and note for what is not sent yet whose link it is."""
    mails = apps.get_model("schools", "OutgoingMail").objects
    users = apps.get_model("schools", "User").objects
    for mail in mails.filter(object_type="user", body__contains="/accounts/activate/"):
        mail.body = links.mask(mail.body)
        if mail.sent_at is None:
            user = users.filter(pk=mail.object_id).first()
            # Who has signed in since has no need of it: the link that was in it has ended.
            has_ended = user is None or (user.last_login and user.last_login > mail.created_at)
            mail.link_state = "ended" if has_ended else links.state_of(user)
        mail.save(update_fields=["body", "link_state"])


class Migration(migrations.Migration):
    dependencies = [
        ("schools", "0007_mail_without_links"),
    ]

    operations = [migrations.RunPython(mask, migrations.RunPython.noop, elidable=True)]
