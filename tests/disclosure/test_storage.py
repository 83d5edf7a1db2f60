"""The storage, well and ill: what is kept comes back as it was, and nobody waits long for what does not come."""

import threading
import time

import pytest

from disclosure import configuration
from disclosure.drafting import sources
from disclosure.models import Publication
from disclosure.publishing import kept_files
from disclosure.report.enums import Status
from schools import storage
from tests import factories
from tests.object_server import KEYS, make_certificate, object_server, silent_server

LONG = bytes(range(256)) * 200 + b"tail"


@pytest.fixture
def use(settings, monkeypatch):
    """A function: make the object store at an address the storage, as the environment would, with limits for tests."""
    for name, value in KEYS.items():
        monkeypatch.setenv(name, value)

    def do(endpoint: str, bucket="bucket", seconds=20.0, silence=5.0, pause=0.5) -> None:
        settings.STORAGE_SECONDS, settings.STORAGE_SILENCE, settings.STORAGE_PAUSE = seconds, silence, pause
        (variable,) = [one for one in configuration.variables({}) if one.name == "DISCLOSURE_STORAGE"]
        chosen = variable.parse(f"s3://{bucket}?endpoint={endpoint}&region=cn")
        settings.STORAGES = settings.STORAGES | {"default": chosen}
        monkeypatch.setattr(storage, "_gate", storage._Gate(2))
        # What is loaded once a process is not what the limits are for.
        assert storage.default_storage.connection

    return do


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificate"))


@pytest.fixture(params=["http", "https"])
def objects(request, use, certificate, monkeypatch):
    """An object store that keeps what it is sent, and what it has kept."""
    monkeypatch.setenv("AWS_CA_BUNDLE", certificate)
    with object_server(certificate if request.param == "https" else None) as (endpoint, objects):
        use(endpoint)
        yield objects


# --- what is kept -----------------------------------------------------------------------------------------------------


def test_an_object_store_that_knows_nothing_of_amazons_framing_keeps_what_is_sent(objects):
    sha256 = sources.keep(LONG)
    assert objects == {f"/bucket/sources/{sha256}": LONG}
    assert sources.is_kept(sha256, len(LONG))
    assert sources.read(sha256) == LONG
    sources.forget(sha256)
    sources.forget(sha256)
    assert objects == {}
    assert not sources.is_kept(sha256, len(LONG))
    with pytest.raises(sources.Lost):
        sources.read(sha256)


@pytest.mark.django_db
def test_a_publications_file_is_made_once_and_then_comes_from_the_object_store(objects, school, monkeypatch):
    factories.make_report(school, status=Status.PUBLISHED)
    publication = Publication.objects.get()
    made = kept_files.word_for(publication)
    monkeypatch.setattr(Publication, "read", None)
    assert kept_files.word_for(publication) == made


def test_an_object_that_is_not_what_was_kept_is_never_handed_out(use):
    with object_server() as (endpoint, objects):
        use(endpoint)
        sha256 = sources.keep(LONG)
        (path,) = objects
        for damaged in (b"", LONG[:-1], LONG + b"x-amz-checksum-crc32:AAAAAA==\r\n", b"\1" + LONG[1:]):
            objects[path] = damaged
            with pytest.raises(sources.Lost):
                sources.read(sha256)
        # The same file brought in again mends it, though a damaged one of its size lies there.
        sources.keep(LONG)
        assert sources.read(sha256) == LONG


def test_a_bucket_that_is_not_there_is_no_missing_file(use):
    with object_server() as (endpoint, _):
        use(endpoint, "no-bucket")
        for operation in (lambda: storage.read("a"), lambda: storage.write("a", b"1")):
            with pytest.raises(storage.Unavailable):
                operation()


# --- what does not come -----------------------------------------------------------------------------------------------

TRICKLES = [
    pytest.param(b"", id="says nothing"),
    pytest.param(b"X", id="a header without end"),
    pytest.param(b"X: y\r\n\r\n1", id="a body without end"),
]


@pytest.mark.parametrize("trickle", TRICKLES)
@pytest.mark.parametrize("operation", ["read", "write", "size", "delete", "listing"])
def test_whatever_a_store_sends_the_thread_that_asks_is_free_again(use, trickle, operation):
    ways = {
        "read": lambda: storage.read("a"),
        "write": lambda: storage.write("a", LONG),
        "size": lambda: storage.size("a"),
        "delete": lambda: storage.delete("a"),
        "listing": lambda: storage.listing("a"),
    }
    with silent_server(trickle) as (endpoint, _):
        use(endpoint, seconds=0.6, silence=0.2)
        began = time.monotonic()
        with pytest.raises(storage.Unavailable):
            ways[operation]()
        assert time.monotonic() - began < 3
        # Not only the thread that asked: the one that worked for it too.
        _until(lambda: storage._gate._bound._places._value == 2)


def _until(is_so, seconds=3.0):
    deadline = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_store_that_hangs_has_two_threads_at_most_and_is_then_left_alone(use):
    with silent_server() as (endpoint, accepted):
        use(endpoint, seconds=3, silence=1.5, pause=30)
        took = []

        def ask():
            began = time.monotonic()
            with pytest.raises(storage.Unavailable):
                storage.read("a")
            took.append(time.monotonic() - began)

        threads = [threading.Thread(target=ask) for _ in range(24)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(took) == 24
        assert sorted(took)[21] < 1.5 < sorted(took)[22]  # all but the two that were at it
        asked = len(accepted)
        assert asked in (2, 3, 4)  # each of the two may have tried twice
        ask()
        assert took[-1] < 0.5
        assert len(accepted) == asked


def test_a_store_that_answers_again_is_used_again(use, monkeypatch):
    def answers():
        try:
            return storage.read("a") == b"1"
        except storage.Unavailable:
            return False

    with silent_server() as (endpoint, _):
        use(endpoint, seconds=0.6, silence=0.2)
        assert not answers()
        gate = storage._gate
    with object_server() as (endpoint, objects):
        use(endpoint)
        monkeypatch.setattr(storage, "_gate", gate)
        objects["/bucket/a"] = b"1"
        _until(answers)


def test_a_failure_that_kept_nobody_waiting_closes_nothing(settings, tmp_path, monkeypatch):
    backend = "django.core.files.storage.FileSystemStorage"
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": backend, "OPTIONS": {"location": tmp_path}}}
    (tmp_path / "folder").mkdir()
    storage.write("a", b"1")
    with pytest.raises(storage.Unavailable):
        storage.read("folder")
    assert storage.read("a") == b"1"
