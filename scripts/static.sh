#!/usr/bin/env bash
# Gather the static files under hashed names, when they or the packages that bring some have changed. Those of earlier
# versions stay for a while (disclosure/static_storage.py): pages that are open ask for them.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

now=$({ find static -type f -print0 | sort -z | xargs -0 sha256sum; cat .venv/requirements.txt.sha256; } | sha256sum)
if [ ! -d staticfiles ] || [ "$now" != "$(cat staticfiles.sha256 2>/dev/null)" ]; then
    echo "正在整理静态文件……"
    .venv/bin/python manage.py collectstatic --no-input --verbosity 0
    # For the service's user, whatever umask who installs has.
    chmod -R a+rX staticfiles
    printf '%s\n' "$now" >staticfiles.sha256
fi
