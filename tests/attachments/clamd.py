"""A peer that speaks the part of ClamAV's protocol that WIDA uses, with the moods a scanner has."""

import contextlib
import socket
import struct
import threading

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + b"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"

CLEAN, FOUND = b"stream: OK\0", b"stream: Eicar-Test-Signature FOUND\0"
SAYS = {
    "too_long": b"INSTREAM size limit exceeded. ERROR\0",
    "gibberish": b"stream: OKAY\0",
    "unfinished": b"stream: OK",
}


@contextlib.contextmanager
def clamd(path, *, mood: str = "works"):
    """Listens on `path`, and yields what it was sent. Moods: works, hangs, drips, hangs_up, and a key of `SAYS`."""
    seen: list[bytes] = []
    over = threading.Event()
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(path))
        listener.listen()

        def serve():
            while True:
                try:
                    visitor, _ = listener.accept()
                except OSError:
                    return
                threading.Thread(target=_talk, args=(visitor, mood, seen, over), daemon=True).start()

        threading.Thread(target=serve, daemon=True).start()
        try:
            yield seen
        finally:
            over.set()
            listener.shutdown(socket.SHUT_RDWR)


def _talk(visitor: socket.socket, mood: str, seen: list[bytes], over: threading.Event) -> None:
    with visitor, visitor.makefile("rb") as said, contextlib.suppress(OSError):
        if said.read(10) != b"zINSTREAM\0":
            visitor.sendall(b"UNKNOWN COMMAND\0")
            return
        if mood == "hangs_up":
            return
        data = b""
        while length := struct.unpack("!L", said.read(4))[0]:
            data += said.read(length)
        seen.append(data)
        if mood == "hangs":
            over.wait()
        elif mood == "drips":
            while not over.wait(0.05):
                visitor.sendall(b"s")
        else:
            visitor.sendall(SAYS.get(mood) or (FOUND if EICAR in data else CLEAN))
