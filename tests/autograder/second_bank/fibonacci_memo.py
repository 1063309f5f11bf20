# ruff: noqa: E501
"""Second bank for fibonacci.memo: fibonacci_memo(n, first, second) -> {"value": number n}."""

import numpy as np


# ---- wrong ----
def wrong_plain_recursion(n, first, second):
    """Right numbers, but no memory at all: value is right, the number of additions grows as 1.6^n."""

    def number(i):
        if i == 0:
            return first
        if i == 1:
            return second
        return number(i - 1) + number(i - 2)

    return {"value": number(n)}


def wrong_memo_of_one_branch_only(n, first, second):
    """I look into the memory only after both calls, so nothing is saved: too many additions."""
    known = {0: first, 1: second}

    def number(i):
        if i < 2:
            return known[i]
        total = number(i - 1) + number(i - 2)
        if i not in known:
            known[i] = total
        return known[i]

    return {"value": number(n)}


def wrong_fresh_memory_each_call(n, first, second, memory=None):
    """I make a new memory in every call, so it never remembers: too many additions, right value."""
    memory = {}
    if n in memory:
        return {"value": memory[n]}
    if n == 0:
        return {"value": first}
    if n == 1:
        return {"value": second}
    memory[n] = (
        wrong_fresh_memory_each_call(n - 1, first, second, memory)["value"]
        + wrong_fresh_memory_each_call(n - 2, first, second, memory)["value"]
    )
    return {"value": memory[n]}


def wrong_one_step_too_far(n, first, second):
    """I thought n counts additions: value is number n + 1."""
    a, b = first, second
    for _ in range(n):
        a, b = b, a + b
    return {"value": b}


def wrong_one_step_too_short(n, first, second):
    """range(2, n) stops before n: value is number n - 1 for n of 2 and more; n = 0 and 1 are right."""
    numbers = [first, second]
    for i in range(2, n):
        numbers.append(numbers[i - 1] + numbers[i - 2])
    return {"value": numbers[n] if n < 2 else numbers[-1]}


def wrong_n_zero_gives_second(n, first, second):
    """I forgot the case n = 0: numbers[-1] is `second` there; all n of 1 and more are right."""
    numbers = [first, second]
    for _ in range(n - 1):
        numbers.append(numbers[-1] + numbers[-2])
    return {"value": numbers[-1]}


def wrong_overwritten_before_use(n, first, second):
    """a is overwritten before b uses it: the sequence doubles instead of adding the two before."""
    if n == 0:
        return {"value": first}
    a, b = first, second
    for _ in range(n - 1):
        a = b
        b = a + b
    return {"value": b}


def wrong_starts_ignored(n, first, second):
    """I took the usual 0 and 1 as start values instead of the given ones."""
    a, b = 0.0, 1.0
    for _ in range(n):
        a, b = b, a + b
    return {"value": a}


def wrong_starts_swapped(n, first, second):
    """I mixed the two start values up: number 0 is `second` and number 1 is `first`."""
    numbers = [second, first]
    while len(numbers) <= n:
        numbers.append(numbers[-1] + numbers[-2])
    return {"value": numbers[n]}


_memory = {}


def wrong_global_memory(n, first, second):
    """My memory lives outside the function: right at the first call, stale for other start values."""

    def number(i):
        if i not in _memory:
            if i == 0:
                _memory[i] = first
            elif i == 1:
                _memory[i] = second
            else:
                _memory[i] = number(i - 1) + number(i - 2)
        return _memory[i]

    return {"value": number(n)}


def wrong_whole_numbers_only(n, first, second):
    """I keep the numbers in an array of whole numbers: fractions of the start values are cut off."""
    numbers = np.zeros(max(n + 1, 2), dtype=int)
    numbers[0], numbers[1] = first, second
    for i in range(2, n + 1):
        numbers[i] = numbers[i - 1] + numbers[i - 2]
    return {"value": float(numbers[n])}


def wrong_sum_of_all_before(n, first, second):
    """I add all numbers before instead of the two before: right up to n = 2, then wrong."""
    numbers = [first, second]
    for _ in range(2, n + 1):
        total = numbers[0]
        for one in numbers[1:]:
            total = total + one
        numbers.append(total)
    return {"value": numbers[n]}


def wrong_running_total_twice(n, first, second):
    """Right value, and I compute every number twice 'to be safe': about twice the additions."""
    if n < 2:
        return {"value": (first, second)[n]}
    a, b = first, second
    for _ in range(n - 1):
        check = a + b
        a, b = b, a + b
        assert repr(check) is not None
    return {"value": b}


# ---- right ----
def right_list(n, first, second):
    """A list that grows by one number a turn; n - 1 additions."""
    numbers = [first, second]
    for i in range(2, n + 1):
        numbers.append(numbers[i - 2] + numbers[i - 1])
    return {"value": numbers[n]}


def right_two_variables(n, first, second):
    """Only two numbers kept; stops early so that no addition is wasted."""
    if n == 0:
        return {"value": first}
    before, here = first, second
    for _ in range(n - 1):
        before, here = here, before + here
    return {"value": here}


def right_dict_recursion(n, first, second):
    """Recursion with a dict of what is known; looks before it computes."""
    known = {0: first, 1: second}

    def number(i):
        if i not in known:
            known[i] = number(i - 1) + number(i - 2)
        return known[i]

    return {"value": number(n)}


def right_dict_loop(n, first, second):
    """A dict filled from below."""
    known = {0: first, 1: second}
    for i in range(2, n + 1):
        known[i] = known[i - 1] + known[i - 2]
    return {"value": known[n]}


def right_early_return(n, first, second):
    """Cases first, then a while loop counting down; adds in the other order (later + earlier)."""
    if n < 2:
        return {"value": [first, second][n]}
    earlier, later = first, second
    while n > 1:
        earlier, later = later, later + earlier
        n = n - 1
    return {"value": later}


# ---- neither: the text decides ----
def borderline_simultaneous(n, first, second):
    """The commonest loop: n additions for number n, one more than needed (n = 0: none)."""
    a, b = first, second
    for _ in range(n):
        a, b = b, a + b
    return {"value": a}
