#!/usr/bin/env bash
# Measure and print the figures of speed.
set -euo pipefail
cd "$(dirname "$0")/.."
export LC_ALL=C.UTF-8

scripts/setup.sh test
scripts/static.sh
exec .venv/bin/python -m bench.run
