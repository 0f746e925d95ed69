// Reaches under Node: its bindings, a library of its own, the process above it.
// ends: ok
const fs = require("fs");
const attempts = [
  () => process.binding("fs").internalModuleReadJSON("/etc/passwd"),
  () => process.binding("spawn_sync"),
  () => { fs.writeFileSync("x.node", "no library"); process.dlopen({ exports: {} }, "/tmp/work/x.node"); },
  () => process.kill(process.ppid, "SIGKILL"),
  () => process.setuid(0),
  () => fs.readFileSync("/proc/1/environ", "utf8"),
  () => console.log(JSON.stringify([process.env, process.argv, process.execArgv, process.config.variables.node_prefix])),
];
for (const attempt of attempts) try { attempt(); } catch (error) { console.log(error.code); }
if (process.getuid() === 0) console.log("BREACH");
