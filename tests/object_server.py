"""Object stores on the loopback, real ones and faulty: what a service elsewhere may be like."""

import socket
import ssl
import subprocess
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing"}


class _Plain(BaseHTTPRequestHandler):
    """Keeps each body as it is sent, in ``server.objects``; knows no framing but that of HTTP itself."""

    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b""
            while size := int(self.rfile.readline(), 16):
                body += self.rfile.read(size)
                self.rfile.readline()
            self.rfile.readline()
        else:
            body = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.path.startswith("/bucket/"):
            self._answer(404, b"<Error><Code>NoSuchBucket</Code></Error>")
            return
        self.server.objects[self.path] = body
        self._answer(200, b"")

    def do_GET(self):
        body = self.server.objects.get(self.path)
        if body is None:
            missing = b"Key" if self.path.startswith("/bucket/") else b"Bucket"
            self._answer(404, b"<Error><Code>NoSuch%s</Code></Error>" % missing)
        else:
            self._answer(200, body)

    do_HEAD = do_GET

    def do_DELETE(self):
        self.server.objects.pop(self.path, None)
        self._answer(204, b"")

    def _answer(self, status, body):
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def log_message(self, *args):
        pass


@contextmanager
def object_server(certificate=None):
    """A server that keeps what it is sent: its address, and its objects by path. With TLS where there is a certificate."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Plain)
    server.objects = {}
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, args=[0.01], daemon=True).start()
    try:
        yield f"http{'s' if certificate else ''}://localhost:{server.server_port}", server.objects
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def silent_server(trickle: bytes = b""):
    """A server that accepts and never answers; with ``trickle``, that sends it again and again, ten times a second.

    Its address, and the connections it has accepted.
    """
    accepted: list[socket.socket] = []
    listening = socket.create_server(("127.0.0.1", 0), backlog=100)
    is_over = threading.Event()

    def accept():
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            accepted.append(connection)
            if trickle:
                threading.Thread(target=send, args=[connection], daemon=True).start()

    def send(connection):
        try:
            connection.sendall(b"HTTP/1.1 200 OK\r\n")
            while not is_over.is_set():
                connection.sendall(trickle)
                time.sleep(0.1)
        except OSError:
            pass  # whoever asked has hung up

    threading.Thread(target=accept, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", accepted
    finally:
        is_over.set()
        listening.shutdown(socket.SHUT_RDWR)
        listening.close()
        for connection in accepted:
            connection.close()


def make_certificate(folder) -> str:
    """A certificate of localhost with its key, in one file."""
    path = folder / "localhost.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"]
    files = ["-keyout", path, "-out", folder / "certificate"]
    subprocess.run(
        ["openssl", "req", "-x509", "-nodes", "-days", "2", *curve, *subject, *files], check=True, capture_output=True
    )
    path.write_bytes((folder / "certificate").read_bytes() + path.read_bytes())
    return str(path)
