// PostgreSQL's C library as it is, for the loops that the library is held against.

#ifndef DEPLOYSTACK_RAW_LIBPQ_SHIM_H
#define DEPLOYSTACK_RAW_LIBPQ_SHIM_H

#if defined(__has_include) && !__has_include(<libpq-fe.h>) && __has_include(<postgresql/libpq-fe.h>)
#include <postgresql/libpq-fe.h>
#else
#include <libpq-fe.h>
#endif

#endif
