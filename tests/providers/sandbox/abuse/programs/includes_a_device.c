// A source without an end.
// ends: compile_error
#include "/dev/urandom"
#include "/dev/zero"
#include "/dev/stdin"
int main(void) { return 0; }
