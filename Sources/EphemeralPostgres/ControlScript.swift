/// The shell script that lies in every cluster's folder, and that watches and stops the cluster.
///
/// It is a script because it has to outlive the process that starts the cluster, and because `scripts/` can call it without a build. Stopping
/// is written only here. It needs a POSIX shell and `flock` or `perl`, one of which every supported system has.
struct ControlScript: Sendable {
    let folder: ClusterFolder
    /// The directory of the server's programs.
    let binaries: String
    /// The port in the name of the server's socket.
    let port: Int
    /// How long the watchdog lets a cluster run that nobody uses, in seconds.
    let idleSeconds: Int

    /// How often the watchdog looks, in seconds. A cluster that is to end with its user is looked at more often.
    private var interval: Int { idleSeconds == 0 ? 1 : 2 }

    /// The exit code of `stop` when somebody else still uses the cluster.
    static let inUse: Int32 = 3

    /// The whole script.
    var text: String {
        """
        #!/bin/sh
        # Watches and stops the throw-away PostgreSQL cluster in this folder. It was written by the program that made the cluster.
        #   sh control watch GROUP      stop the cluster when nobody has used it for a while, then end
        #   sh control stop [--force]   stop it now and remove every file; exit code 3: somebody still uses it (--force stops nevertheless)
        #   sh control clear            end what is left of a server that died, and remove its data
        #   sh control alive            succeed when the server's process is there
        set -u
        home=\(quoted(folder.home))
        lock=\(quoted(folder.lock))
        bin=\(quoted(binaries))
        port=\(port)
        idle=\(idleSeconds)
        interval=\(interval)
        \(Self.body)
        """
    }

    private func quoted(_ text: String) -> String { "'\(text.replacing("'", with: #"'\''"#))'" }

    /// What the text of the script depends on besides the folder; a change here must not meet a cluster of the old kind.
    static let fingerprint = EphemeralPostgres.fingerprint(of: [body])

    private static let body = #"""

        # Locks an open descriptor if nobody else has, and does not wait.
        locked() {
            if command -v flock >/dev/null 2>&1; then
                flock -n "$1"
            else
                perl -e 'use Fcntl ":flock"; open(my $f, "<&=", $ARGV[0]) or exit 2; exit(flock($f, LOCK_EX | LOCK_NB) ? 0 : 1)' "$1"
            fi
        }

        # Whether no process has the file locked.
        is_free() {
            [ ! -e "$1" ] || (exec 8<"$1" && locked 8)
        }

        # Waits until a command fails, $1 tenths of a second at most; succeeds when it failed.
        until_not() {
            tenths=$1
            shift
            while "$@" >/dev/null 2>&1; do
                tenths=$((tenths - 1))
                [ "$tenths" -gt 0 ] || return 1
                sleep 0.1
            done
        }

        # Prints the process number of the live server of this folder. A number in an old file may belong to somebody else by now, or to a
        # dead process that nobody has collected: the command line tells.
        server() {
            pid=$(head -n 1 "$home/data/postmaster.pid" 2>/dev/null)
            case $pid in '' | *[!0-9]*) return 1 ;; esac
            if [ -d /proc/self ]; then
                arguments=$(tr '\0' ' ' 2>/dev/null <"/proc/$pid/cmdline")
            else
                arguments=$(ps -o args= -p "$pid" 2>/dev/null)
            fi
            case $arguments in *"$home/data"*) echo "$pid" ;; *) return 1 ;; esac
        }

        # Ends the server: fast first, then at once, then by force.
        stop_server() {
            segment=$(sed -n '7s/.* //p' "$home/data/postmaster.pid" 2>/dev/null)
            for signal in INT QUIT KILL; do
                pid=$(server) || break
                kill -s "$signal" "$pid" 2>/dev/null
                until_not 100 server && break
            done
            server >/dev/null && return 1
            # A server that was killed leaves its shared memory segment, and systems with few of them run out.
            if [ -e "$home/data/postmaster.pid" ] && [ -n "$segment" ]; then ipcrm -m "$segment" 2>/dev/null; fi
            return 0
        }

        # Ends the watchdog and its sleep. As long as one of them lives, it has the file locked, so the number is not anybody else's.
        stop_watchdog() {
            is_free "$home/watchdog" && return 0
            until_not 100 [ ! -s "$home/watchdog" ]
            group=$(cat "$home/watchdog")
            case $group in '' | *[!0-9]*) return 0 ;; esac
            kill -s TERM -- "-$group" 2>/dev/null
            until_not 100 eval '! is_free "$home/watchdog"'
        }

        remove_files() {
            rm -rf "$home" 2>/dev/null || { sleep 0.5; rm -rf "$home"; }
        }

        # Whether somebody is connected, such as a person who looks at the database of a failed test.
        has_sessions() {
            [ -x "$bin/psql" ] || return 1
            count=$("$bin/psql" -X -h "$home/s" -p "$port" -U postgres -d postgres -Atc \
                "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()" 2>/dev/null)
            [ "${count:-0}" -gt 0 ]
        }

        # $1: who stops; $2: --force, or nothing.
        stop_cluster() {
            [ -d "$home" ] || return 0
            exec 9>>"$lock"
            until_not 600 eval '! locked 9' || return 4
            # The lock file may be a newer one than ours when somebody was quicker; then there is nothing left to stop.
            stamp="$1 $$ $(date +%s)"
            echo "$stamp" >&9
            if [ "$(tail -n 1 "$lock" 2>/dev/null)" != "$stamp" ]; then exec 9>&-; return 0; fi
            # Whoever looks holds the lease for that moment, so one that is taken is looked at for a second.
            if [ "${2:-}" != --force ] && ! until_not 10 eval '! is_free "$home/lease"'; then exec 9>&-; return 3; fi
            if ! stop_server; then exec 9>&-; return 5; fi
            [ "$1" = watchdog ] || stop_watchdog
            remove_files
            rm -f "$lock"
            exec 9>&-
            rmdir "$(dirname "$home")" 2>/dev/null
            [ ! -e "$home" ]
        }

        watch() {
            exec 7>>"$home/watchdog"
            locked 7 || exit 0
            echo "$1" >"$home/watchdog"
            unused=0
            while sleep "$interval"; do
                if [ ! -d "$home/data" ] && [ ! -e "$home/lease" ]; then exit 0; fi
                if ! is_free "$home/lease"; then
                    unused=0
                    continue
                fi
                unused=$((unused + interval))
                limit=$idle
                [ ! -e "$home/stop-when-free" ] || limit=0
                [ "$unused" -ge "$limit" ] || continue
                if [ "$limit" -gt 0 ] && has_sessions; then
                    unused=0
                    continue
                fi
                if stop_cluster watchdog; then exit 0; fi
            done
        }

        case ${1:-} in
        watch) watch "$2" ;;
        stop) stop_cluster stop "${2:-}" ;;
        alive) server >/dev/null ;;
        clear) stop_server && rm -rf "$home/data" "$home/s" ;;
        *) echo "usage: control stop [--force]" >&2; exit 64 ;;
        esac
        """#
}
