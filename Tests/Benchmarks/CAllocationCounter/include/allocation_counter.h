#pragma once

/// The number of calls to malloc, calloc, realloc, posix_memalign and aligned_alloc since the start of the process.
unsigned long long allocation_count(void);
