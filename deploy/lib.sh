# Shared by deploy/quickstart and tests/run: packages, the user to work as, steps with their time.
# shellcheck shell=bash

die() {
    echo "$*" >&2
    exit 1
}

as_root() {
    if [[ $EUID -eq 0 ]]; then
        "$@"
    elif command -v sudo >/dev/null; then
        sudo -n "$@" || die "This step needs root: '$*'. Run it as root or give this user sudo."
    else
        die "This step needs root: '$*'. Run it as root, or install sudo."
    fi
}

missing_packages() { # FILE...
    local name
    grep -hv '^#' "$@" | while read -r name; do
        [[ $(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null) == installed ]] || echo "$name"
    done
}

apt_install() {
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@"
}

# Installs what is missing. PostgreSQL's packages would make and start a cluster of their own; they are told not to.
install_packages() { # FILE...
    local missing
    mapfile -t missing < <(missing_packages "$@")
    [[ ${#missing[@]} -gt 0 ]] || return 0
    echo "Installing: ${missing[*]}"
    as_root apt-get update -q >/dev/null
    if [[ " ${missing[*]} " == *" postgresql "* && ! -e /etc/postgresql-common/createcluster.conf ]]; then
        as_root mkdir -p /etc/postgresql-common
        echo 'create_main_cluster = false' | as_root tee /etc/postgresql-common/createcluster.conf >/dev/null
    fi
    apt_install "${missing[@]}" >"${install_log:-/dev/null}" 2>&1 ||
        die "apt-get could not install: ${missing[*]}. See what 'apt-get install ${missing[*]}' says."
}

# The name of the unprivileged user that root hands the work to, made when missing: PostgreSQL refuses root.
work_user() {
    id hoivien-try >/dev/null 2>&1 ||
        useradd --system --create-home --home-dir /var/lib/hoivien-try --shell /bin/bash hoivien-try
    echo hoivien-try
}

# Copies the sources (what git tracks and what is new, not what it ignores) to a folder of the user's.
copy_sources() { # FROM TO USER
    rm -rf "$2"
    mkdir -p "$2"
    if git -c safe.directory="$1" -C "$1" rev-parse >/dev/null 2>&1; then
        (cd "$1" && git -c safe.directory="$1" ls-files -z --cached --others --exclude-standard |
            while IFS= read -r -d '' f; do [[ -e $f ]] && printf '%s\0' "$f"; done |
            tar -c --null -T - | tar -x -C "$2")
    else
        (cd "$1" && tar -c --exclude='./build*' . | tar -x -C "$2")
    fi
    chown -R "$3:" "$2"
}

step_started=0
step_name=
step() { # NAME: ends the step before, says how long it took
    step_end
    step_name=$1
    step_started=$(date +%s%N)
    printf '%s\n' "== $1"
}
step_end() {
    [[ -n $step_name ]] || return 0
    local ms=$((($(date +%s%N) - step_started) / 1000000))
    printf '   %d.%03d s\n' $((ms / 1000)) $((ms % 1000))
    step_times+=("$(printf '%8d.%03d s  %s' $((ms / 1000)) $((ms % 1000)) "$step_name")")
    step_name=
}
step_times=()
