// Calls out by all that Node has.
// ends: ok runtime_error
const net = require("net"), dgram = require("dgram"), dns = require("dns");
for (const options of [{ port: @PORT@, host: "127.0.0.1" }, { port: @PORT@, host: "::1" }, { path: "@SOCKET@" }, { path: "\0@ABSTRACT@" }])
  try { net.connect(options, () => console.log("BREACH", options)).on("error", (error) => console.log(error.code)); } catch (error) { console.log(error.code); }
try { dgram.createSocket("udp4").on("error", () => {}).send("x", @PORT@, "127.0.0.1", () => {}); } catch (error) { console.log(error.code); }
fetch("http://127.0.0.1:@PORT@/").then(() => console.log("BREACH"), (error) => console.log(error.message));
dns.lookup("example.com", (error) => console.log(error ? error.code : "BREACH"));
