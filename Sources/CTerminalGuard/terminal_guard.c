#include "terminal_guard.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const int guarded[] = {SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGSYS, SIGQUIT};
enum { guardedCount = sizeof guarded / sizeof guarded[0] };

static struct sigaction previous[guardedCount];
static struct termios savedMode;
static char bytes[TERMINAL_GUARD_CAPACITY];
static size_t byteCount;
static int terminal = -1;
static int kept = -1;
static int real = -1;
static volatile sig_atomic_t armed;
static int registered;

// From here on only functions that are safe in a signal handler.

static void writeAll(int descriptor, const char *text, size_t length) {
    size_t written = 0;
    while (written < length) {
        ssize_t count = write(descriptor, text + written, length - written);
        if (count <= 0) return;
        written += (size_t)count;
    }
}

static void handOutKeptError(void) {
    if (real < 0) return;
    dup2(real, STDERR_FILENO);
    char piece[1024];
    off_t offset = 0;
    ssize_t count;
    while ((count = pread(kept, piece, sizeof piece, offset)) > 0) {
        writeAll(real, piece, (size_t)count);
        offset += count;
    }
}

static void giveBack(void) {
    if (!armed) return;
    armed = 0;
    writeAll(terminal, bytes, byteCount);
    tcsetattr(terminal, TCSANOW, &savedMode);
    handOutKeptError();
}

static void crash(int number, siginfo_t *info, void *context) {
    giveBack();
    for (int index = 0; index < guardedCount; index++) {
        if (guarded[index] != number) continue;
        sigaction(number, &previous[index], NULL);
        if (previous[index].sa_flags & SA_SIGINFO) {
            previous[index].sa_sigaction(number, info, context);
        } else if (previous[index].sa_handler != SIG_DFL && previous[index].sa_handler != SIG_IGN) {
            previous[index].sa_handler(number);
        }
    }
    // A fault repeats itself once the handler returns, and then ends the process. A signal that was sent has to be sent again.
    if (number == SIGQUIT || info->si_code <= 0) {
        signal(number, SIG_DFL);
        raise(number);
    }
}

int terminal_guard_arm(
    int descriptor, const struct termios *mode, const char *resetBytes, size_t length, int keptError, int realError) {
    if (armed || length > sizeof bytes) return -1;
    memcpy(bytes, resetBytes, length);
    byteCount = length;
    savedMode = *mode;
    terminal = descriptor;
    kept = keptError;
    real = realError;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    action.sa_sigaction = crash;
    action.sa_flags = SA_SIGINFO | SA_ONSTACK | SA_NODEFER;
    sigemptyset(&action.sa_mask);
    if (!registered) registered = atexit(giveBack) == 0;
    armed = 1;
    for (int index = 0; index < guardedCount; index++) sigaction(guarded[index], &action, &previous[index]);
    return 0;
}

void terminal_guard_disarm(void) {
    if (!armed) return;
    armed = 0;
    for (int index = 0; index < guardedCount; index++) sigaction(guarded[index], &previous[index], NULL);
}
