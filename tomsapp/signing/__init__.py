"""Keys, certificates and the signatures of PDFs; the only place with pyHanko and cryptography."""
