"""The index of near copies: which schools' public reports hold a sentence nearly like this one."""

from django.db import models


class Fingerprint(models.Model):
    """That the public reports of a school hold a sentence with this hash (``evaluation.near_duplicates`` says of what).

    ``publication`` is the newest report that holds it, ``since`` the first year in which one did: what a school repeats
    for years is one row. Derived from the publications, in which nobody loses anything with it; hence no constraints
    in the database either, which would lock a school's row for each of a thousand sentences.
    """

    pk = models.CompositePrimaryKey("hash", "school_id")
    hash = models.BigIntegerField()
    school = models.ForeignKey("schools.School", models.CASCADE, related_name="+", db_constraint=False)
    publication = models.ForeignKey(
        "disclosure.Publication", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    since = models.PositiveSmallIntegerField()

    def __str__(self):
        return f"{self.hash:x} {self.school_id}"
