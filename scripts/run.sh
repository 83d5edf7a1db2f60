#!/usr/bin/env bash
# Serve the portal, from nothing: install, migrate, load the demonstration data into an empty database, start.
set -euo pipefail
cd "$(dirname "$0")/.."

# Told before minutes of installing, not after. Whether PORT is well formed is the configuration's to say.
port=${PORT:-8000}
if [ -z "${DISCLOSURE_BIND:-}" ] && [[ $port =~ ^[0-9]{1,5}$ ]] && (: >"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then
    echo "端口 $port 已被占用。请先停止占用它的程序，或换一个端口：make run PORT=$((port < 65000 ? port + 1 : 8000))" >&2
    exit 1
fi

scripts/setup.sh run
scripts/static.sh
.venv/bin/python manage.py prepare
exec .venv/bin/gunicorn
