// vfork and clones that share all, each of which begins again.
// ends: time_limit memory_limit runtime_error
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
    for (;;) {
        if (syscall(SYS_vfork) == 0) _exit(0);
        if (syscall(SYS_clone, CLONE_PARENT | SIGCHLD, 0, 0, 0, 0) == 0) for (;;) fork();
    }
}
