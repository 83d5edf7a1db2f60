#!/usr/bin/env bash
# Run every check: static ones, the tests on SQLite and on PostgreSQL, the journeys in a browser. Goes on after a
# failure, so that one run tells all of them, and ends with status 1 if there was any.
set -euo pipefail
cd "$(dirname "$0")/.."

scripts/setup.sh test
export PATH="$PWD/.venv/bin:$PATH"
# A database made under another locale could not hold Chinese, or would sort it another way.
export LC_ALL=C.UTF-8
# The caller's own configuration is not what is tested.
unset DJANGO_SETTINGS_MODULE DATABASE_URL
for name in $(compgen -e DISCLOSURE_ || true); do unset "$name"; done

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT

# The Nu HTML checker is a comfort: the test that wants it says why it is skipped where it is absent.
if command -v npm >/dev/null && command -v java >/dev/null && [ ! -d .cache/node_modules/vnu-jar ]; then
    mkdir -p .cache
    npm install --prefix .cache --no-save --no-audit --no-fund --silent vnu-jar@26.9.27 </dev/null >/dev/null 2>&1 ||
        echo "vnu-jar could not be installed; the check of HTML will be skipped."
fi

failed=()
stage() {
    local name=$1 start=$SECONDS
    shift
    printf '\n== %s\n' "$name"
    if ! "$@" </dev/null; then
        failed+=("$name")
        printf '== %s FAILED\n' "$name"
    fi
    printf '== %s: %d s\n' "$name" "$((SECONDS - start))"
}

production() {
    DISCLOSURE_VAR_DIR="$scratch" DISCLOSURE_TLS=on DISCLOSURE_SITE_URL=https://localhost \
        python manage.py "$@"
}

on_postgresql() {
    # A server that is thrown away need not survive a crash.
    pg_virtualenv -o fsync=off -o synchronous_commit=off -o full_page_writes=off \
        env DATABASE_URL=postgresql:///postgres "$@"
}

stage "ruff check" ruff check --quiet .
stage "ruff format" ruff format --quiet --check .
stage "types" mypy
stage "manage.py check --deploy" production check --deploy --fail-level WARNING
stage "migrations match the models" production makemigrations --check --dry-run
stage "static files under hashed names" scripts/static.sh
# What takes a file apart and what checks a document know no database: once, on SQLite, is enough for them.
stage "tests on PostgreSQL" on_postgresql pytest -q -n 2 --ignore tests/journeys --ignore tests/disclosure/importing \
    --ignore tests/disclosure/checking --ignore-glob 'tests/disclosure/test_checks*.py'
stage "tests on SQLite" pytest -q -n 2 --ignore tests/journeys
stage "journeys in the browser" pytest -q -n 2 tests/journeys

if [ ${#failed[@]} -gt 0 ]; then
    printf '\nFAILED: %s\n' "$(IFS=';'; echo "${failed[*]}")"
    exit 1
fi
