// The assembler repeats itself until the disk is full.
// ends: compile_error
__asm__(".rept 100000\n.fill 1000000, 1, 1\n.endr\n");
int main(void) { return 0; }
