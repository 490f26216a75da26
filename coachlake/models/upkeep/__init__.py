"""Models before they are loaded: fetched from the hub, listed, verified."""
