// Leaves a context of its own, as if that were the wall.
// ends: ok
const vm = require("vm");
const outer = vm.runInNewContext("this.constructor.constructor('return process')()");
for (const name of ["/etc/passwd", "@SECRET@", "@DATABASE@", "/proc/1/environ"])
  try { console.log("BREACH", outer.mainModule.require("fs").readFileSync(name, "utf8")); } catch (error) { console.log(error.code); }
try { console.log("BREACH", require("child_process").execSync("cat @SECRET@ /etc/passwd", { stdio: "pipe" })); } catch (error) { console.log(error.code); }
