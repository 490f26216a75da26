"""A language model that words the customer's replies. State and facts stay with us; what it may not say is not said."""
