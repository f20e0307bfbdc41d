"""A tender: what is asked of bidders, what they offer, and how their offers are judged."""
