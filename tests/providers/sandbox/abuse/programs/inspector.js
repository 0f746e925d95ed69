// Opens Node's inspector, for others to come in, and listens on the network.
// ends: ok runtime_error
const net = require("net");
try { require("inspector").open(9229, "0.0.0.0"); console.log(require("inspector").url() ? "BREACH" : ""); } catch (error) { console.log(error.code); }
try { net.createServer().on("error", (error) => console.log(error.code)).listen(8080, () => console.log("BREACH")); } catch (error) { console.log(error.code); }
process.exitCode = 0;
