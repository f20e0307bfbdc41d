"""The files of a tender: the pack that goes out, and the offers that come back as workbooks or as JSON."""
