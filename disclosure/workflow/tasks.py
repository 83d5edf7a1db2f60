"""Work that follows a commit: in the same process, or in a worker's where one is configured."""

from django_tasks import task

from disclosure.evaluation import near_duplicates
from disclosure.models import Publication
from disclosure.publishing.kept_files import pdf_for


@task()
def render_pdf(publication_id: int) -> None:
    """Make the PDF of a publication before anybody asks for it. Where this fails, the first reader's request does it."""
    pdf_for(Publication.objects.get(pk=publication_id))


@task()
def index_copies(school_id: int) -> None:
    """Make the index of near copies what the public reports of a school say. Where this fails, the next publication of
    the school mends it, or ``rebuild_copies``."""
    near_duplicates.index(school_id)
