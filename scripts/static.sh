#!/usr/bin/env bash
# Gather the static files under hashed names, when they or the packages that bring some have changed.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

now=$({ find static -type f -print0 | sort -z | xargs -0 sha256sum; cat .venv/requirements.txt.sha256; } | sha256sum)
if [ ! -d staticfiles ] || [ "$now" != "$(cat staticfiles.sha256 2>/dev/null)" ]; then
    echo "正在整理静态文件……"
    .venv/bin/python manage.py collectstatic --no-input --clear --verbosity 0
    printf '%s\n' "$now" >staticfiles.sha256
fi
