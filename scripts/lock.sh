#!/usr/bin/env bash
# Compile requirements*.in to pinned and hashed requirements*.txt. Arguments go to pip-compile (for example --upgrade).
#
# Compiled with Debian 12's own Python: it is the oldest that the portal runs on. Some releases ask for a later 3.11,
# and some packages for a backport on an earlier one; a compile with a later Python would see neither.
set -euo pipefail
cd "$(dirname "$0")/.."

oldest=(3 11 2)
python=${LOCK_PYTHON:-/usr/bin/python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:3] != tuple(map(int, sys.argv[1:])))' "${oldest[@]}" || {
    echo "Compile with Python $(IFS=.; echo "${oldest[*]}"): set LOCK_PYTHON." >&2
    exit 1
}
[ -x .cache/lock/bin/pip-compile ] || {
    "$python" -m venv .cache/lock
    .cache/lock/bin/pip install --quiet pip-tools
}
for name in requirements requirements-dev; do
    CUSTOM_COMPILE_COMMAND="scripts/lock.sh" .cache/lock/bin/pip-compile --quiet --generate-hashes --strip-extras \
        --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host "$@" \
        --output-file="$name.txt" "$name.in"
done
