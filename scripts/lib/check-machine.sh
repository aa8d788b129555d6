# shellcheck shell=bash
# Checks that this machine has what the project needs, and installs what is missing. Source it after common.sh.

# The oldest Swift that the manifest takes.
swift_major=6
swift_minor=2

# Where Homebrew keeps packages that it does not link, because macOS has something of the same name.
use_homebrew_libpq() {
    local prefix
    command -v brew >/dev/null 2>&1 || return 0
    prefix=$(brew --prefix libpq 2>/dev/null) || return 0
    export PKG_CONFIG_PATH="$prefix/lib/pkgconfig${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
}

check_swift() {
    local version major minor
    if ! command -v swift >/dev/null 2>&1; then
        give_up "There is no Swift toolchain in PATH." "Next: install Swift $swift_major.$swift_minor or newer, see https://www.swift.org/install"
    fi
    version=$(swift --version 2>/dev/null | sed -n 's/.*Swift version \([0-9][0-9.]*\).*/\1/p' | head -n 1)
    major=${version%%.*}
    minor=${version#*.}
    minor=${minor%%.*}
    if [ "${major:-0}" -lt "$swift_major" ] || { [ "$major" -eq "$swift_major" ] && [ "${minor:-0}" -lt "$swift_minor" ]; }; then
        give_up "Swift ${version:-of an unknown version} is too old; the package needs $swift_major.$swift_minor." \
            "Next: see https://www.swift.org/install"
    fi
    swift_version=$version
}

has_libpq() {
    command -v pkg-config >/dev/null 2>&1 && pkg-config --exists libpq && [ -e "$(pkg-config --variable=includedir libpq)/libpq-fe.h" ]
}

# Whether the server is there with the extensions that its contrib package brings.
has_server() {
    local bin share
    bin=$(./scripts/lib/postgres-binaries) || return 1
    [ -x "$bin/pg_config" ] || return 0
    share=$("$bin/pg_config" --sharedir 2>/dev/null) || return 0
    [ ! -d "$share/extension" ] || [ -e "$share/extension/pg_trgm.control" ]
}

has_pooler() {
    command -v pgbouncer >/dev/null 2>&1 || [ -x /usr/sbin/pgbouncer ]
}

# Whether PgBouncer is worth an installation. One step of the tests needs it and is left out without it, so nobody is asked for it alone.
wants_pooler() {
    if [ "${DEPLOYSTACK_REQUIRE_POSTGRES:-}" = 1 ]; then return 0; fi
    command -v apt-get >/dev/null 2>&1 || command -v brew >/dev/null 2>&1 || return 1
    [ "$(id -u)" -eq 0 ] || [ "${assume_yes:-no}" = yes ] || [ "${#missing[@]}" -gt 0 ]
}

# missing_packages WITH_SERVER WITH_POOLER: sets $missing to the names of the packages to install.
missing_packages() {
    missing=()
    local system
    system=$(uname -s)
    if [ "$1" = yes ] && [ -n "${DEPLOYSTACK_PG_BIN:-}" ] && ! ./scripts/lib/postgres-binaries >/dev/null; then
        give_up "DEPLOYSTACK_PG_BIN=$DEPLOYSTACK_PG_BIN is not a directory with initdb, pg_ctl and postgres." "Next: correct or unset it."
    fi
    command -v git >/dev/null 2>&1 || missing+=(git)
    if ! command -v pkg-config >/dev/null 2>&1; then
        if [ "$system" = Darwin ]; then missing+=(pkgconf); else missing+=(pkg-config); fi
    fi
    if ! has_libpq; then
        if [ "$system" = Darwin ]; then missing+=(libpq); else missing+=(libpq-dev); fi
    fi
    if [ "$1" = yes ] && ! has_server; then
        if [ "$system" = Darwin ]; then missing+=(postgresql@17); else missing+=(postgresql postgresql-contrib); fi
    fi
    if [ "$1" = yes ] && [ "${2:-no}" = yes ] && ! has_pooler && wants_pooler; then missing+=(pgbouncer); fi
}

# Installs $missing: as root and with --yes at once, else after a question that names the one line.
install_missing() {
    local line=(./scripts/lib/install-packages "${missing[@]}") answer
    if [ "$(uname -s)" != Darwin ]; then
        if ! command -v apt-get >/dev/null 2>&1; then
            give_up "Missing here: ${missing[*]} (Debian's names)." \
                "This system has no apt-get. Next: install them with its own package manager, then run the script again."
        fi
        if [ "$(id -u)" -ne 0 ]; then line=(sudo "${line[@]}"); fi
    elif ! command -v brew >/dev/null 2>&1; then
        give_up "Missing here: ${missing[*]}." "Next: install Homebrew (https://brew.sh), then run the script again."
    fi

    say "  Missing here: ${missing[*]}"
    if [ "$(id -u)" -ne 0 ] && [ "${assume_yes:-no}" != yes ]; then
        say "  This line installs it:"
        say "    ${line[*]}"
        if [ ! -t 0 ]; then give_up "Nobody is there to be asked." "Next: run the line above, or run the script with --yes."; fi
        printf '  Run it now? [y/N] ' >&2
        read -r answer
        case $answer in [yY]*) ;; *) give_up "Nothing was installed." ;; esac
    fi
    "${line[@]}" || give_up "The packages could not be installed: ${missing[*]}." "Next: see the messages above; the line was: ${line[*]}"
}

# check_machine WITH_SERVER [WITH_POOLER]: the whole check; "no" when no PostgreSQL server is going to be needed on this machine.
check_machine() {
    check_swift
    use_homebrew_libpq
    missing_packages "$1" "${2:-no}"
    if [ "${#missing[@]}" -gt 0 ]; then
        install_missing
        use_homebrew_libpq
        missing_packages "$1" "${2:-no}"
        if [ "${#missing[@]}" -gt 0 ]; then give_up "Still missing after the installation: ${missing[*]}."; fi
    fi
    if [ "$1" = yes ]; then
        say "  Swift $swift_version, libpq $(pkg-config --modversion libpq), PostgreSQL server in $(./scripts/lib/postgres-binaries)"
    else
        say "  Swift $swift_version, libpq $(pkg-config --modversion libpq), no server needed"
    fi
}
