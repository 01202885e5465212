# Runs Synapse in this process, and ends it when whoever started it is gone.
#
# Arguments: the folder to remove if we are orphaned (or an empty string), then Synapse's configuration files. The starter
# holds the other end of our standard input and never writes to it; only its death closes it.
import os
import shutil
import signal
import sys
import threading
import time

GRACE_SECONDS = 8

doomed, configs = sys.argv[1], sys.argv[2:]
orphaned = threading.Event()


def clean_up():
    if doomed and orphaned.is_set():
        shutil.rmtree(doomed, ignore_errors=True)


def watch():
    while os.read(0, 4096):
        pass
    orphaned.set()
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    clean_up()
    os.kill(os.getpid(), signal.SIGKILL)


# Until Twisted's reactor runs and puts its own handler here, a SIGTERM would end us without the clean-up.
signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
threading.Thread(target=watch, daemon=True).start()
sys.argv = ["synapse"] + [part for config in configs for part in ("-c", config)]
try:
    from synapse.app.homeserver import main

    main()
finally:
    clean_up()
