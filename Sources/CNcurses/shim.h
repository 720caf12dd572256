// ncurses for Swift: its header with wide characters, and functions for what Swift cannot import (function-like macros, globals).
#ifndef KADSCOPE_NCURSES_SHIM_H
#define KADSCOPE_NCURSES_SHIM_H

// Without this the header offers the narrow functions only, and no cchar_t.
#define NCURSES_WIDECHAR 1
#define _XOPEN_SOURCE_EXTENDED 1
#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <wchar.h>

// Not in the narrow view of <wchar.h> that Swift's C library module is built with.
extern int wcwidth(wchar_t character);

// Terminfo, without <term.h>, which defines macros such as `lines` and `columns`.
extern char *tigetstr(const char *name);

static inline attr_t nc_bold(void) { return WA_BOLD; }
static inline attr_t nc_dim(void) { return WA_DIM; }
static inline attr_t nc_italic(void) { return WA_ITALIC; }
static inline attr_t nc_underline(void) { return WA_UNDERLINE; }
static inline attr_t nc_reverse(void) { return WA_REVERSE; }

static inline WINDOW *nc_standard_screen(void) { return stdscr; }
static inline WINDOW *nc_current_screen(void) { return curscr; }
static inline int nc_colors(void) { return COLORS; }
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

static inline int nc_window_size(int descriptor, int *columns, int *rows) {
    struct winsize size = {0};
    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0) return -1;
    *columns = size.ws_col;
    *rows = size.ws_row;
    return 0;
}

#endif
