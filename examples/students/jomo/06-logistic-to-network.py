# %% solution="quiz2.forward"
import numpy as np
def sigm(a): return 1/(1+np.exp(-a))
def quiz2_forward(x,alpha1,alpha2,beta):
  a1=alpha1@x
  z1=sigm(a1)
  a2=alpha2@z1
  z2=sigm(a2)
  b=beta@z2
  y=sigm(b)
  return {"a1":a1,"z1":z1,"a2":a2,"z2":z2,"b":b,"y":y}

# %% solution="quiz2.backward"
def quiz2_backward(x,alpha1,alpha2,beta):
  n=quiz2_forward(x,alpha1,alpha2,beta)
  z1=n["z1"];z2=n["z2"];y=n["y"]
  db=y*(1-y)
  dbeta=db*beta
  da2=db*beta*z2*(1-z2)
  dalpha2=np.outer(da2,z1)
  da1=(alpha2.T@da2)*z1*(1-z1)
  dalpha1=np.outer(da1,x)
  return {"db":db,"dbeta":dbeta,"da2":da2,"dalpha2":dalpha2,"da1":da1,"dalpha1":dalpha1}
