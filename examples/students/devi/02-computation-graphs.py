# %% solution="quiz1.forward"
import numpy as np

def quiz1_forward(x, z):
    a = x*z
    b = np.exp(a)
    c = np.log(x)
    d = a/c
    e = np.sin(c)
    f = e/b
    y = b+d+f
    return {'a':a,'b':b,'c':c,'d':d,'e':e,'f':f,'y':y}

# %% solution="quiz1.graph"
def quiz1_graph():
    order = ['a','c','b','d','e','f','y']
    fan_out = {'x':2, 'z':1, 'a':2, 'b':2, 'c':2, 'd':1, 'e':1, 'f':1, 'y':0}
    return {'order':order, 'fan_out':fan_out}

# %% solution="quiz1.backward"
def quiz1_backward(x, z):
    values = quiz1_forward(x,z)
    a = values['a']; b = values['b']; c = values['c']; f = values['f']
    # y = b + d + f
    dy_db = 1
    dy_dd = 1
    dy_df = 1
    # f = e/b
    dy_de = dy_df * 1/b
    dy_db = dy_db - dy_df * f/b
    # e = sin(c)
    dy_dc = dy_de * np.cos(c)
    # d = a/c
    dy_da = dy_dd * 1/c
    dy_dc = dy_dc + dy_dd * a/c**2
    # c = log(x)
    dy_dx = dy_dc * 1/x
    # b = exp(a)
    dy_da = dy_da + dy_db * b
    # a = x*z
    dy_dx = dy_dx + dy_da * z
    dy_dz = dy_da * x
    return {'da':dy_da,'db':dy_db,'dc':dy_dc,'de':dy_de,'dx':dy_dx,'dz':dy_dz}

# %% solution="circuit.gates"
def circuit_gates(w0, x0, w1, x1, w2):
    s = w0*x0 + w1*x1 + w2
    n = -s
    e = np.exp(n)
    t = 1 + e
    # f = 1/t
    dt = 1/t**2
    # t = 1 + e, e = exp(n)
    dn = dt * e
    # n = -s
    ds = -dn
    dw0 = ds*x0
    dx0 = ds*w0
    dw1 = ds*x1
    dx1 = ds*w1
    dw2 = ds
    return {'dt':dt,'dn':dn,'ds':ds,'dw0':dw0,'dx0':dx0,'dw1':dw1,'dx1':dx1,'dw2':dw2}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0, x0, w1, x1, w2):
    s = w0*x0 + w1*x1 + w2
    f = 1/(1+np.exp(-s))
    ds = f*(1-f)
    return {'ds':ds,'dw0':ds*x0,'dx0':ds*w0,'dw1':ds*x1,'dx1':ds*w1,'dw2':ds}
