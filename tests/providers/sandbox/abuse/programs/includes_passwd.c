// The compiler's complaint shows what it was told to read.
// ends: compile_error
#include "/etc/passwd"
#include "/etc/shadow"
#include "@SECRET@"
int main(void) { return 0; }
