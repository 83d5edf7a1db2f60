"""Which page of a list an address asks for."""

import pytest

from schools.paging import page_of


@pytest.mark.parametrize(
    ("asked", "number"),
    [
        ("", 1),
        ("?page=", 1),
        ("?page=1", 1),
        ("?page=2", 2),
        ("?page=3", 3),
        ("?page=4", 3),
        ("?page=999999", 3),
        ("?page=0", 1),
        ("?page=-1", 1),
        ("?page=-999999", 1),
        ("?page=abc", 1),
        ("?page=1.5", 1),
        ("?page=%00", 1),
        (f"?page={'9' * 5000}", 1),
        ("?page=2&page=0", 1),
    ],
)
def test_before_the_beginning_is_the_first_page_and_beyond_the_end_the_last(asked, number, rf):
    page = page_of(rf.get(f"/{asked}"), range(50), 20)
    assert (page.number, page.paginator.num_pages) == (number, 3)


@pytest.mark.parametrize("asked", ["", "?page=0", "?page=7"])
def test_a_list_of_nothing_has_one_page(asked, rf):
    assert page_of(rf.get(f"/{asked}"), [], 20).number == 1
