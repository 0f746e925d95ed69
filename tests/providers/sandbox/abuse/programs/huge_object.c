// An object file of 4 GB.
// ends: compile_error
char held[1UL << 32] = {1};
int main(void) { return held[5]; }
