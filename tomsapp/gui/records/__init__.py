"""Forms, panels and lists of records, made from the facts that each record declares."""
