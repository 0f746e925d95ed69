# Takes back what holds it in: limits, priority, who dies first, the share of the whole server.
# ends: ok
import os
import resource

held = {resource.RLIMIT_NPROC, resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_CORE}
for limit in held:
    for most in (-1, 1 << 40):
        try:
            resource.setrlimit(limit, (most, most))
            print("BREACH: limit", limit)
        except (OSError, ValueError):
            pass
for level in (-20, -1, 0, 5):
    try:
        os.setpriority(os.PRIO_PROCESS, 0, level)
        print("BREACH: priority", level)
    except OSError:
        pass
for policy in (os.SCHED_OTHER, os.SCHED_BATCH, os.SCHED_RR, os.SCHED_FIFO):
    try:
        os.sched_setscheduler(0, policy, os.sched_param(1 if policy in (1, 2) else 0))
        print("BREACH: policy", policy)
    except OSError:
        pass
for name, value in {"autogroup": "19", "oom_score_adj": "0", "oom_adj": "0", "uid_map": "0 0 1", "setgroups": "allow", "timerslack_ns": "1"}.items():
    try:
        with open(f"/proc/self/{name}", "w") as file:
            file.write(value)
        print("BREACH:", name)
    except OSError:
        pass
