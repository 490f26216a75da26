"""The simulated customer, in the parts of an agenda-based user simulator (Schatzmann et al. 2007).

The rep's words become dialogue acts (`understanding`), which with the customer's state (`state`, `affect`) give the
customer's own acts and the next state (`policy`), which become words (`responses`). `acts` names the acts.
"""
