#!/usr/bin/env bash
# Compile requirements*.in to pinned and hashed requirements*.txt. Arguments go to pip-compile (for example --upgrade).
set -euo pipefail
cd "$(dirname "$0")/.."

for name in requirements requirements-dev; do
    CUSTOM_COMPILE_COMMAND="scripts/lock.sh" .venv/bin/pip-compile --quiet --generate-hashes --strip-extras --allow-unsafe \
        --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" --output-file="$name.txt" "$name.in"
done
