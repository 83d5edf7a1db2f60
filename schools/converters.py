"""What an address may hold in place of a number."""

from django.urls.converters import IntConverter


class WholeNumber(IntConverter):
    """A whole number that every database can compare a key with; of a longer one there is nothing: 404."""

    regex = "[0-9]{1,18}"
