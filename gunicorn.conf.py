"""How the production server runs; everything that may differ comes from the environment."""

import os

from disclosure import configuration

# Read here, in the parent: a bad value ends the start with its sentence, not with workers that die one by one.
_env = configuration.read()

wsgi_app = "disclosure.wsgi"
bind = _env.bind
workers = _env.web_concurrency
worker_class = "gthread"
threads = _env.threads
# Loaded once before the workers are forked: a quicker start, and memory shared between them.
preload_app = True
timeout = 60
graceful_timeout = 20
keepalive = 5
# The longest line gunicorn takes without giving up every limit: what a search may hold is said beside its field, and
# only what is longer gets the page of an error.
limit_request_line = 8190
# Setting a long report takes memory that Python does not give back; a worker is replaced now and then.
max_requests = 5000
max_requests_jitter = 500
# The heartbeat file must not wait for a busy disk.
worker_tmp_dir = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # noqa: S108
loglevel = "warning"
control_socket_disable = True


def post_worker_init(worker):
    """Let gunicorn's own errors speak as the portal does."""
    from disclosure import server  # here: it needs Django, which is set up with the application

    server.install()


def when_ready(server):
    """Say where the portal is, once it answers."""
    addresses = ", ".join(str(listener) for listener in server.LISTENERS)
    print(f"\n网站已启动：{addresses}（按 Ctrl+C 停止）", flush=True)  # noqa: T201
