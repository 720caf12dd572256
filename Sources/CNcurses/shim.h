// ncurses for Swift: its header with wide characters, and functions for what Swift cannot import (function-like macros, globals).
#ifndef KADSCOPE_NCURSES_SHIM_H
#define KADSCOPE_NCURSES_SHIM_H

// Without this the header offers the narrow functions only, and no cchar_t.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <errno.h>
#include <langinfo.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <sys/select.h>
#include <time.h>
#include <wchar.h>

// Not in the narrow view of <wchar.h> that Swift's C library module is built with.
extern int wcwidth(wchar_t character);

// Terminfo, without <term.h>, which defines macros such as `lines` and `columns`.
extern int setupterm(const char *type, int descriptor, int *result);
extern char *tigetstr(const char *name);
extern int tigetnum(const char *name);

static inline attr_t nc_bold(void) { return WA_BOLD; }
static inline attr_t nc_dim(void) { return WA_DIM; }
static inline attr_t nc_italic(void) { return WA_ITALIC; }
static inline attr_t nc_underline(void) { return WA_UNDERLINE; }
static inline attr_t nc_reverse(void) { return WA_REVERSE; }

static inline WINDOW *nc_standard_screen(void) { return stdscr; }
static inline WINDOW *nc_current_screen(void) { return curscr; }
static inline int nc_color_pairs(void) { return COLOR_PAIRS; }
static inline FILE *nc_stdin(void) { return stdin; }
static inline FILE *nc_stdout(void) { return stdout; }
static inline int nc_function_key(int number) { return KEY_F(number); }

// A pair above 32767 travels in `opts`; the short is then ignored.
static inline int nc_set_cell(cchar_t *cell, wchar_t character, attr_t attributes, int pair) {
    const wchar_t text[2] = {character, 0};
    return setcchar(cell, text, attributes, (short)(pair > 32767 ? 32767 : pair), &pair);
}

static inline int nc_get_cell(const cchar_t *cell, wchar_t *character, attr_t *attributes, int *pair) {
    wchar_t text[CCHARW_MAX + 1] = {0};
    short narrow = 0;
    int result = getcchar(cell, text, attributes, &narrow, pair);
    *character = text[0];
    return result;
}

static inline const char *nc_codeset(void) { return nl_langinfo(CODESET); }

// Waits until one of three descriptors can be read: bit 0 for the first, bit 1 for the second, bit 2 for the third, which may be -1; 0
// when the time is up, -1 for an error or a signal (errno). Signals are as `mask` says while it waits, and only then: none is lost between a look at them and the waiting.
// A negative number of nanoseconds waits for ever.
static inline int nc_wait(int first, int second, int third, long long nanoseconds, const sigset_t *mask) {
    if (first < 0 || second < 0 || first >= FD_SETSIZE || second >= FD_SETSIZE || third >= FD_SETSIZE) {
        errno = EBADF;
        return -1;
    }
    fd_set readable;
    FD_ZERO(&readable);
    FD_SET(first, &readable);
    FD_SET(second, &readable);
    if (third >= 0) FD_SET(third, &readable);
    struct timespec limit = {(time_t)(nanoseconds / 1000000000), (long)(nanoseconds % 1000000000)};
    int highest = first > second ? first : second;
    if (third > highest) highest = third;
    int count = pselect(highest + 1, &readable, NULL, NULL, nanoseconds < 0 ? NULL : &limit, mask);
    if (count <= 0) return count;
    int woken = third >= 0 && FD_ISSET(third, &readable);
    return (FD_ISSET(first, &readable) ? 1 : 0) | (FD_ISSET(second, &readable) ? 2 : 0) | (woken ? 4 : 0);
}

#endif
