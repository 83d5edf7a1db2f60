#!/usr/bin/env bash
# Install what is missing: system packages, the virtual environment, the pinned requirements. Does nothing when nothing
# has changed.   setup.sh run|test
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}
# Python could not print Chinese under a locale of Western Europe.
export LC_ALL=C.UTF-8

die() {
    printf '%s\n' "$@" >&2
    exit 1
}

# Without a terminal nobody can answer sudo's question: better to fail than to wait.
sudo=(sudo)
[ -t 0 ] || sudo=(sudo -n)
[ "$(id -u)" != 0 ] || sudo=()

can_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || command -v sudo >/dev/null; }
}

apt_install() {
    "${sudo[@]}" true || die "安装系统软件包需要管理员权限。请由管理员运行：apt-get install -y $*，然后重新运行。"
    printf '正在安装系统软件包：%s\n' "$*"
    local install=("${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0
        -o DPkg::Lock::Timeout=120 --no-install-recommends install "$@")
    if ! "${install[@]}" </dev/null >/dev/null 2>&1; then
        # The package lists may be missing or old: only then are they fetched.
        "${sudo[@]}" apt-get -qq update </dev/null >/dev/null || die "无法更新软件包列表，请检查网络和 apt 的软件源。"
        "${install[@]}" </dev/null >/dev/null || die "无法安装系统软件包，请运行 apt-get install $* 查看原因。"
    fi
}

find_python() {
    local name
    for name in python3.11 python3 python3.12 python3.13 python3.14; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    return 1
}

if ! python=$(find_python); then
    can_install || die "需要 Python 3.11 或更高版本，但没有找到。请安装后重新运行。"
    apt_install python3 python3-venv
    python=$(find_python) || die "需要 Python 3.11 或更高版本，本机软件源提供的版本过低（$(python3 --version 2>&1)）。"
fi

missing=$("$python" scripts/missing_packages.py "$purpose" | tr '\n' ' ')
if [ -n "${missing// /}" ]; then
    can_install || die "缺少系统软件包：$missing" \
        "Debian / Ubuntu 请由管理员运行：apt-get install -y $missing" \
        "$("$python" scripts/missing_packages.py --advice "$purpose")"
    # shellcheck disable=SC2086 # one word a package
    apt_install $missing
fi

# One that was left half made has no pip, which comes last; one whose Python was upgraded does not find it.
if ! .venv/bin/python -c 'import pip' 2>/dev/null; then
    rm -rf .venv
    "$python" -m venv .venv
fi

# install_requirements FILE: once for each content of the file
install_requirements() {
    local stamp=".venv/$1.sha256" now
    now=$(sha256sum "$1")
    if [ "$now" != "$(cat "$stamp" 2>/dev/null)" ]; then
        printf '正在安装 Python 依赖（%s）……\n' "$1"
        .venv/bin/python -m pip install --disable-pip-version-check --no-input --quiet --require-hashes -r "$1" \
            </dev/null || die "无法安装 Python 依赖，请检查网络后重新运行。"
        printf '%s\n' "$now" >"$stamp"
    fi
}

install_requirements requirements.txt
if [ "$purpose" = test ]; then
    install_requirements requirements-dev.txt
fi
