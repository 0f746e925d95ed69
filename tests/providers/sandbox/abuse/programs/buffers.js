// Takes memory outside Node's own heap.
// ends: memory_limit runtime_error
const held = [];
for (;;) held.push(Buffer.alloc(4_000_000, 1));
