# %% [markdown]
# Sorry, I joined the course this week and have not got to this one.
