"""The kinds of policy rule, one file each, and the list of them."""
