# %%
# will start with quiz 2 after the lab
