# shellcheck shell=bash
# What scripts/demo and scripts/test share. Source it from the project's root; it runs with bash 3.2, which macOS has.
#
# Everything here speaks on standard error, so that the standard output of a command stays what the command prints.

set -euo pipefail

if [ -t 2 ] && [ -z "${NO_COLOR:-}" ]; then
    bold=$'\033[1m' red=$'\033[31m' green=$'\033[32m' dim=$'\033[2m' plain=$'\033[0m'
else
    bold='' red='' green='' dim='' plain=''
fi

say() { printf '%s\n' "$*" >&2; }
heading() { say "${bold}$*${plain}"; }

# Ends the script with a sentence on what is wrong and, after that, lines on what to do.
give_up() {
    say "${red}✗${plain} $1"
    shift
    for line in "$@"; do say "  $line"; done
    exit 1
}

# The time since some value of SECONDS, for people: 7 s, 3 min 12 s.
elapsed() {
    local seconds=$((SECONDS - $1))
    if [ "$seconds" -lt 60 ]; then printf '%s s' "$seconds"; else printf '%s min %02d s' $((seconds / 60)) $((seconds % 60)); fi
}

summary_lines=()

# step NAME COMMAND…  runs a command and says in one line how it ended and how long it took. A failure ends the script.
step() {
    local name=$1 begin=$SECONDS status=0
    shift
    say "${dim}·${plain} $name …"
    "$@" || status=$?
    if [ "$status" -eq 0 ]; then
        say "${green}✓${plain} $name ${dim}($(elapsed "$begin"))${plain}"
        summary_lines+=("✓ $name ($(elapsed "$begin"))")
        return 0
    fi
    say "${red}✗ $name failed${plain} ($(elapsed "$begin"))"
    summary_lines+=("✗ $name ($(elapsed "$begin"))")
    return "$status"
}

# Passes a build's output on. Of its progress lines, a terminal gets one that is overwritten, a log one every fifteen seconds. Everything
# goes to standard error.
show_progress() {
    local line last=$SECONDS drawn=0
    while IFS= read -r line; do
        case $line in
        \[[0-9]*/[0-9]*\]*)
            if [ -t 2 ]; then
                printf '\r\033[K  %.100s' "$line" >&2
                drawn=1
            elif [ $((SECONDS - last)) -ge 15 ]; then
                say "  $line"
                last=$SECONDS
            fi
            ;;
        *)
            if [ "$drawn" -eq 1 ]; then printf '\r\033[K' >&2; fi
            drawn=0
            say "  $line"
            ;;
        esac
    done
    if [ "$drawn" -eq 1 ]; then printf '\r\033[K' >&2; fi
}

# Builds with progress; the arguments are those of swift build.
build() {
    swift build "$@" </dev/null 2>&1 | show_progress
}

# Stops the warm cluster of this account, unless it is to stay or somebody else uses it.
stop_warm_cluster() {
    if [ "${keep_cluster:-no}" = yes ]; then
        ./scripts/lib/stop-cluster --is-there || return 0
        say "  The PostgreSQL server stays warm and stops itself after ten idle minutes (at once: ./scripts/lib/stop-cluster)."
        return 0
    fi
    ./scripts/lib/stop-cluster || [ $? -eq 3 ]
}
