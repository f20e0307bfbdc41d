"""The only reader and writer of menu files: strict TOML in, menu editions or Problems out."""
