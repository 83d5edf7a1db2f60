#!/usr/bin/env bash
# Serve the portal, from nothing: install, migrate, load the demonstration data into an empty database, start.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

# Told before minutes of installing, not after. Whether PORT is well formed is the configuration's to say.
port=${PORT:-8000}
if [ -z "${DISCLOSURE_BIND:-}" ] && [[ $port =~ ^[0-9]{1,5}$ ]] && (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "端口 $port 已被占用。请先停止占用它的程序，或换一个端口：make run PORT=$((port < 65000 ? port + 1 : 8000))" >&2
    exit 1
fi

scripts/setup.sh run
scripts/static.sh
.venv/bin/python manage.py prepare

# Beside the server, a process that sends again the mail that failed. Both end together, however this script is ended:
# it alone hears Ctrl+C (each of the two is a process group of its own) and lets them finish what they are at.
processes=()
trap 'kill "${processes[@]}" 2>/dev/null || true; wait' EXIT
trap 'exit 0' INT
trap 'exit 143' TERM HUP
set -m
.venv/bin/python manage.py deliver_mail --loop 60 </dev/null &
processes+=("$!")
# As a module: a program in .venv/bin names the folder it was installed in, and would be lost when that is moved.
.venv/bin/python -m gunicorn </dev/null &
processes+=("$!")
set +m
wait "$!"
