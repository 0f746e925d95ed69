// The compiler reads its own environment, and that of the runner.
// ends: compile_error
#include "/proc/self/environ"
#include "/proc/1/environ"
int main(void) { return 0; }
