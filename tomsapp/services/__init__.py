"""One function a user action: takes from one adapter, hands to the next."""
