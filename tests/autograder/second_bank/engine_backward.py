# ruff: noqa: E501, B905, RUF012
"""Second bank for engine.backward: classes with a method backward(self), to be given to the check.

Each class is named wrong_<what> or right_<style>. `Record` is copied from the notebook.
"""


class Record:
    """A value and the record of how it was computed (as in the notebook)."""

    def __init__(self, value, parents=(), local=()):
        self.value = value
        self.parents = parents
        self.local = local
        self.grad = 0.0

    def as_node(self, other):
        return other if isinstance(other, Record) else type(self)(float(other))


def _order(result):
    """Topological order without recursion: each after all its parents."""
    order, done, waiting = [], set(), [(result, False)]
    while waiting:
        node, ready = waiting.pop()
        if ready:
            order.append(node)
        elif id(node) not in done:
            done.add(id(node))
            waiting.append((node, True))
            waiting += [(parent, False) for parent in node.parents]
    return order


# ---- wrong ----
class wrong_overwrites(Record):
    """`=` instead of `+=`: a node used twice keeps the last share only."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad = node.grad * local


class wrong_no_seed(Record):
    """All zeros at the start and no 1 anywhere: every grad is 0."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_no_zeros(Record):
    """Never set to zero at the start: the first call is right, a second call doubles."""

    def backward(self):
        order = _order(self)
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_only_inputs_zeroed(Record):
    """Only the inputs are set to zero again: inner nodes remember the call before."""

    def backward(self):
        order = _order(self)
        for node in order:
            if not node.parents:
                node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_first_visit_sends(Record):
    """Depth first, every node sends on at once when it is first met: later shares are not passed on."""

    def backward(self):
        for node in _order(self):
            node.grad = 0.0
        self.grad = 1.0
        seen = set()

        def walk(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local
            for parent in node.parents:
                walk(parent)

        walk(self)


class wrong_breadth_first(Record):
    """Level by level from the result, each node once: wrong where a long and a short way meet."""

    def backward(self):
        for node in _order(self):
            node.grad = 0.0
        self.grad = 1.0
        line, seen = [self], {id(self)}
        while line:
            node = line.pop(0)
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local
                if id(parent) not in seen:
                    seen.add(id(parent))
                    line.append(parent)


class wrong_every_path_full_grad(Record):
    """Recursion for each arrow, and each time sends the whole grad so far: counts shares again."""

    def backward(self):
        for node in _order(self):
            node.grad = 0.0
        self.grad = 1.0

        def walk(node):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local
                walk(parent)

        walk(self)


class wrong_forward_order(Record):
    """Through the list from its beginning: only the result's own parents receive anything."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_same_parent_once(Record):
    """Parents put into a dict, so a node that is both operands gets one share (the last)."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in dict(zip(node.parents, node.local)).items():
                parent.grad += node.grad * local


class wrong_upstream_forgotten(Record):
    """Adds the local derivative only: right one step below the result, wrong further down."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += local


class wrong_locals_reversed(Record):
    """The local derivatives go to the parents in the wrong order: a difference gets its sign mixed."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local[::-1]):
                parent.grad += node.grad * local


class wrong_sorted_by_value(Record):
    """I sort the nodes by their value, largest first, since results 'come out larger'."""

    def backward(self):
        order = sorted(_order(self), key=lambda node: node.value, reverse=True)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in order:
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_seen_by_value(Record):
    """Remembers visited nodes by value, so two different nodes with the same value count as one."""

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if node.value in seen:
                return
            seen.add(node.value)
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_only_two_levels(Record):
    """Handles the result and its parents only: nothing reaches nodes farther down."""

    def backward(self):
        for node in _order(self):
            node.grad = 0.0
        self.grad = 1.0
        for parent, local in zip(self.parents, self.local):
            parent.grad += local
        for node in dict.fromkeys(self.parents):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_integer_grads(Record):
    """Starts with int(): every share is cut to a whole number."""

    def backward(self):
        order = _order(self)
        for node in order:
            node.grad = 0
        self.grad = 1
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += int(node.grad * local)


class wrong_visited_flag_stays(Record):
    """Marks nodes with a flag that nobody takes away: a later call finds nothing to do. From the
    same node the old grads happen to be right; a later call from another node is wrong."""

    def backward(self):
        order = []

        def visit(node):
            if getattr(node, "visited", False):
                return
            node.visited = True
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class wrong_list_shared_by_all(Record):
    """The list of nodes is a class attribute: nodes of earlier calls from other results stay in it.

    Calling from an inner node after calling from the result leaves the order wrong: the inner
    result is not last, and old users of it send on as well.
    """

    order = []

    def backward(self):
        order = type(self).order

        def visit(node):
            if any(node is other for other in order):
                return
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        order[-1].grad = 1.0
        for node in order[:-1]:
            node.grad = 0.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


# ---- right ----
class right_recursive_order(Record):
    """The textbook way: recursive search, then the reverse of the list."""

    def backward(self):
        order, seen = [], set()

        def visit(node):
            if id(node) in seen:
                return
            seen.add(id(node))
            for parent in node.parents:
                visit(parent)
            order.append(node)

        visit(self)
        for node in order:
            node.grad = 0.0
        self.grad = 1.0
        for node in reversed(order):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local


class right_count_users(Record):
    """No order: counts the arrows that arrive at each node, and a node sends when all have come."""

    def backward(self):
        users, found, waiting = {self: 0}, [self], [self]
        while waiting:
            for parent in waiting.pop().parents:
                if parent not in users:
                    users[parent] = 0
                    found.append(parent)
                    waiting.append(parent)
                users[parent] += 1
        for node in found:
            node.grad = 0.0
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            for i in range(len(node.parents)):
                node.parents[i].grad += node.local[i] * node.grad
                users[node.parents[i]] -= 1
                if users[node.parents[i]] == 0:
                    ready.append(node.parents[i])


class right_every_path_its_share(Record):
    """Sum over paths: each call carries the product so far and adds it. Slow where much is shared."""

    def backward(self):
        waiting = [self]
        while waiting:  # all to zero, once for every path
            node = waiting.pop()
            node.grad = 0.0
            waiting += node.parents

        def walk(node, product):
            node.grad += product
            for parent, local in zip(node.parents, node.local):
                walk(parent, product * local)

        walk(self, 1.0)


class right_pull_from_users(Record):
    """Each node asks its users: grad = sum of user.grad * local, remembered in a dict."""

    def backward(self):
        users, waiting, found = {}, [self], {self}
        while waiting:
            node = waiting.pop()
            for parent, local in zip(node.parents, node.local):
                users.setdefault(parent, []).append((node, local))
                if parent not in found:
                    found.add(parent)
                    waiting.append(parent)
        known = {self: 1.0}

        def grad_of(node):
            if node not in known:
                known[node] = sum(grad_of(user) * local for user, local in users[node])
            return known[node]

        for node in found:
            node.grad = float(grad_of(node))


class right_depth_sorted(Record):
    """Nodes sorted by their longest distance from an input; farthest first."""

    def backward(self):
        depth = {}
        for node in _order(self):
            depth[node] = 1 + max((depth[parent] for parent in node.parents), default=-1)
        for node in depth:
            node.grad = 0.0
        self.grad = 1.0
        for node in sorted(depth, key=depth.get, reverse=True):
            for parent, local in zip(node.parents, node.local):
                parent.grad += node.grad * local
