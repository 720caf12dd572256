// Gives the terminal back when the process crashes, or exits without having done so.
//
// A program that has the terminal in another mode and then traps leaves its user with a broken shell. Between arming and disarming, the
// signals of a crash (ILL, TRAP, ABRT, BUS, FPE, SEGV, SYS) and QUIT first write bytes to the terminal, restore its mode, hand out
// what was kept of standard error, and then go on to whoever handled them before, Swift's backtracer for one. A call of exit() does the
// same.
#ifndef KADSCOPE_TERMINAL_GUARD_H
#define KADSCOPE_TERMINAL_GUARD_H

#include <stddef.h>
#include <termios.h>

/// The longest sequence of reset bytes.
#define TERMINAL_GUARD_CAPACITY 512

/// Remembers `mode` and the bytes, and installs the handlers. To be called from one thread, once before each disarming.
///
/// `keptError` is a file that standard error goes to meanwhile and `realError` where it should go; -1 for both if nothing is kept.
/// Returns 0, or -1 if there are too many bytes or it is armed already.
int terminal_guard_arm(
    int descriptor, const struct termios *mode, const char *resetBytes, size_t length, int keptError, int realError);

/// Puts the previous handlers back. Without effect if it is not armed.
void terminal_guard_disarm(void);

#endif
