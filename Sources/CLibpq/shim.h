// The one door to PostgreSQL's C library. Only the target PostgresDriver imports it.

#ifndef DEPLOYSTACK_CLIBPQ_SHIM_H
#define DEPLOYSTACK_CLIBPQ_SHIM_H

#if defined(__has_include)
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#elif __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#error "PostgreSQL's client headers (libpq-fe.h) are missing. Install them: 'sudo apt-get install -y libpq-dev' (Debian, Ubuntu), 'sudo dnf install -y libpq-devel' (Fedora), 'brew install libpq' (macOS)."
#endif
#else
#include <libpq-fe.h>
#endif

#ifndef LIBPQ_HAS_PIPELINING
#error "This libpq is older than version 14 and has no pipeline mode. Install a newer one: 'sudo apt-get install -y libpq-dev' (Debian, Ubuntu), 'brew install libpq' (macOS)."
#endif

#ifdef __linux__
#include <sys/prctl.h>

// Names the calling thread for debuggers and `top -H`. Swift cannot call prctl itself, because it is variadic.
static inline void deploystack_name_thread(const char *name) { prctl(PR_SET_NAME, name, 0, 0, 0); }
#endif

#endif
