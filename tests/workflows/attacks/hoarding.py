"""Code that tries to hold 4 GiB, by every way in which memory can be held."""

# ruff: noqa: E501 - a line of hostile code is easier to read whole.
from __future__ import annotations

WANTED = 4 * 2**30
_START = f"""
import ctypes, mmap, os, socket, sys, tempfile, time
WANTED, MIB, held = {WANTED}, 2**20, []
c = ctypes.CDLL(None, use_errno=True)
c.mmap.restype = ctypes.c_void_p
c.mmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long)
c.memset.argtypes = (ctypes.c_void_p, ctypes.c_int, ctypes.c_size_t)
c.munmap.argtypes = (ctypes.c_void_p, ctypes.c_size_t)
def failed(): raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))
"""
# Processes that each hold what the one before them filled and gave up.
_HANDED_ON = """
size, total = 512 * MIB, 0
while total < WANTED:
    place = c.mmap(None, size, 3, FLAGS, DESCRIPTOR, 0)
    if place in (None, 2**64 - 1): failed()
    c.memset(place, 1, size)
    if not os.fork():
        time.sleep(60); os._exit(0)
    c.munmap(place, size)
    total += size
time.sleep(30)
"""
_MANY = """
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
for _ in range(60):
    if not os.fork(): break
try:
    while True: FILL
except OSError: pass
time.sleep(30)
"""

# Way → code. What is not refused is stopped while it holds 30 s on to what it got.
HOARDING = {
    "ordinary memory": _START + "held = bytearray(WANTED)",
    "memory of many processes": _START + (
        "for _ in range(15):\n    if not os.fork(): held = b'x' * (300 * MIB); time.sleep(60); os._exit(0)\ntime.sleep(30)"
    ),
    "memory of processes with a false name": _START + (
        "c.prctl(15, b'\\x0cRssAnon: x', 0, 0, 0)\n"
        "for _ in range(15):\n    if not os.fork(): held = b'x' * (300 * MIB); time.sleep(60); os._exit(0)\ntime.sleep(30)"
    ),
    "terminals": _START + "while True: held += os.openpty()",
    "shared memory": _START + "held = mmap.mmap(-1, WANTED)",
    "shared memory handed on": _START + _HANDED_ON.replace("FLAGS", "0x21").replace("DESCRIPTOR", "-1"),
    "shared memory, asked for otherwise": _START + _HANDED_ON.replace("FLAGS", "0x23").replace("DESCRIPTOR", "-1"),
    "/dev/zero": _START + "zero = os.open('/dev/zero', os.O_RDWR)\n" + _HANDED_ON.replace("FLAGS", "1").replace("DESCRIPTOR", "zero"),
    "huge pages": _START + _HANDED_ON.replace("FLAGS", "0x40022").replace("DESCRIPTOR", "-1"),
    "memfd_create": _START + "held = os.memfd_create('x'); os.ftruncate(held, WANTED)",
    "memfd_secret": _START + "if c.syscall(447, 0) < 0: failed()",
    "shmget": _START + "if c.shmget(0, WANTED, 0o1600) < 0: failed()",
    "/dev/shm": _START + "held = open('/dev/shm/x', 'wb')\nfor _ in range(4096): held.write(bytes(MIB))",
    "files": _START + "for n in range(4096): open(f'{n}', 'wb').write(bytes(MIB))",
    "files that are mapped and gone": _START + (
        "for n in range(4096):\n    with tempfile.TemporaryFile(dir='.') as file:\n"
        "        file.truncate(MIB); held.append(mmap.mmap(file.fileno(), MIB)); held[-1].write(bytes(MIB))"
    ),
    "empty files": _START + "for n in range(10**7): os.close(os.open(f'{n}', os.O_CREAT, 0o600))",
    "pipes filled with pages": _START + (
        "class Piece(ctypes.Structure): _fields_ = [('place', ctypes.c_void_p), ('size', ctypes.c_size_t)]\n"
        "page = ctypes.create_string_buffer(4096); piece = Piece(ctypes.addressof(page), 4096)\n"
        "_, end = os.pipe()\nif c.vmsplice(end, ctypes.byref(piece), 1, 0) < 0: failed()"
    ),
    "sockets": _START + _MANY.replace("FILL", (
        "\n        one, other = socket.socketpair(); held += [one, other]\n        for s in (one, other):\n"
        "            s.setsockopt(1, 7, 2**30); s.setblocking(False)\n"
        "            try:\n                while True: s.send(bytes(100_000))\n            except BlockingIOError: pass"
    )),
    "connections": _START + _MANY.replace("FILL", (
        "\n        server = socket.create_server(('127.0.0.1', 0)); one = socket.create_connection(server.getsockname())\n"
        "        held += [one, server.accept()[0]]; server.close(); one.setblocking(False)\n"
        "        try:\n            while True: one.send(bytes(100_000))\n        except BlockingIOError: pass"
    )),
}  # fmt: skip
