"""The sandboxed process that holds student code, and the data-only conversation with it."""
