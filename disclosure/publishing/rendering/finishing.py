"""What WeasyPrint leaves undone for PDF/UA: page numbers and the mark of a draft are told apart from the text."""

import pydyf


def finish(pdf: pydyf.PDF) -> None:
    """Mark what belongs to the page, not to the report, as pagination artifacts (ISO 14289-1, 7.8).

    WeasyPrint 70 gives the text of page margins structure elements that hang on nothing: a screen reader may read a
    page number in the middle of a sentence, and a checker finds content that is neither tagged nor an artifact.
    """
    objects = {item.reference: item for item in pdf.objects}
    root = objects[pdf.catalog["StructTreeRoot"]]
    reached = _reach(root, objects)
    numbers = objects[root["ParentTree"]]["Nums"]
    parents = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in (item for item in pdf.objects if isinstance(item, dict) and item.get("Type") == "/Page"):
        elements = parents[page["StructParents"]]
        loose = {mcid for mcid, element in enumerate(elements) if element not in reached}
        _make_artifacts(objects[page["Contents"]].stream, loose)
        elements[:] = ["null" if mcid in loose else element for mcid, element in enumerate(elements)]


def _reach(root: pydyf.Dictionary, objects: dict[bytes, pydyf.Object]) -> set[bytes]:
    """The references of all structure elements that hang on ``root``."""
    reached, waiting = set(), list(root["K"])
    while waiting:
        reference = waiting.pop()
        # An integer is a piece of content, not an element.
        if isinstance(reference, bytes) and reference not in reached:
            reached.add(reference)
            waiting.extend(objects[reference].get("K", ()))
    return reached


def _make_artifacts(stream: list, loose: set[int]) -> None:
    """Turn the marked content of these numbers from text into artifacts, in the page's drawing instructions."""
    for index, item in enumerate(stream):
        if isinstance(item, pydyf.Dictionary) and item.get("MCID") in loose:
            stream[index - 1 : index + 1] = ["/Artifact", pydyf.Dictionary({"Type": "/Pagination"})]
