// Reads, starts others, reaches the hidden parts of the runtime, connects.
// ends: ok
import java.nio.file.*;
public class Escape {
    interface Attempt { Object run() throws Exception; }
    static void attempt(Attempt attempt) {
        try { System.out.println("BREACH " + attempt.run()); } catch (Throwable refused) { System.out.println(refused.getClass()); }
    }
    public static void main(String[] args) {
        attempt(() -> Files.readString(Path.of("/etc/passwd")));
        attempt(() -> Files.readString(Path.of("@SECRET@")));
        attempt(() -> Files.readString(Path.of("/proc/1/environ")));
        attempt(() -> new ProcessBuilder("/bin/cat", "/etc/passwd").start());
        attempt(() -> new java.net.Socket("127.0.0.1", @PORT@));
        attempt(() -> { System.load("/tmp/work/none.so"); return 1; });
        System.exit(0);
    }
}
