// Asks by the gate of 32-bit programs, whose numbers mean something else (11 there is execve, 26 ptrace).
// ends: runtime_error ok
#include <stdio.h>
int main(void) {
#ifdef __x86_64__
    static const int numbers[] = {26, 21, 310, 346, 120, 359};
    for (unsigned i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        long result;
        __asm__ volatile("int $0x80" : "=a"(result) : "a"(numbers[i]), "b"(2L), "c"(1L), "d"(0L) : "memory");
        if (result >= 0) printf("BREACH %d %ld\n", numbers[i], result);
        fflush(stdout);
    }
#endif
    return 0;
}
