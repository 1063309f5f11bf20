# %% solution="quiz1.forward"
import math

def quiz1_forward(x, z):
    """y = exp(xz) + xz/log(x) + sin(log x)/exp(xz)"""
    xz = x * z
    exp_xz = math.exp(xz)
    log_x = math.log10(x)
    quotient = xz / log_x
    sin_log_x = math.sin(log_x)
    last = sin_log_x / exp_xz
    y = exp_xz + quotient + last
    return {
        "a": xz,
        "b": exp_xz,
        "c": log_x,
        "d": quotient,
        "e": sin_log_x,
        "f": last,
        "y": y,
    }

# %% solution="quiz1.graph"
def quiz1_graph():
    return {
        "order": ["c", "a", "e", "b", "d", "f", "y"],
        "fan_out": {"a": 2, "b": 2, "c": 2, "d": 1, "e": 1, "f": 1, "x": 2, "y": 0, "z": 1},
    }

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    # forward again
    xz = x * z
    exp_xz = math.exp(xz)
    log_x = math.log10(x)
    sin_log_x = math.sin(log_x)

    # backward
    g_e = 1 / exp_xz
    g_b = 1 - sin_log_x / exp_xz ** 2
    g_c = math.cos(log_x) * g_e - xz / log_x ** 2
    g_a = exp_xz * g_b + 1 / log_x
    g_x = z * g_a + g_c / x      # (log x)' = 1/x
    g_z = x * g_a
    return {"db": g_b, "de": g_e, "dc": g_c, "da": g_a, "dx": g_x, "dz": g_z}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    e = math.exp(-(w0 * x0 + w1 * x1 + w2))
    t = 1 + e
    g_t = -1 / t ** 2
    g_n = g_t * e
    g_s = g_n * -1
    return {
        "dt": g_t, "dn": g_n, "ds": g_s,
        "dw0": g_s * x0, "dx0": g_s * w0,
        "dw1": g_s * x1, "dx1": g_s * w1,
        "dw2": g_s,
    }

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    f = 1 / (1 + math.exp(-(w0 * x0 + w1 * x1 + w2)))
    g_s = f * (1 - f)
    return {
        "ds": g_s,
        "dw0": g_s * x0, "dx0": g_s * w0,
        "dw1": g_s * x1, "dx1": g_s * w1,
        "dw2": g_s,
    }
