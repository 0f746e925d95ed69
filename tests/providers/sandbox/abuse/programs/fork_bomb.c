// Forks for ever, with no runtime to slow it.
// ends: time_limit memory_limit
#include <unistd.h>
int main(void) { for (;;) fork(); }
