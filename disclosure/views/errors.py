"""What is shown when the portal itself has failed."""

from django.http import HttpResponseServerError
from django.template import loader


def server_error(request):
    """The page for a fault of ours, with the number under which the log tells of it.

    Rendered without the request, as Django does it: what failed may be the session or the database.
    """
    return HttpResponseServerError(loader.get_template("500.html").render({"number": request.id}))
