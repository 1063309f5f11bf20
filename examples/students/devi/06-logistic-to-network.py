# %% solution="quiz2.forward"
import numpy as np

def quiz2_forward(x, alpha1, alpha2, beta):
    a1 = alpha1.dot(x)
    z1 = 1/(1+np.exp(-a1))
    a2 = alpha2.dot(z1)
    z2 = 1/(1+np.exp(-a2))
    b = beta.dot(z2)
    y = 1/(1+np.exp(-b))
    return {'a1':a1,'z1':z1,'a2':a2,'z2':z2,'b':b,'y':y}

# %% solution="quiz2.backward"
def quiz2_backward(x, alpha1, alpha2, beta):
    v = quiz2_forward(x, alpha1, alpha2, beta)
    b, z1, z2 = v['b'], v['z1'], v['z2']
    # y = 1/(1+e^-b), quotient rule: (0*(1+e^-b) - 1*e^-b) / (1+e^-b)^2
    db = -np.exp(-b)/(1+np.exp(-b))**2
    dbeta = db*z2
    # hidden layers: z(1-z) from the slide
    da2 = db*beta*z2*(1-z2)
    dalpha2 = np.outer(da2, z1)
    da1 = alpha2.T.dot(da2)*z1*(1-z1)
    dalpha1 = np.outer(da1, x)
    return {'db':db,'dbeta':dbeta,'da2':da2,'dalpha2':dalpha2,'da1':da1,'dalpha1':dalpha1}
