// Counts what a process allocates, all threads together.

#ifndef DEPLOYSTACK_ALLOCATION_COUNTER_H
#define DEPLOYSTACK_ALLOCATION_COUNTER_H

#include <stdbool.h>

/// Whether allocations can be counted here: with glibc only.
bool allocation_counter_is_available(void);

/// Begins to count at zero.
void allocation_counter_start(void);

/// Ends counting; how many allocations there were.
long allocation_counter_stop(void);

#endif
