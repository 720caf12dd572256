// Turns signals into bytes of a pipe, which the main loop reads when it suits it: a handler may do next to nothing.
#ifndef KADSCOPE_TERMINAL_SIGNALS_H
#define KADSCOPE_TERMINAL_SIGNALS_H

#include <stddef.h>

/// The longest sequence of suspend bytes.
#define TERMINAL_SIGNALS_CAPACITY 64

/// Remembers what INT, TERM, HUP, USR1, TSTP and CONT do now. To be called before ncurses installs handlers of its own.
void terminal_signals_remember(void);

/// From now on INT, TERM, HUP, USR1 and CONT each write their number, one byte, to `pipe`; those that were ignored stay ignored.
///
/// TSTP stays with ncurses, but before its handler `suspendBytes` are written to `terminal`. Returns 0, or -1 for too many bytes.
int terminal_signals_install(int pipe, int terminal, const char *suspendBytes, size_t length);

/// Makes the six signals do what was remembered.
void terminal_signals_restore(void);

#endif
