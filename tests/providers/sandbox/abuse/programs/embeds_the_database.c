// The assembler puts the database into the program.
// ends: compile_error
#include <stdio.h>
__asm__("held: .incbin \"@DATABASE@\"\n.byte 0\n");
extern char held[];
int main(void) { puts(held); return 0; }
