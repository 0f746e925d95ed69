// Becomes root of a namespace of its own.
// ends: ok
#define _GNU_SOURCE
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <unistd.h>
int main(void) {
    struct { unsigned long long flags, rest[10]; } arguments = {CLONE_NEWUSER | CLONE_NEWNS, {0, 0, 0, SIGCHLD}};
    long child = syscall(SYS_clone3, &arguments, sizeof arguments);
    if (child == 0) { puts("BREACH"); return 0; }
    if (unshare(CLONE_NEWUSER | CLONE_NEWNS | CLONE_NEWNET) == 0 || mount("proc", "/tmp", "proc", 0, 0) == 0) puts("BREACH");
    if (chroot("/tmp") == 0) puts("BREACH");
    child = syscall(SYS_clone, CLONE_NEWUSER | SIGCHLD, 0, 0, 0, 0);
    if (child >= 0) puts("BREACH");
    return 0;
}
