// What libFuzzer offers to a program that has a main function of its own.
#pragma once

#include <stddef.h>
#include <stdint.h>

/// Feeds inputs to the callback until the command line's limits are reached. The callback returns 0.
int LLVMFuzzerRunDriver(int *argc, char ***argv, int (*callback)(const uint8_t *data, size_t size));
