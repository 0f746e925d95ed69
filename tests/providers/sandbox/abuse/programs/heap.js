// Takes memory for ever.
// ends: memory_limit runtime_error
const held = [];
for (;;) held.push(new Array(100_000).fill(Math.random()));
