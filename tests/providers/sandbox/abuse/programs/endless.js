// Never lets go, with promises and timers that never come.
// ends: time_limit memory_limit
process.on("SIGTERM", () => {});
(function again() { return Promise.resolve().then(again); })();
