# %% solution="quiz1.forward"
import numpy as np
def quiz1_forward(x,z):
  a=x*z
  b=np.exp(a)
  c=np.log(x)
  d=a/c
  e=np.sin(c)
  f=e/b
  y=b+d+f
  return {"a":a,"b":b,"c":c,"d":d,"e":e,"f":f,"y":y}

# %% solution="quiz1.graph"
def quiz1_graph():
  return {"order":["a","b","c","d","e","f","y"],
          "fan_out":{"x":2,"z":1,"a":2,"b":2,"c":2,"d":1,"e":1,"f":1,"y":0}}

# %% solution="quiz1.backward"
def quiz1_backward(x,z):
  n=quiz1_forward(x,z)
  de=1/n["b"]
  db=1-n["e"]/n["b"]**2
  dc=de*np.cos(n["c"])-n["a"]/n["c"]**2
  da=db*n["b"]+1/n["c"]
  # a = x*z  -> x gets x, z gets z
  dx=da*x+dc/x
  dz=da*z
  return {"db":db,"de":de,"dc":dc,"da":da,"dx":dx,"dz":dz}

# %% solution="circuit.gates"
def circuit_gates(w0,x0,w1,x1,w2):
  e=np.exp(-(w0*x0+w1*x1+w2))
  dt=-1/(1+e)**2
  dn=dt*e
  ds=-dn
  return {"dt":dt,"dn":dn,"ds":ds,"dw0":ds*w0,"dx0":ds*x0,"dw1":ds*w1,"dx1":ds*x1,"dw2":ds}

# %% solution="circuit.sigmoid"
def circuit_sigmoid(w0,x0,w1,x1,w2):
  f=1/(1+np.exp(-(w0*x0+w1*x1+w2)))
  ds=f*(1-f)
  return {"ds":ds,"dw0":ds*w0,"dx0":ds*x0,"dw1":ds*w1,"dx1":ds*x1,"dw2":ds}
