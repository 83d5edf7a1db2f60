"""Work that follows a commit: in the same process, or in a worker's where one is configured."""

from django_tasks import task

from schools import mail


@task()
def deliver_mail() -> list[int]:
    """Send the mail that is due; how many were sent and how many failed."""
    return list(mail.deliver_due())
