// Threads that start threads.
// ends: time_limit memory_limit runtime_error
const { Worker } = require("worker_threads");
const code = 'const { Worker } = require("worker_threads"); for (;;) new Worker(__filename);';
for (let number = 0; number < 100; number++) new Worker(__filename);
for (;;);
