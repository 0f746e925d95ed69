// Starts others for ever.
// ends: time_limit memory_limit runtime_error ok; waits
const { spawn } = require("child_process");
for (let number = 0; number < 40; number++) spawn(process.execPath, [__filename], { detached: true, stdio: "ignore" }).on("error", () => {});
setInterval(() => {}, 1000);
