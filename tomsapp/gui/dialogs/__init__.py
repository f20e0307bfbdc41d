"""Dialogs: they ask one thing, say what each answer does, and give the answer back."""
