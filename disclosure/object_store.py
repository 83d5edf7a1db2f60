"""The storage in a bucket of an S3-compatible service: plain requests that every such service knows, and that end.

Nothing here starts a thread that works or asks a second time where one request will do: what ``schools.storage``
bounds is all there is.
"""

import io
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Lock, Timer, local

from botocore.awsrequest import (
    AWSHTTPConnection,
    AWSHTTPConnectionPool,
    AWSHTTPSConnection,
    AWSHTTPSConnectionPool,
)
from botocore.config import Config
from botocore.exceptions import ClientError
from django.conf import settings
from django.core.files.base import ContentFile
from storages.backends.s3 import S3Storage
from storages.utils import clean_name


class ObjectStore(S3Storage):
    """``S3Storage`` whose every operation ends after ``STORAGE_SECONDS``, whatever the service does."""

    _shared = None

    def get_default_settings(self):
        """As Django's storages have them, with limits, and without what only Amazon's own service knows."""
        config = Config(
            connect_timeout=settings.STORAGE_SILENCE,
            read_timeout=settings.STORAGE_SILENCE,
            retries={"mode": "standard", "total_max_attempts": 2},
            # Left to itself botocore sends a checksum behind the content, in a framing that other services take
            # for content: what was kept was not what was sent.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
        )
        return super().get_default_settings() | {"client_config": config}

    @property
    def connection(self):
        """One connection for all threads, since to make one takes a good part of a second; ``_Sockets`` are told of it.

        This is the one place where we reach into botocore, which has no limit for a request as a whole: the version is
        pinned, and a test has a server that sends a byte now and then.
        """
        with _making:
            if self._shared is None:
                self._shared = super().connection
                session = self._shared.meta.client._endpoint.http_session
                session._pool_classes_by_scheme.update(http=_Pool, https=_SecurePool)
            return self._shared

    @contextmanager
    def _in_time(self) -> Iterator[None]:
        """End what the thread does with the storage when its time is over. A read timeout ends silence alone."""
        sockets = _thread.sockets = _Sockets()
        timer = Timer(settings.STORAGE_SECONDS, sockets.end)
        timer.daemon = True
        timer.start()
        try:
            yield
        finally:
            timer.cancel()
        if sockets.is_over:  # an answer without a length looks whole where it was cut off
            raise TimeoutError("the time for this operation is over")

    @contextmanager
    def _object(self, name: str) -> Iterator[tuple]:
        """The client, and how it is told of the object ``name``; raises ``FileNotFoundError`` where there is none."""
        with self._in_time():
            try:
                key = self._normalize_name(clean_name(name))
                yield self.connection.meta.client, {"Bucket": self.bucket_name, "Key": key}
            except ClientError as error:
                if error.response["Error"]["Code"] in ("404", "NoSuchKey"):
                    raise FileNotFoundError(name) from error
                raise

    def _open(self, name, mode="rb"):
        with self._object(name) as (client, told):
            return ContentFile(client.get_object(**told)["Body"].read(), name)

    def _save(self, name, content):
        # As a stream: of bytes the whole would have to be on its way before the first timeout.
        body = io.BytesIO(content.read())
        with self._object(name) as (client, told):
            client.put_object(**told, Body=body, **self._get_write_parameters(name))
        return name

    def delete(self, name):
        """Delete an object; one that is not there is none to delete."""
        with self._object(name) as (client, told):
            client.delete_object(**told)

    def size(self, name):
        """How many bytes an object has."""
        with self._object(name) as (client, told):
            return client.head_object(**told)["ContentLength"]

    def listdir(self, path):
        """The folders and the objects in ``path``."""
        with self._in_time():
            return super().listdir(path)


class _Sockets:
    """What one operation has open to the service, to be shut by another thread when the time is over."""

    def __init__(self):
        self._lock = Lock()
        self._open: set[socket.socket] = set()
        self.is_over = False

    def add(self, opened: socket.socket) -> None:
        """Remember a socket; raises ``TimeoutError`` where there is no time left to use it in."""
        with self._lock:
            self._open.add(opened)
            if self.is_over:
                raise TimeoutError("the time for this operation is over")

    def end(self) -> None:
        """Shut what is open, so that whoever reads or writes there fails at once."""
        with self._lock:
            self.is_over = True
            for opened in self._open:
                with suppress(OSError):  # it has been closed already
                    # Not SSLSocket's own, which takes the cipher from under the thread that reads.
                    socket.socket.shutdown(opened, socket.SHUT_RDWR)


_making = Lock()
_thread = local()  # .sockets: those of what the thread is at


class _Told:
    """A connection that tells the operation in whose thread it is used which socket it uses."""

    def connect(self):
        super().connect()
        _thread.sockets.add(self.sock)

    def request(self, *args, **kwargs):
        if self.sock is not None:  # kept from another operation
            _thread.sockets.add(self.sock)
        return super().request(*args, **kwargs)


class _Connection(_Told, AWSHTTPConnection):
    pass


class _SecureConnection(_Told, AWSHTTPSConnection):
    pass


class _Pool(AWSHTTPConnectionPool):
    ConnectionCls = _Connection


class _SecurePool(AWSHTTPSConnectionPool):
    ConnectionCls = _SecureConnection
