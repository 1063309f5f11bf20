"""Submissions that let the grader's own process, or everybody else's, pay for them."""

from __future__ import annotations

import inspect

from workflows.attacks import costly_values
from workflows.attacks.notebook import ALL, BACKWARD, FORWARD, Attack, submission

# Sends a costly value in the place of every answer.
SENDING = """
import autograder.inside.framing as framing
packed = framing.pack
def pack(message, blob=b""):
    if "values" not in message: return packed(message, blob)
    value, content = COSTLY_VALUES[{name!r}][0]()
    values, after = {{"dict": [["a1", value]]}}, {{"dict": []}}
    return packed({{"fault": "", "message": "", "values": values, "after": after}}, content)
framing.pack = pack
"""
FORGED_EVENTS = """
import os
from autograder.inside import framing
frame = framing.pack({'step': 0, 'event': 'end', 'status': 'ok'}, bytes(15 * 2**20))
pipes = [int(fd) for fd in os.listdir('/proc/self/fd') if os.path.exists(f'/proc/self/fd/{fd}')]
pipe = max(fd for fd in pipes if 'pipe' in os.readlink(f'/proc/self/fd/{fd}'))
for _ in range(60):
    view = memoryview(frame)
    while view: view = view[os.write(pipe, view):]
"""
# A scheduler that shares the processors out by session gives each of them as much as a neighbour.
MANY_SESSIONS = """
import os
for _ in range(60):
    if os.fork() == 0:
        os.setsid()
        while True: pass
while True: pass
"""
WORDY = "for n in range(200): print('x' * 10**5); display('y' * 10**5)"

COSTLY: tuple[Attack, ...] = (
    *(
        submission(
            name,
            own=inspect.getsource(costly_values) + SENDING.format(name=name),
            forward=FORWARD,
            backward=BACKWARD,
        )
        for name in costly_values.COSTLY_VALUES
    ),
    submission(
        "events that are forged", own=FORGED_EVENTS, forward=FORWARD, backward=BACKWARD, earns=ALL
    ),
    submission(
        "spins in many sessions", own=MANY_SESSIONS, forward=FORWARD, backward=BACKWARD, earns=ALL
    ),
    submission("shows too much", own=WORDY, forward=FORWARD, backward=BACKWARD, earns=ALL),
)
