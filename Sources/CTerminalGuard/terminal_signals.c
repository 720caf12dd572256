#include "terminal_signals.h"

#include <errno.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int handled[] = {SIGINT, SIGTERM, SIGHUP, SIGUSR1, SIGCONT, SIGTSTP};
enum { handledCount = sizeof handled / sizeof handled[0] };

static struct sigaction remembered[handledCount];
static struct sigaction suspension;
static int pipeEnd = -1;
static int terminalEnd = -1;
static char bytes[TERMINAL_SIGNALS_CAPACITY];
static size_t byteCount;
static volatile sig_atomic_t suspended;

// If the pipe is full, more than enough has been noted.
static void note(int number) {
    int saved = errno;
    unsigned char byte = (unsigned char)number;
    ssize_t written = write(pipeEnd, &byte, 1);
    (void)written;
    // Told to end while stopped: the terminal is given back already, and the shell that has it must not be disturbed.
    if (suspended && (number == SIGTERM || number == SIGHUP) && tcgetpgrp(terminalEnd) != getpgrp()) {
        signal(number, SIG_DFL);
        raise(number);
    }
    errno = saved;
}

static void suspend(int number) {
    int saved = errno;
    ssize_t written = write(terminalEnd, bytes, byteCount);
    (void)written;
    errno = saved;
    suspended = 1;
    suspension.sa_handler(number);
    suspended = 0;
}

void terminal_signals_remember(void) {
    for (int index = 0; index < handledCount; index++) sigaction(handled[index], NULL, &remembered[index]);
}

int terminal_signals_install(int pipe, int terminal, const char *suspendBytes, size_t length) {
    if (length > sizeof bytes) return -1;
    memcpy(bytes, suspendBytes, length);
    byteCount = length;
    pipeEnd = pipe;
    terminalEnd = terminal;
    for (int index = 0; index < handledCount; index++) {
        if (remembered[index].sa_handler == SIG_IGN) continue;
        struct sigaction action;
        memset(&action, 0, sizeof action);
        sigemptyset(&action.sa_mask);
        if (handled[index] == SIGTSTP) {
            sigaction(SIGTSTP, NULL, &suspension);
            if (suspension.sa_flags & SA_SIGINFO || suspension.sa_handler == SIG_DFL || suspension.sa_handler == SIG_IGN) continue;
            // The others may be noted while it is suspended.
            action.sa_flags = suspension.sa_flags;
            action.sa_handler = suspend;
        } else {
            action.sa_handler = note;
        }
        sigaction(handled[index], &action, NULL);
    }
    return 0;
}

void terminal_signals_restore(void) {
    for (int index = 0; index < handledCount; index++) sigaction(handled[index], &remembered[index], NULL);
}
